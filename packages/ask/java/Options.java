import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;

/** The parameters as package.yaml declares them. */
final class Options {
    static final Map<String, String> DEFAULTS = Map.of(
        "question", "", "model", "gemini-2.5-flash", "base-url", "https://generativelanguage.googleapis.com/v1beta",
        "stream", "true", "attempts", "4", "backoff", "1", "patience", "60", "simulate", "0");
    private static final String ADDRESS_WANTED = "--base-url must be an address such as https://example.org/v1beta";

    private final Map<String, String> texts = new HashMap<>(DEFAULTS);
    final String question;
    final String model;
    final boolean stream;
    final int attempts;
    final double backoff;
    final double patience;
    final double simulate;
    /** Where the question goes; the other two name it in messages. */
    final URI address;
    final String host;
    final String place;

    Options(String[] words) throws Problem {
        read(words);
        question = texts.get("question");
        model = texts.get("model");
        stream = texts.get("stream").equals("true");
        require(texts.get("stream").matches("true|false"), "--stream must be true or false");
        require(texts.get("attempts").matches("[1-9][0-9]{0,8}"), "--attempts must be a whole number, at least 1");
        attempts = Integer.parseInt(texts.get("attempts"));
        backoff = seconds("backoff");
        patience = seconds("patience");
        simulate = seconds("simulate");
        require(patience > 0, "--patience must be more than 0");
        require(model.matches("((models|tunedModels)/)?[A-Za-z0-9._-]+"),
            "--model must be a name such as gemini-2.5-flash");
        URI base = base(texts.get("base-url"));
        host = base.getHost().replaceAll("^\\[|\\]$", "");
        int port = base.getPort() >= 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
        place = host + ":" + port;
        String path = base.getRawPath().replaceAll("/+$", "");
        address = URI.create(base.getScheme() + "://" + base.getHost() + ":" + port
            + (path.isEmpty() ? "/v1beta" : path) + "/" + (model.contains("/") ? model : "models/" + model)
            + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"));
    }

    private void read(String[] words) throws Problem {
        for (int index = 0; index < words.length; index++) {
            String[] parts = words[index].split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            require(texts.containsKey(name), "unknown parameter " + parts[0]);
            require(parts.length == 2 || index + 1 < words.length, parts[0] + " needs a value");
            texts.put(name, parts.length == 2 ? parts[1] : words[++index]);
        }
    }

    private double seconds(String name) throws Problem {
        require(texts.get(name).matches("[0-9]{1,9}(\\.[0-9]{1,9})?"), "--" + name + " must be a number of seconds");
        return Double.parseDouble(texts.get(name));
    }

    private static URI base(String text) throws Problem {
        try {
            URI base = new URI(text);
            boolean isKnown = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            require(isKnown && base.getHost() != null && base.getRawQuery() == null && base.getRawFragment() == null
                && base.getRawUserInfo() == null, ADDRESS_WANTED);
            return base;
        } catch (URISyntaxException error) {
            throw new Problem("usage", ADDRESS_WANTED);
        }
    }

    private static void require(boolean isSo, String text) throws Problem {
        if (!isSo) {
            throw new Problem("usage", text);
        }
    }
}
