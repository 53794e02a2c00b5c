import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A question to a language model (Gemini's generateContent), with nothing but Java 11.
 *
 * The answer goes to standard output as it comes, figures to out/metrics.json, one line to standard error when something
 * is wrong, and the exit status says what: the same as the engines in Go and Python. The key comes in the job on standard
 * input.
 */
final class Ask {
    /** What a server may have a client wait for; beyond that a person decides. */
    private static final int LONGEST_PAUSE = 60;

    private final Answer answer = new Answer();
    private int attempts;

    public static void main(String[] words) throws IOException {
        long start = System.nanoTime();
        Ask ask = new Ask();
        Problem problem = null;
        try {
            ask.perform(words);
        } catch (Problem thrown) {
            problem = thrown;
        }
        ask.answer.endLine();
        ask.write((System.nanoTime() - start) / 1e9, problem);
        if (problem != null) {
            String line = "error: " + problem.kind + ": " + problem.text + "\n";
            System.err.write(line.getBytes(StandardCharsets.UTF_8));
            System.err.flush();
        }
        // Threads of the client may still wait for a silent service.
        Runtime.getRuntime().halt(problem == null ? 0 : problem.status());
    }

    private void perform(String[] words) throws Problem {
        Options options = new Options(words);
        answer.model = options.model;
        if (options.question.isEmpty()) {
            throw new Problem("usage", "--question is missing");
        }
        if (options.simulate > 0) {
            pause(options.simulate);
            answer.model = "simulated";
            answer.finishReason = "STOP";
            answer.show("simulated answer to: " + options.question);
            return;
        }
        String key = key();
        try {
            converse(options, key);
        } catch (Problem problem) {
            problem.hide(key);
            throw problem;
        }
    }

    /** From the job on standard input, and from nowhere else. */
    private static String key() throws Problem {
        String key = "";
        try {
            String job = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            key = Json.text(Json.parse(job), "secrets", "GEMINI_API_KEY");
        } catch (IOException | Problem error) {
            // As if there were none.
        }
        if (key.isEmpty()) {
            throw new Problem("key", "there is no key: the secret GEMINI_API_KEY is missing");
        }
        if (!key.matches("[!-~]+")) {
            throw new Problem("key", "the key holds characters that no key has");
        }
        return key;
    }

    /** As many attempts as it takes and as are allowed. */
    private void converse(Options options, String key) throws Problem {
        List<Object> contents = earlier();
        contents.add(Map.of("role", "user", "parts", List.of(Map.of("text", options.question))));
        String body = Json.write(Map.of("contents", contents));
        Service service = new Service(options, key);
        while (true) {
            try {
                attempts++;
                service.ask(body, answer);
                return;
            } catch (Problem problem) {
                // What was printed can't be taken back.
                if (!problem.mayPass || !answer.isEmpty() || attempts >= options.attempts) {
                    throw problem;
                }
                wait(options, problem);
            }
        }
    }

    private void wait(Options options, Problem problem) throws Problem {
        double seconds = problem.pause;
        if (seconds < 0) {
            double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
            seconds = options.backoff * Math.pow(2, Math.min(attempts - 1, 20)) * jitter;
        }
        if (seconds > LONGEST_PAUSE) {
            problem.text += "; it asks for " + Math.round(seconds) + " s of patience";
            throw problem;
        }
        pause(seconds);
    }

    private static void pause(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }

    /** The conversation so far, where there is one. */
    private static List<Object> earlier() throws Problem {
        try {
            Object value = Json.parse(Files.readString(Path.of("conversation.json")));
            if (Json.at(value, "contents") instanceof List) {
                return new ArrayList<>(Json.list(value, "contents"));
            }
        } catch (NoSuchFileException error) {
            return new ArrayList<>();
        } catch (IOException | Problem error) {
            // Told below.
        }
        throw new Problem("usage", "conversation.json is no conversation");
    }

    private void write(double seconds, Problem problem) throws IOException {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("model", answer.model);
        metrics.put("prompt_tokens", answer.promptTokens);
        metrics.put("answer_tokens", answer.answerTokens);
        metrics.put("attempts", attempts);
        metrics.put("seconds", Math.round(seconds * 1000) / 1000.0);
        metrics.put("finish_reason", answer.finishReason);
        if (problem != null) {
            metrics.put("error", problem.kind);
        }
        Files.createDirectories(Path.of("out"));
        Files.writeString(Path.of("out/metrics.json"), Json.write(metrics) + "\n");
    }
}
