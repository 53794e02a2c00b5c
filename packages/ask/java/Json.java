import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON (RFC 8259) as maps, lists, strings, numbers, booleans and null. */
final class Json {
    private static final int DEEPEST = 500;

    /** A number as it was written: what has a point is no whole number. */
    private static final class Digits {
        private final String text;

        Digits(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final String text;
    private int place;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) throws Problem {
        Json json = new Json(text);
        try {
            Object value = json.value();
            json.skipSpace();
            require(json.place == text.length());
            return value;
        } catch (IndexOutOfBoundsException error) {
            throw malformed();
        }
    }

    /** What is found on a way through objects and lists; null where it ends. */
    static Object at(Object value, Object... path) {
        for (Object step : path) {
            if (step instanceof Integer) {
                List<?> list = value instanceof List ? (List<?>) value : List.of();
                value = (Integer) step < list.size() ? list.get((Integer) step) : null;
            } else {
                value = value instanceof Map ? ((Map<?, ?>) value).get(step) : null;
            }
        }
        return value;
    }

    static String text(Object value, Object... path) {
        Object found = at(value, path);
        return found instanceof String ? (String) found : "";
    }

    /** A whole number, or null. */
    static Long whole(Object value, Object... path) {
        Object found = at(value, path);
        try {
            return found instanceof Digits ? Long.valueOf(found.toString()) : null;
        } catch (NumberFormatException error) {
            return null;
        }
    }

    static List<?> list(Object value, Object... path) {
        Object found = at(value, path);
        return found instanceof List ? (List<?>) found : List.of();
    }

    /** In ASCII alone. */
    static String write(Object value) {
        StringBuilder line = new StringBuilder();
        write(value, line);
        return line.toString();
    }

    private static void write(Object value, StringBuilder line) {
        if (value instanceof Map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                line.append(separator);
                quote((String) entry.getKey(), line);
                line.append(": ");
                write(entry.getValue(), line);
                separator = ", ";
            }
            line.append(separator.equals("{") ? "{}" : "}");
        } else if (value instanceof List) {
            String separator = "[";
            for (Object element : (List<?>) value) {
                line.append(separator);
                write(element, line);
                separator = ", ";
            }
            line.append(separator.equals("[") ? "[]" : "]");
        } else if (value instanceof String) {
            quote((String) value, line);
        } else {
            line.append(value);
        }
    }

    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (char character : text.toCharArray()) {
            if (character == '"' || character == '\\') {
                line.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                line.append(String.format("\\u%04x", (int) character));
            } else {
                line.append(character);
            }
        }
        line.append('"');
    }

    private Object value() throws Problem {
        skipSpace();
        require(depth < DEEPEST);
        switch (text.charAt(place)) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object() throws Problem {
        Map<String, Object> object = new LinkedHashMap<>();
        enter();
        while (!leaves('}', object.isEmpty())) {
            skipSpace();
            require(text.charAt(place) == '"');
            String name = string();
            skipSpace();
            require(text.charAt(place++) == ':');
            object.put(name, value());
        }
        return object;
    }

    private List<Object> array() throws Problem {
        List<Object> array = new ArrayList<>();
        enter();
        while (!leaves(']', array.isEmpty())) {
            array.add(value());
        }
        return array;
    }

    private void enter() {
        place++;
        depth++;
    }

    /** Reads the end of an object or list, or the comma between two elements. */
    private boolean leaves(char end, boolean isFirst) throws Problem {
        skipSpace();
        if (text.charAt(place) == end) {
            place++;
            depth--;
            return true;
        }
        require(isFirst || text.charAt(place++) == ',');
        return false;
    }

    private String string() throws Problem {
        StringBuilder result = new StringBuilder();
        place++;
        while (text.charAt(place) != '"') {
            char character = text.charAt(place++);
            require(character >= ' ');
            result.append(character == '\\' ? escaped() : character);
        }
        place++;
        return withoutHalves(result);
    }

    private char escaped() throws Problem {
        char character = text.charAt(place++);
        if (character == 'u') {
            String digits = text.substring(place, place + 4);
            require(digits.matches("[0-9a-fA-F]{4}"));
            place += 4;
            return (char) Integer.parseInt(digits, 16);
        }
        int index = "\"\\/bfnrt".indexOf(character);
        require(index >= 0);
        return "\"\\/\b\f\n\r\t".charAt(index);
    }

    /** Half a surrogate pair is no character. */
    private static String withoutHalves(CharSequence text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(point ->
            result.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point));
        return result.toString();
    }

    private Object word(String word, Object value) throws Problem {
        require(text.startsWith(word, place));
        place += word.length();
        return value;
    }

    private Object number() throws Problem {
        int start = place;
        while (place < text.length() && "+-.eE0123456789".indexOf(text.charAt(place)) >= 0) {
            place++;
        }
        String digits = text.substring(start, place);
        require(digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"));
        return new Digits(digits);
    }

    private void skipSpace() {
        while (place < text.length() && " \t\r\n".indexOf(text.charAt(place)) >= 0) {
            place++;
        }
    }

    private static void require(boolean isSo) throws Problem {
        if (!isSo) {
            throw malformed();
        }
    }

    private static Problem malformed() {
        return new Problem("malformed", "the answer is not JSON");
    }
}
