/// The parts of `~/.ssh/config` (ssh_config(5)) that name hosts.
struct SSHConfigFile {
    struct Block {
        /// The patterns of `Host`; nil for `Match`, whose conditions nobody checks here.
        let patterns: [String]?
        /// Of its head, from 1.
        let line: Int
        var options: [(keyword: String, value: String, line: Int)] = []

        func applies(to name: String) -> Bool {
            guard let patterns else { return false }
            let negated = patterns.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
            return !negated.contains { Glob($0).matches(name) } && patterns.contains { Glob($0).matches(name) }
        }
    }

    private(set) var blocks = [Block(patterns: ["*"], line: 1)]

    init(_ text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard let (keyword, value) = Self.option(line) else { continue }
            switch keyword {
            case "host": blocks.append(Block(patterns: Self.words(value), line: index + 1))
            case "match": blocks.append(Block(patterns: nil, line: index + 1))
            default: blocks[blocks.count - 1].options.append((keyword, value, index + 1))
            }
        }
    }

    /// Names without a wildcard, in the order of the file.
    var names: [String] {
        blocks.flatMap { $0.patterns ?? [] }.reduce(into: []) { names, name in
            if !name.contains(where: { "*?!".contains($0) }), !names.contains(name) { names.append(name) }
        }
    }

    /// The first value found, as ssh takes it.
    func value(_ keyword: String, for name: String) -> String? {
        blocks.lazy.filter { $0.applies(to: name) }.flatMap(\.options).first { $0.keyword == keyword }?.value
    }

    /// The lines that set an option to something, those of `Match` blocks left out.
    func lines(of keyword: String) -> [Int] {
        blocks.filter { $0.patterns != nil }.flatMap(\.options)
            .filter { $0.keyword == keyword && $0.value.lowercased() != "none" }.map(\.line)
    }

    static func opensBlock(_ line: some StringProtocol) -> Bool {
        option(Substring(line)).map { ["host", "match"].contains($0.keyword) && !$0.value.isEmpty } == true
    }

    /// `Keyword value` or `Keyword=value`.
    private static func option(_ line: Substring) -> (keyword: String, value: String)? {
        let line = line.trimmed
        guard !line.hasPrefix("#"), let end = line.firstIndex(where: { $0.isWhitespace || $0 == "=" }) else {
            return nil
        }
        let value = line[end...].drop { $0.isWhitespace || $0 == "=" }.trimmed
        let isQuoted = value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
        return (line[..<end].lowercased(), isQuoted ? String(value.dropFirst().dropLast()) : value)
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { $0.filter { $0 != "\"" } }
    }
}
