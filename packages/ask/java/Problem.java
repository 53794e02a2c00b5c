import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** Why there is no answer: a class, and a sentence without a line break. */
final class Problem extends Exception {
    private static final long serialVersionUID = 1;
    private static final Map<String, Integer> STATUSES = Map.of(
        "usage", 2, "key", 10, "quota", 11, "unavailable", 12, "time-out", 13, "blocked", 14, "malformed", 15,
        "network", 16, "request", 17);

    final String kind;
    String text;
    boolean mayPass;
    /** How many seconds the service asks for; negative when it does not. */
    double pause = -1;

    Problem(String kind, String text) {
        super(text);
        this.kind = kind;
        this.text = text;
    }

    int status() {
        return STATUSES.get(kind);
    }

    /** The class of a status or of an error object: see https://ai.google.dev/gemini-api/docs/troubleshooting. */
    static Problem refusal(int status, Object body, String retryAfter) {
        if (body instanceof List) {
            body = Json.at(body, 0);
        }
        if (status == 0) {
            Long code = Json.whole(body, "error", "code");
            status = code == null ? 0 : code.intValue();
        }
        String said = clean(Json.text(body, "error", "message"));
        String tail = said.isEmpty() ? "" : ": " + said;
        List<?> details = Json.list(body, "error", "details");
        boolean isKey = said.contains("API key not valid")
            || details.stream().anyMatch(detail -> Json.text(detail, "reason").equals("API_KEY_INVALID"));
        if (status == 401 || status == 403 || status == 400 && isKey) {
            return new Problem("key", "the key was refused (status " + status + ")" + tail);
        }
        if (status != 429 && (status < 500 || status > 599)) {
            return new Problem("request", "the request was refused (status " + status + ")" + tail);
        }
        Problem problem = status == 429
            ? new Problem("quota", "no quota is left (status 429)" + tail)
            : new Problem("unavailable", "the service is not available (status " + status + ")" + tail);
        problem.mayPass = true;
        problem.pause = seconds(retryAfter);
        for (Object detail : details) {
            String delay = Json.text(detail, "retryDelay");
            if (problem.pause < 0 && delay.matches("[0-9]{1,9}(\\.[0-9]{1,9})?s")) {
                problem.pause = Double.parseDouble(delay.substring(0, delay.length() - 1));
            }
        }
        return problem;
    }

    /** Retry-After: a number of seconds or a date (RFC 9110, 10.2.3). */
    private static double seconds(String text) {
        if (text.trim().matches("[0-9]{1,9}")) {
            return Double.parseDouble(text.trim());
        }
        try {
            Instant date = ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Math.max(0, Duration.between(Instant.now(), date).toMillis() / 1000.0);
        } catch (DateTimeParseException error) {
            return -1;
        }
    }

    /** One line without control characters. */
    static String clean(String text) {
        return text.replaceAll("[\\x00-\\x20\\x7f-\\x{9f}]+", " ").replaceAll("^ | $", "");
    }

    /** Takes the key out of what the service said, and cuts what is long after that: half a key is a leak, too. */
    void hide(String key) {
        text = text.replace(key, "[redacted]");
        if (text.codePointCount(0, text.length()) > 300) {
            text = text.substring(0, text.offsetByCodePoints(0, 300));
        }
    }
}
