import Glibc

/// A pattern in which `*` is any text and `?` any one character, and nothing else is special (ssh_config(5), PATTERNS):
/// names of hosts and of purposes are matched with it, which are ASCII.
package struct Glob: Sendable, Hashable {
    /// Brackets and backslashes have another before them, since they mean something to fnmatch(3).
    private let pattern: String
    /// Most patterns are names, which are only compared. So is what has a zero byte, where a C string would end.
    private let isPlain: Bool

    package init(_ pattern: some StringProtocol) {
        let isPattern = pattern.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        isPlain = !isPattern || pattern.utf8.contains(0)
        let text = String(pattern)
        self.pattern = isPlain ? text : text.replacing(#"\"#, with: #"\\"#).replacing("[", with: #"\["#)
    }

    package func matches(_ text: String) -> Bool {
        isPlain ? text.utf8.elementsEqual(pattern.utf8) : !text.utf8.contains(0) && fnmatch(pattern, text, 0) == 0
    }

    /// Whether one of the patterns matches, and none that begins with `!`.
    package static func matches(_ text: String, anyOf patterns: [Substring]) -> Bool {
        let isRefused = patterns.contains { $0.hasPrefix("!") && Glob($0.dropFirst()).matches(text) }
        return !isRefused && patterns.contains { !$0.hasPrefix("!") && Glob($0).matches(text) }
    }
}
