package import FleetBase

/// Splits a command line as a POSIX shell does (XCU 2.2, 2.3), without any expansion.
package struct CommandWords {
    private enum Quote { case single, double }

    private var words: [ShellWord] = []
    private var word: String?
    private var quote: Quote?

    package static func split(_ text: String) throws(ValueError) -> [ShellWord] {
        var splitter = CommandWords()
        var rest = text[...]
        while let character = rest.popFirst() { splitter.take(character, &rest) }
        guard splitter.quote == nil else { throw ValueError(Message("a quote is not closed in \(text)")) }
        splitter.endWord()
        return splitter.words
    }

    private mutating func take(_ character: Character, _ rest: inout Substring) {
        switch (quote, character) {
        case (.single, "'"), (.double, "\""): quote = nil
        case (.single, _): word?.append(character)
        case (.double, "\\"):
            // Between double quotes a backslash escapes these four only.
            word?.append(rest.first.map { "$`\"\\".contains($0) } == true ? rest.removeFirst() : "\\")
        case (.double, _): word?.append(character)
        case (nil, "'"): open(.single)
        case (nil, "\""): open(.double)
        case (nil, "\\"): word = (word ?? "") + (rest.popFirst().map { String($0) } ?? "\\")
        case (nil, _) where character.isWhitespace: endWord()
        case (nil, _): word = (word ?? "") + String(character)
        }
    }

    private mutating func open(_ quote: Quote) {
        self.quote = quote
        word = word ?? ""
    }

    private mutating func endWord() {
        if let word { words.append(ShellWord(word)) }
        word = nil
    }
}

extension YAMLNode {
    /// A command as one line or as a list of words; never empty.
    func command() throws(ConfigError) -> [ShellWord] {
        let words: [ShellWord]
        if case .sequence = content {
            words = try strings().map { ShellWord($0) }
        } else {
            words = try parsed(CommandWords.split)
        }
        guard let program = words.first, !program.text.isEmpty else {
            throw ConfigError(.invalidValue, at: place, Message("an empty command"))
        }
        return words
    }
}
