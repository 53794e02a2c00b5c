import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** The model's address with a key for it. */
final class Service {
    private static final int LONGEST_ANSWER = 64 << 20;

    private final Options options;
    private final String key;

    Service(Options options, String key) {
        this.options = options;
        this.key = key;
    }

    /** One attempt. */
    void ask(String body, Answer answer) throws Problem {
        try {
            exchange(body, answer);
        } catch (IOException error) {
            throw problem(error);
        } catch (InterruptedException error) {
            throw broken();
        }
    }

    private void exchange(String body, Answer answer) throws Problem, IOException, InterruptedException {
        Duration patience = Duration.ofNanos((long) (options.patience * 1e9));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(patience).build();
        HttpRequest request = HttpRequest.newBuilder(options.address).timeout(patience)
            .header("Content-Type", "application/json").header("x-goog-api-key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = new ImpatientStream(response.body(), patience)) {
            if (response.statusCode() != 200) {
                String retryAfter = response.headers().firstValue("Retry-After").orElse("");
                throw Problem.refusal(response.statusCode(), errorBody(stream), retryAfter);
            }
            if (options.stream) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                readEvents(type, stream, answer);
            } else {
                answer.take(new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            }
            answer.check();
        }
    }

    private static Object errorBody(InputStream stream) {
        try {
            return Json.parse(new String(stream.readNBytes(1 << 16), StandardCharsets.UTF_8));
        } catch (IOException | Problem error) {
            return null;
        }
    }

    /** Server-sent events, each a part of the answer; the last part has a reason to end. */
    private void readEvents(String type, InputStream stream, Answer answer) throws Problem, IOException {
        if (!type.startsWith("text/event-stream")) {
            throw new Problem("malformed", "the answer is no stream of events");
        }
        StringBuilder data = new StringBuilder();
        try {
            for (String line = line(stream); line != null; line = line(stream)) {
                if (line.startsWith("data:")) {
                    data.append(line, line.startsWith("data: ") ? 6 : 5, line.length()).append('\n');
                } else if (line.isEmpty() && data.length() > 0) {
                    answer.take(data.toString());
                    data.setLength(0);
                }
            }
        } catch (IOException error) {
            if (answer.finishReason.isEmpty()) {
                throw error;
            }
        }
        if (answer.finishReason.isEmpty()) {
            throw broken();
        }
    }

    /** A line without its end; null when the stream is over before one. */
    private static String line(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = stream.read(); next >= 0 && bytes.size() < LONGEST_ANSWER; next = stream.read()) {
            if (next == '\n') {
                return bytes.toString(StandardCharsets.UTF_8).replaceAll("\r+$", "");
            }
            bytes.write(next);
        }
        return null;
    }

    /** The class of what went wrong on the way. */
    private Problem problem(IOException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException) {
                return new Problem("time-out", "no answer for " + text(options.patience) + " s");
            } else if (cause instanceof UnresolvedAddressException) {
                return new Problem("network", "no address for " + options.host);
            } else if (cause instanceof SSLException) {
                return new Problem("network", "no trusted connection to " + options.place);
            } else if (cause instanceof SocketException && !(cause instanceof ConnectException)) {
                return broken();
            }
        }
        return error instanceof ConnectException
            ? new Problem("network", "connection refused by " + options.place) : broken();
    }

    private Problem broken() {
        return new Problem("network", "the connection to " + options.place + " broke");
    }

    private static String text(double seconds) {
        return seconds == (long) seconds ? Long.toString((long) seconds) : Double.toString(seconds);
    }
}
