#!/usr/bin/env python3
"""A question to a language model (Gemini's generateContent), with nothing but the standard library of Python 3.6.

The answer goes to standard output as it comes, figures to out/metrics.json, one line to standard error when something is
wrong, and the exit status says what: the same as the engines in Go and Java. The key comes in the job on standard input.
"""

import datetime
import email.utils
import http.client
import json
import os
import random
import re
import resource
import socket
import ssl
import sys
import time
import urllib.parse

STATUSES = {
    "usage": 2,
    "key": 10,
    "quota": 11,
    "unavailable": 12,
    "time-out": 13,
    "blocked": 14,
    "malformed": 15,
    "network": 16,
    "request": 17,
}
# What a server may have a client wait for; beyond that a person decides.
LONGEST_PAUSE = 60
LONGEST_ANSWER = 64 << 20
DEFAULTS = {
    "question": "",
    "model": "gemini-2.5-flash",
    "base-url": "https://generativelanguage.googleapis.com/v1beta",
    "stream": "true",
    "attempts": "4",
    "backoff": "1",
    "patience": "60",
    "simulate": "0",
}


class Problem(Exception):
    """Why there is no answer: a class, and a sentence without a line break."""

    def __init__(self, kind, text, retry=False, pause=None):
        super().__init__(text)
        self.kind, self.text, self.retry, self.pause = kind, text, retry, pause


class Options:
    """The parameters as package.yaml declares them."""

    def __init__(self, words):
        texts = dict(DEFAULTS)
        # Whatever the locale says, words are UTF-8.
        words = [os.fsencode(word).decode("utf-8", "replace") for word in words]
        while words:
            name, equals, value = words.pop(0).partition("=")
            if not name.startswith("--") or name[2:] not in texts:
                raise Problem("usage", "unknown parameter " + name)
            if not equals and not words:
                raise Problem("usage", name + " needs a value")
            texts[name[2:]] = value if equals else words.pop(0)
        self.question, self.stream = texts["question"], texts["stream"] == "true"
        if texts["stream"] not in ("true", "false"):
            raise Problem("usage", "--stream must be true or false")
        self.attempts = int(number(texts, "attempts", r"[1-9][0-9]{0,8}", "a whole number, at least 1"))
        decimal = r"[0-9]{1,9}(\.[0-9]{1,9})?"
        self.backoff = float(number(texts, "backoff", decimal, "a number of seconds"))
        self.patience = float(number(texts, "patience", decimal, "a number of seconds"))
        self.simulate = float(number(texts, "simulate", decimal, "a number of seconds"))
        if not self.patience > 0:
            raise Problem("usage", "--patience must be more than 0")
        self.model = texts["model"]
        if not re.match(r"((models|tunedModels)/)?[A-Za-z0-9._-]+\Z", self.model):
            raise Problem("usage", "--model must be a name such as gemini-2.5-flash")
        self.read_url(texts["base-url"])

    def read_url(self, text):
        try:
            url = urllib.parse.urlsplit(text)
            self.is_secure, self.host = url.scheme == "https", url.hostname
            self.port = url.port or (443 if self.is_secure else 80)
        except ValueError:
            self.host = None
        if not self.host or url.scheme not in ("http", "https") or url.query or url.fragment or "@" in url.netloc:
            raise Problem("usage", "--base-url must be an address such as https://example.org/v1beta")
        path = url.path.rstrip("/") or "/v1beta"
        model = self.model if "/" in self.model else "models/" + self.model
        self.path = "%s/%s:%s" % (path, model, "streamGenerateContent?alt=sse" if self.stream else "generateContent")
        self.place = "%s:%d" % (self.host, self.port)


def number(texts, name, pattern, expected):
    if not re.match(pattern + r"\Z", texts[name]):
        raise Problem("usage", "--%s must be %s" % (name, expected))
    return texts[name]


class Answer:
    """What came of an answer so far; its text is printed at once."""

    def __init__(self, model):
        self.model, self.prompt_tokens, self.answer_tokens = model, 0, 0
        self.finish_reason, self.last = "", ""

    def take(self, response):
        """Reads a GenerateContentResponse, or a part of one."""
        if not isinstance(response, dict):
            raise Problem("malformed", "the answer is no object")
        if "error" in response:
            raise refusal(0, response, None)
        self.model = text_at(response, "modelVersion") or self.model
        self.prompt_tokens = count_at(response, "promptTokenCount", self.prompt_tokens)
        self.answer_tokens = count_at(response, "candidatesTokenCount", self.answer_tokens)
        parts = at(response, "candidates", 0, "content", "parts")
        for part in parts if isinstance(parts, list) else []:
            if at(part, "thought") is not True:
                self.show(text_at(part, "text"))
        self.finish_reason = text_at(response, "candidates", 0, "finishReason") or self.finish_reason
        reason = text_at(response, "promptFeedback", "blockReason")
        if reason:
            raise Problem("blocked", "the question was blocked: " + clean(reason))

    def show(self, text):
        if text:
            self.last = text[-1]
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()

    def end_line(self):
        if self.last not in ("", "\n"):
            self.show("\n")

    def check(self):
        if self.finish_reason not in ("", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED"):
            raise Problem("blocked", "the answer was blocked: " + clean(self.finish_reason))
        if not self.last:
            raise Problem("malformed", "there is no text in the answer")


def at(value, *path):
    """What is found on a way through objects and lists; None where it ends."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def text_at(value, *path):
    text = at(value, *path)
    if not isinstance(text, str):
        return ""
    # Half a surrogate pair is no character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def count_at(response, name, otherwise):
    count = at(response, "usageMetadata", name)
    return count if type(count) is int else otherwise


def clean(text):
    """One line without control characters."""
    return re.sub("[\0-\x20\x7f-\x9f]+", " ", text).strip(" ")


def parse(data):
    def refuse(_):
        raise ValueError

    try:
        return json.loads(data.decode("utf-8", "replace"), parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Problem("malformed", "the answer is not JSON") from None


def refusal(status, body, retry_after):
    """The class of a status or of an error object: see https://ai.google.dev/gemini-api/docs/troubleshooting."""
    if isinstance(body, list):
        body = at(body, 0)
    code = at(body, "error", "code")
    status = status or (code if type(code) is int else 0)
    said = clean(text_at(body, "error", "message"))
    tail = ": " + said if said else ""
    details = at(body, "error", "details")
    details = details if isinstance(details, list) else []
    is_key = any(at(detail, "reason") == "API_KEY_INVALID" for detail in details) or "API key not valid" in said
    if status in (401, 403) or (status == 400 and is_key):
        return Problem("key", "the key was refused (status %d)%s" % (status, tail))
    if status != 429 and not 500 <= status <= 599:
        return Problem("request", "the request was refused (status %d)%s" % (status, tail))
    pause = seconds(retry_after)
    for detail in details:
        match = re.match(r"([0-9]{1,9}(\.[0-9]{1,9})?)s\Z", text_at(detail, "retryDelay"))
        if match and pause is None:
            pause = float(match.group(1))
    if status == 429:
        return Problem("quota", "no quota is left (status 429)" + tail, True, pause)
    return Problem("unavailable", "the service is not available (status %d)%s" % (status, tail), True, pause)


def seconds(text):
    """Retry-After: a number of seconds or a date (RFC 9110, 10.2.3)."""
    text = (text or "").strip()
    if re.match(r"[0-9]{1,9}\Z", text):
        return float(text)
    try:
        date = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    if date is None:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.timezone.utc)
    return max(0.0, (date - datetime.datetime.now(datetime.timezone.utc)).total_seconds())


class Service:
    """The model's address with a key for it."""

    def __init__(self, options, key):
        self.options, self.key = options, key

    def ask(self, contents, answer):
        """One attempt."""
        options = self.options
        try:
            self.exchange(json.dumps({"contents": contents}).encode(), answer)
        except Problem:
            raise
        except socket.timeout:
            raise Problem("time-out", "no answer for %s s" % short(options.patience)) from None
        except ConnectionRefusedError:
            raise Problem("network", "connection refused by " + options.place) from None
        except socket.gaierror:
            raise Problem("network", "no address for " + options.host) from None
        except ssl.SSLError:
            raise Problem("network", "no trusted connection to " + options.place) from None
        except (OSError, http.client.HTTPException):
            raise self.broken() from None

    def broken(self):
        return Problem("network", "the connection to %s broke" % self.options.place)

    def exchange(self, body, answer):
        options = self.options
        kind = http.client.HTTPSConnection if options.is_secure else http.client.HTTPConnection
        connection = kind(options.host, options.port, timeout=options.patience)
        try:
            headers = {"Content-Type": "application/json", "x-goog-api-key": self.key, "Connection": "close"}
            connection.request("POST", options.path, body, headers)
            response = connection.getresponse()
            if response.status != 200:
                raise refusal(response.status, self.error_body(response), response.getheader("Retry-After"))
            if options.stream:
                self.read_events(response, answer)
            else:
                answer.take(parse(self.read_whole(response)))
            answer.check()
        finally:
            connection.close()

    def read_whole(self, response):
        data = response.read(LONGEST_ANSWER)
        # Of what was announced; a read of so many bytes does not complain itself.
        if response.length:
            raise self.broken()
        return data

    def error_body(self, response):
        try:
            return parse(response.read(1 << 16))
        except (Problem, OSError, http.client.HTTPException):
            return None

    def read_events(self, response, answer):
        """Server-sent events, each a part of the answer; the last part has a reason to end."""
        if not (response.getheader("Content-Type") or "").startswith("text/event-stream"):
            raise Problem("malformed", "the answer is no stream of events")
        data = []
        try:
            for line in lines(response):
                if line.startswith(b"data:"):
                    data.append(line[6:] if line.startswith(b"data: ") else line[5:])
                elif not line and data:
                    answer.take(parse(b"\n".join(data)))
                    data = []
        except socket.timeout:
            if not answer.finish_reason:
                raise
        except (OSError, http.client.HTTPException):
            pass
        if not answer.finish_reason:
            raise self.broken()


def lines(response):
    """Lines without their ends, as they come; what follows the last end is not whole."""
    while True:
        line = response.readline(LONGEST_ANSWER)
        if not line.endswith(b"\n"):
            return
        yield line.rstrip(b"\r\n")


def converse(options, key, answer, count):
    """As many attempts as it takes and as are allowed; `count` is told of each."""
    contents = earlier() + [{"role": "user", "parts": [{"text": options.question}]}]
    service = Service(options, key)
    while True:
        try:
            count.attempts += 1
            return service.ask(contents, answer)
        except Problem as problem:
            # What was printed can't be taken back.
            if not problem.retry or answer.last or count.attempts >= options.attempts:
                raise
            pause = problem.pause
            if pause is None:
                pause = options.backoff * 2 ** min(count.attempts - 1, 20) * random.uniform(0.75, 1.25)
            if pause > LONGEST_PAUSE:
                problem.text += "; it asks for %d s of patience" % round(pause)
                raise
            time.sleep(pause)


def earlier():
    """The conversation so far, where there is one."""
    try:
        with open("conversation.json", encoding="utf-8") as file:
            contents = json.load(file)["contents"]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        raise Problem("usage", "conversation.json is no conversation") from None
    if not isinstance(contents, list):
        raise Problem("usage", "conversation.json is no conversation")
    return contents


def read_key():
    """From the job on standard input, and from nowhere else."""
    try:
        key = at(json.loads(sys.stdin.buffer.read().decode("utf-8")), "secrets", "GEMINI_API_KEY")
    except ValueError:
        key = None
    if not isinstance(key, str) or not key:
        raise Problem("key", "there is no key: the secret GEMINI_API_KEY is missing")
    if not re.match(r"[!-~]+\Z", key):
        raise Problem("key", "the key holds characters that no key has")
    return key


def short(value):
    return "%d" % value if value == int(value) else ("%f" % value).rstrip("0")


class Count:
    """What is known of the attempts, whatever comes of them."""

    attempts = 0


def perform(words, count):
    """Does what the words say; returns the answer's figures and why there is none."""
    answer, key = Answer(DEFAULTS["model"]), ""
    try:
        options = Options(words)
        answer.model = options.model
        if not options.question:
            raise Problem("usage", "--question is missing")
        if options.simulate > 0:
            time.sleep(options.simulate)
            answer.model, answer.finish_reason = "simulated", "STOP"
            answer.show("simulated answer to: " + options.question)
            return answer, None
        key = read_key()
        converse(options, key, answer, count)
        return answer, None
    except Problem as problem:
        if key:
            # Before it is cut: half a key is a leak, too.
            problem.text = problem.text.replace(key, "[redacted]")[:300]
        return answer, problem
    finally:
        answer.end_line()


def main():
    # What holds the key is not left in a file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    count, start = Count(), time.monotonic()
    answer, problem = perform(sys.argv[1:], count)
    metrics = {
        "model": answer.model,
        "prompt_tokens": answer.prompt_tokens,
        "answer_tokens": answer.answer_tokens,
        "attempts": count.attempts,
        "seconds": round(time.monotonic() - start, 3),
        "finish_reason": answer.finish_reason,
    }
    if problem:
        metrics["error"] = problem.kind
    os.makedirs("out", exist_ok=True)
    with open("out/metrics.json", "w") as file:
        json.dump(metrics, file)
        file.write("\n")
    if problem:
        sys.stderr.write("error: %s: %s\n" % (problem.kind, problem.text))
        sys.exit(STATUSES[problem.kind])


if __name__ == "__main__":
    main()
