import FleetBase

/// Candidates for one word.
package struct Completion: Sendable, Equatable {
    package struct Candidate: Sendable, Equatable {
        package let word: String
        package let help: String
    }

    /// Names that only the shell knows.
    package enum Paths: String, Sendable {
        case files, directories
    }

    package private(set) var candidates: [Candidate] = []
    package private(set) var paths: Paths?

    init() {}

    init(paths: Paths) { self.paths = paths }

    init(words: [String]) { candidates = words.map { Candidate(word: $0, help: "") } }

    init(_ rows: [(String, Message)], in language: Language) {
        candidates = rows.map { Candidate(word: $0.0, help: $0.1.text(in: language)) }
    }

    func starting(with typed: String) -> Completion {
        var result = self
        result.candidates.removeAll { !$0.word.hasPrefix(typed) }
        return result
    }

    /// What the completion scripts read: `WORD<tab>HELP` lines, or the one line `:files` or `:directories`.
    package var lines: [String] {
        if let paths { return [":\(paths.rawValue)"] }
        return candidates.map { $0.help.isEmpty ? $0.word : "\($0.word)\t\($0.help)" }
    }
}
