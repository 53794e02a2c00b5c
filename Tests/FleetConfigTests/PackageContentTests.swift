import FleetBase
import Testing

@testable import FleetConfig

@Suite struct PackageContentTests {
    private func contains(_ path: String, included: [String]? = nil, excluded: [String] = [], outputs: [String] = [])
        throws -> Bool
    {
        try PackageContent(included: included, excluded: excluded, outputs: outputs).contains(RelativePath(path))
    }

    @Test func leavesOutDotFiles() throws { #expect(try !contains("src/.git/config")) }

    @Test func leavesOutTheBuildFolder() throws { #expect(try !contains("build/particles.o")) }

    @Test func takesOutputsFromTheBuildFolder() throws {
        #expect(try contains("build/particles", outputs: ["build/particles"]))
    }

    @Test func prefersExclusion() throws {
        #expect(try !contains("src/a.pyc", included: ["src"], excluded: ["*.pyc"]))
    }

    @Test(arguments: [
        ("*.py", "a.py", true), ("*.py", "deep/a.py", true), ("/*.py", "deep/a.py", false), ("src", "src/a/b", true),
        ("src/*", "src/a/b", true), ("src/*.py", "src/a/b.py", false), ("src/**/b.py", "src/a/c/b.py", true),
        ("src/**/b.py", "src/b.py", true), ("./a", "a", true), ("a/b", "a", false),
    ])
    func matchesPaths(pattern: String, path: String, matches: Bool) throws {
        #expect(try PathPattern(pattern).matches(RelativePath(path)) == matches)
    }
}

@Suite struct CommandWordsTests {
    @Test(arguments: [
        ("a  b\tc", ["a", "b", "c"]), ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a'b'\"c\"", ["abc"]), ("''", [""]),
        (#"a\ b"#, ["a b"]), (#""a\"b\n""#, [#"a"b\n"#]), (#"'a\'"#, [#"a\"#]), ("", []), ("$HOME *", ["$HOME", "*"]),
    ])
    func splitsAsAShell(text: String, words: [String]) throws {
        #expect(try CommandWords.split(text).map(\.text) == words)
    }

    @Test(arguments: ["'a", "\"a", "a \"b\\\""]) func refusesAnOpenQuote(text: String) {
        #expect(throws: ValueError.self) { try CommandWords.split(text) }
    }
}
