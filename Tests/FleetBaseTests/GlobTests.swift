import FleetBase
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", "", true), ("?", "", false), ("a*b*c", "a1b2c", true), ("a*b*c", "abcb", false), ("**", "x", true),
        ("*a", "aaab", false), ("?*?", "ab", true), ("?*?", "a", false), ("a", "a", true), ("", "", true),
        ("[ab]", "a", false), ("[ab]", "[ab]", true), ("\\*", "*", false), ("\\*", "\\x", true), ("[", "[", true),
        ("*", ".a/b", true), ("a", "a\0b", false), ("a\0*", "a", false),
    ])
    func globs(pattern: String, name: String, isMatch: Bool) {
        #expect(Glob.matches(name, anyOf: [Substring(pattern)]) == isMatch)
    }

    /// The rule as a definition, slow and plain, on every short pattern and name.
    @Test func agreesWithTheDefinition() {
        func matches(_ pattern: Substring, _ name: Substring) -> Bool {
            guard let first = pattern.first else { return name.isEmpty }
            if first == "*" {
                return matches(pattern.dropFirst(), name) || !name.isEmpty && matches(pattern, name.dropFirst())
            }
            return !name.isEmpty && (first == "?" || first == name.first)
                && matches(pattern.dropFirst(), name.dropFirst())
        }
        for pattern in Self.words(of: ["a", "b", "*", "?"], upTo: 4) {
            for name in Self.words(of: ["a", "b"], upTo: 4)
            where Glob(pattern).matches(name) != matches(Substring(pattern), Substring(name)) {
                Issue.record("\(pattern) on \(name)")
            }
        }
    }

    @Test func takesNoExponentialTime() {
        let pattern = String(repeating: "a*", count: 200) + "b"
        #expect(!Glob.matches(String(repeating: "a", count: 2000), anyOf: [Substring(pattern)]))
    }

    @Test func negationAloneMatchesNothing() {
        #expect(!Glob.matches("a", anyOf: ["!b"]))
    }

    private static func words(of letters: [String], upTo length: Int) -> [String] {
        guard length > 0 else { return [""] }
        let shorter = words(of: letters, upTo: length - 1)
        return [""] + letters.flatMap { letter in shorter.map { letter + $0 } }
    }
}
