/// Text broken into lines at its spaces.
package enum TextWrap {
    /// Lines of at most `width` columns, each with `indent` spaces before it; newlines in the text stay.
    package static func lines(of text: String, width: Int, indent: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            fill(line, width: max(width - indent, 16)).map {
                String(repeating: " ", count: $0.isEmpty ? 0 : indent) + $0
            }
        }
    }

    private static func fill(_ line: Substring, width: Int) -> [String] {
        var lines = [""]
        for word in line.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.columns + 1 + String(word).columns <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
