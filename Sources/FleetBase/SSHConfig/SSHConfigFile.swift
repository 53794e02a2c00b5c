/// One file in the form of ssh_config(5), line by line: who connects asks what holds for a host, who imports hosts asks
/// which ones there are.
package struct SSHConfigFile: Sendable {
    /// One line, `Host`, `Match` and `Include` among them.
    package struct Directive: Sendable {
        /// In lower case.
        package let keyword: String
        package let arguments: [String]
        /// From 1.
        package let line: Int
        package let block: Block

        package var value: String { arguments.joined(separator: " ") }
    }

    /// The lines from one `Host` or `Match` to the next.
    package struct Block: Sendable, Hashable {
        /// A host is meant when these match its name in lower case (``Glob/matches(_:anyOf:)``). None stand for a `Match`
        /// that nobody checks here: it means no host. `Match all` means all.
        package let patterns: [Substring]

        package func holds(for name: String) -> Bool { Glob.matches(name.lowercased(), anyOf: patterns) }
    }

    package let directives: [Directive]

    package init(_ text: some StringProtocol) {
        var block = Block(patterns: ["*"])
        var directives: [Directive] = []
        // Swift takes the line end of Windows for one character.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() {
            let words = Self.words(of: Substring(line))
            guard let keyword = words.first?.lowercased() else { continue }
            let arguments = Array(words.dropFirst())
            switch keyword {
            case "host": block = Block(patterns: arguments.map { Substring($0.lowercased()) })
            case "match": block = Block(patterns: arguments.map { $0.lowercased() } == ["all"] ? ["*"] : [])
            default: break
            }
            directives.append(Directive(keyword: keyword, arguments: arguments, line: index + 1, block: block))
        }
        self.directives = directives
    }

    /// Whether a line begins a block, which tells the form from others.
    package static func opensBlock(_ line: String) -> Bool {
        let words = words(of: Substring(line))
        return words.count > 1 && ["host", "match"].contains(words[0].lowercased())
    }

    /// `keyword value`, `keyword=value`, double quotes around a value, `#` at the start of a word.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = []
        var rest = line.drop { $0.isWhitespace }
        while let first = rest.first, first != "#" {
            let word: Substring
            if first == "\"" {
                word = rest.dropFirst().prefix { $0 != "\"" }
                rest = rest.dropFirst(word.count + 2)
            } else {
                let isKeyword = words.isEmpty
                word = rest.prefix { !$0.isWhitespace && !(isKeyword && $0 == "=") }
                rest = rest.dropFirst(word.count)
            }
            words.append(String(word))
            rest = rest.drop { $0.isWhitespace }
            if words.count == 1, rest.first == "=" { rest = rest.dropFirst().drop { $0.isWhitespace } }
        }
        return words
    }
}
