/// One file in the form of ssh_config(5), line by line: who connects asks what holds for a host, who imports hosts asks
/// which ones there are.
package struct SSHConfigFile: Sendable {
    /// One line, `Host`, `Match` and `Include` among them.
    package struct Directive: Sendable {
        /// In lower case.
        package var keyword: String { text.keyword }
        package var arguments: [String] { text.arguments }
        /// All that comes after the keyword, as it stands there.
        package var rest: String { text.rest }
        /// From 1.
        package let line: Int
        package let block: Block
        fileprivate let text: SSHConfigLine

        package var value: String { arguments.joined(separator: " ") }
    }

    /// The lines from one `Host` or `Match` to the next.
    package struct Block: Sendable, Hashable {
        /// A host is meant when these match its name as it is written (``Glob/matches(_:anyOf:)``). None stand for a
        /// `Match` that is not decided here: it means no host. `Match all` means all.
        package let patterns: [Substring]

        package func holds(for name: String) -> Bool { Glob.matches(name, anyOf: patterns) }
    }

    /// A line that can't be read, for which ssh would refuse the whole file.
    package struct Fault: Sendable, Hashable {
        /// From 1.
        package let line: Int
        package let reason: SSHConfigLine.Fault
    }

    package private(set) var directives: [Directive] = []
    package private(set) var faults: [Fault] = []

    package init(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)) }

    package init(bytes: [UInt8]) {
        var block = Block(patterns: ["*"])
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do throws(SSHConfigLine.Fault) {
                guard let text = try SSHConfigLine(line) else { continue }
                switch text.keyword {
                case "host": block = Block(patterns: text.arguments.map { Substring($0) })
                case "match": block = Block(patterns: text.arguments.map { $0.lowercased() } == ["all"] ? ["*"] : [])
                default: break
                }
                directives.append(Directive(line: index + 1, block: block, text: text))
            } catch {
                faults.append(Fault(line: index + 1, reason: error))
            }
        }
    }

    /// Whether a line begins a block, which tells the form from others.
    package static func opensBlock(_ line: String) -> Bool {
        let words = try? SSHConfigLine(line.utf8)
        return words.map { ["host", "match"].contains($0.keyword) && !$0.arguments.isEmpty } ?? false
    }
}
