import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** What came of an answer so far; its text is printed at once. */
final class Answer {
    private static final Set<String> GOOD_ENDS = Set.of("", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED");

    private final OutputStream output = new FileOutputStream(FileDescriptor.out);
    String model = Options.DEFAULTS.get("model");
    String finishReason = "";
    long promptTokens;
    long answerTokens;
    private String last = "";

    boolean isEmpty() {
        return last.isEmpty();
    }

    /** Reads a GenerateContentResponse, or a part of one. */
    void take(String data) throws Problem {
        Object response = Json.parse(data);
        if (!(response instanceof Map)) {
            throw new Problem("malformed", "the answer is no object");
        }
        if (((Map<?, ?>) response).containsKey("error")) {
            throw Problem.refusal(0, response, "");
        }
        String version = Json.text(response, "modelVersion");
        model = version.isEmpty() ? model : version;
        Long prompt = Json.whole(response, "usageMetadata", "promptTokenCount");
        promptTokens = prompt == null ? promptTokens : prompt;
        Long tokens = Json.whole(response, "usageMetadata", "candidatesTokenCount");
        answerTokens = tokens == null ? answerTokens : tokens;
        for (Object part : Json.list(response, "candidates", 0, "content", "parts")) {
            if (!Boolean.TRUE.equals(Json.at(part, "thought"))) {
                show(Json.text(part, "text"));
            }
        }
        String end = Json.text(response, "candidates", 0, "finishReason");
        finishReason = end.isEmpty() ? finishReason : end;
        String reason = Json.text(response, "promptFeedback", "blockReason");
        if (!reason.isEmpty()) {
            throw new Problem("blocked", "the question was blocked: " + Problem.clean(reason));
        }
    }

    void show(String text) {
        if (text.isEmpty()) {
            return;
        }
        last = text.substring(text.length() - 1);
        try {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException error) {
            // Nobody reads it any more; the figures still matter.
        }
    }

    void endLine() {
        if (!last.isEmpty() && !last.equals("\n")) {
            show("\n");
        }
    }

    void check() throws Problem {
        if (!GOOD_ENDS.contains(finishReason)) {
            throw new Problem("blocked", "the answer was blocked: " + Problem.clean(finishReason));
        }
        if (last.isEmpty()) {
            throw new Problem("malformed", "there is no text in the answer");
        }
    }
}
