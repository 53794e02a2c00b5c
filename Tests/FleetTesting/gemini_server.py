"""A server that speaks the documented forms of Gemini's generateContent and streamGenerateContent, with faults.

With two words, a certificate and its key, it speaks TLS. The model's name says how it behaves; PATH counts attempts, so a base address of its own makes a test independent. Prints
its port, then one line of JSON for each request. Ends when its standard input does; a line there lets go on what is held.
"""

import http.server
import json
import os
import ssl
import sys
import threading
import time

KEY = "AIza-test-key"
TEXT = ["Docker Swarm es un", " orquestador 🐳 de", " contenedores: año, ñandú, 日本語.\n", "Fin ✓"]
REFUSALS = {
    "wrong-key": (400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", "API_KEY_INVALID"),
    "unauthorized": (401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", None),
    "forbidden": (403, "PERMISSION_DENIED", "Permission denied\non resource.", None),
    "missing": (404, "NOT_FOUND", "models/missing is not found for API version v1beta", None),
    "bad-request": (400, "INVALID_ARGUMENT", "Invalid \u0007value at 'contents'", None),
    "leak": (400, "INVALID_ARGUMENT", "what is this " + KEY + " of yours", None),
    "leak-late": (400, "INVALID_ARGUMENT", "y" * 250 + KEY + " of yours", None),
    "quota": (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", None),
    "quota-long": (429, "RESOURCE_EXHAUSTED", "Quota of the day", None),
    "down": (500, "INTERNAL", "An internal error has occurred", None),
    "overloaded": (503, "UNAVAILABLE", "The model is overloaded " + "x" * 300, None),
}
attempts = {}
lock = threading.Lock()
release = threading.Event()


def part(text="", reason=None, **more):
    candidate = {"index": 0, "content": {"role": "model", "parts": [dict(text=text, **more)]}}
    if reason:
        candidate["finishReason"] = reason
    return {"candidates": [candidate], "modelVersion": "gemini-test-001"}


def with_usage(response, prompt=7, answer=42):
    usage = {"promptTokenCount": prompt, "candidatesTokenCount": answer, "totalTokenCount": prompt + answer}
    return dict(response, usageMetadata=usage)


def responses(model, contents):
    """The parts of a good answer."""
    if model == "echo":
        said = ["%s=%s" % (turn["role"], "".join(p["text"] for p in turn["parts"])) for turn in contents]
        return [with_usage(part("|".join(said), "STOP"), len(said), 1)]
    if model == "max-tokens":
        return [part("half an ans"), with_usage(part("", "MAX_TOKENS"))]
    if model == "thoughts":
        return [part("let me think", thought=True), with_usage(part("so: 42\n", "STOP"))]
    if model == "halves":
        return [part("\U0001f600 and half: \ud83d."), with_usage(part("end", "STOP"))]
    if model == "blocked-prompt":
        return [{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "modelVersion": "gemini-test-001"}]
    if model == "blocked-answer":
        return [part("well, "), with_usage({"candidates": [{"finishReason": "SAFETY", "index": 0}]})]
    if model == "empty":
        return [with_usage({"candidates": [{"finishReason": "STOP", "index": 0}]})]
    if model == "nothing":
        return [{}]
    if model == "odd":
        return [{"candidates": {"text": 3}, "usageMetadata": {"promptTokenCount": 1.5}}]
    if model == "list":
        return [[1]]
    return [part(text) for text in TEXT[:-1]] + [with_usage(part(TEXT[-1], "STOP"))]


def merged(parts):
    """The same as one response."""
    if len(parts) < 2:
        return parts[0]
    whole, texts = dict(parts[-1]), []
    for response in parts:
        texts += response["candidates"][0].get("content", {}).get("parts", [])
    candidate = dict(whole["candidates"][0], content={"role": "model", "parts": texts})
    return dict(whole, candidates=[candidate])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])).decode())
        path, _, call = self.path.rpartition(":")
        self.model, self.streams = path.rpartition("/")[2], call == "streamGenerateContent?alt=sse"
        with lock:
            attempts[self.path] = number = attempts.get(self.path, 0) + 1
            note = {"path": self.path, "key": self.headers.get("x-goog-api-key"), "body": body, "attempt": number}
            sys.stdout.write(json.dumps(note) + "\n")
            sys.stdout.flush()
        if self.headers.get("x-goog-api-key") != KEY:
            return self.refuse(*REFUSALS["wrong-key"])
        self.answer(number, body["contents"])

    def answer(self, number, contents):
        model = self.model
        if model in REFUSALS:
            wait = {"quota-long": "3600"}.get(model)
            return self.refuse(*REFUSALS[model], retry_after=wait)
        if model == "busy-once" and number == 1:
            return self.refuse(*REFUSALS["quota"], retry_after="1")
        if model == "busy-until" and number == 1:
            date = self.date_time_string(int(time.time()) + 2)
            return self.refuse(*REFUSALS["overloaded"], retry_after=date)
        if model == "busy-delay" and number == 1:
            return self.refuse(*REFUSALS["quota"], delay="0.3s")
        if model == "busy-twice" and number < 3:
            return self.refuse(*REFUSALS["overloaded"])
        if model == "gateway":
            return self.send(502, "text/html", b"<html>Bad Gateway</html>")
        if model == "redirect":
            return self.send(302, "text/plain", b"", {"Location": self.path.replace("redirect", "hello")})
        if model == "portal":
            return self.send(200, "text/html", b"<html>please log in</html>")
        if model == "garbage":
            body = b'data: {"candidates": [\n\n' if self.streams else b'{"candidates": ['
            return self.send(200, "text/event-stream" if self.streams else "application/json", body)
        if model == "silent":
            time.sleep(30)
            return
        if model == "reset":
            return self.cut()
        parts = responses(model, contents)
        if self.streams:
            return self.stream(parts)
        text = json.dumps(merged(parts), ensure_ascii=model == "halves").encode()
        if model == "cut":
            self.head(200, "application/json", {"Content-Length": str(len(text))})
            self.wfile.write(text[: len(text) // 2])
            return self.cut()
        self.send(200, "application/json; charset=UTF-8", text)

    def stream(self, parts):
        self.head(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        end = "\r\n" if self.model == "crlf" else "\n"
        for index, response in enumerate(parts):
            text = json.dumps(response, ensure_ascii=self.model == "halves", indent=1 if self.model == "crlf" else None)
            event = "".join("data: " + line + end for line in text.split("\n")) + end
            if self.model == "crlf":
                event = ": a comment" + end + "event: message" + end + event
            data = event.encode()
            if self.model == "cut" and index == 1:
                self.chunk(data[:30])
                self.wfile.write(b"400\r\n" + data[30:40])
                return self.cut()
            if self.model == "broken-off" and index == 1:
                break
            if self.model == "stalls" and index == 1:
                time.sleep(30)
                return
            if self.model == "fails-later" and index == 1:
                error = {"error": {"code": 503, "message": "The model is overloaded", "status": "UNAVAILABLE"}}
                self.chunk(b"data: " + json.dumps(error).encode() + b"\n\n")
                break
            # Characters of several bytes come in several pieces.
            for piece in (data[i : i + 7] for i in range(0, len(data), 7)) if self.model == "split" else [data]:
                self.chunk(piece)
            if self.model == "drips":
                time.sleep(0.4)
            if self.model == "held" and index == 0:
                release.wait()
        self.wfile.write(b"0\r\n\r\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n" % len(data) + data + b"\r\n")
        self.wfile.flush()

    def refuse(self, status, name, message, reason, retry_after=None, delay=None):
        details = []
        if reason:
            details.append({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason})
        if delay:
            details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay})
        error = {"error": {"code": status, "message": message, "status": name, "details": details}}
        more = {"Retry-After": retry_after} if retry_after else {}
        self.send(status, "application/json", json.dumps(error).encode(), more)

    def send(self, status, kind, body, more={}):
        self.head(status, kind, dict(more, **{"Content-Length": str(len(body))}))
        self.wfile.write(body)

    def head(self, status, kind, more):
        self.send_response(status)
        for name, value in dict(more, **{"Content-Type": kind}).items():
            self.send_header(name, value)
        self.end_headers()

    def cut(self):
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(2)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that goes away is no error here."""


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*sys.argv[1:3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
for _ in sys.stdin:
    release.set()
os._exit(0)
