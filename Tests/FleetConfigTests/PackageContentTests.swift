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

    /// A worker may need them.
    @Test(arguments: ["build/settings", ".env", "src/.hidden/x", "node_modules/a/index.js", "a.swpx", "git"])
    func takes(path: String) throws { #expect(try contains(path)) }

    @Test(arguments: [
        "__pycache__/a.cpython-313.pyc", "src/__pycache__/x", "a.pyc", "a.pyo", "keep~", "d/#x#", ".#x", "x.swp",
        "Thumbs.db", "desktop.ini", ".DS_Store", "d/._x", ".git", ".git/config", ".hg/x", ".svn/x", ".pytest_cache/v",
        ".mypy_cache/x", ".ipynb_checkpoints/x", ".venv/bin/python", ".idea/x", ".vscode/x", ".fleetignore",
    ])
    func leavesOutLeavings(path: String) throws { #expect(try !contains(path)) }

    /// As git does it: a file in a folder that stays out can't be brought back alone.
    @Test func bringsBack() throws {
        #expect(try contains("a.pyc", excluded: ["!*.pyc"]))
        #expect(try contains(".vscode/x", excluded: ["!.vscode/"]))
        #expect(try !contains(".vscode/x", excluded: ["!.vscode/x"]))
        #expect(try !contains("a.pyc", excluded: ["!*.pyc", "a.*"]))
    }

    @Test func readsAnIgnoreFileBeforeExclude() throws {
        let text = "\u{FEFF}# comment\r\n\r\n*.log\n!keep.log\n\\#x\ntrailing   \nspace\\ \n/top\n"
        let content = PackageContent(included: nil, excluded: ["!b.log", "#y"], outputs: [])
            .reading(ignoreFile: Array(text.utf8))
        func isIn(_ path: String) throws -> Bool { try content.contains(RelativePath(path)) }
        #expect(try !isIn("a.log") && isIn("keep.log") && isIn("b.log") && isIn("d/top"))
        for path in ["#x", "#y", "trailing", "space ", "top"] { #expect(try !isIn(path), "\(path)") }
    }

    @Test func namesTheRule() throws {
        let content = PackageContent(included: ["src"], excluded: ["*.bin"], bases: ["base[1]"], outputs: [])
            .reading(ignoreFile: Array("\n*.log\n".utf8))
        func place(_ path: String, isFolder: Bool = false) throws -> String? {
            let path = try #require(BytePath(path.utf8))
            return content.rule(leavingOut: path, isFolder: isFolder, inside: nil).map { "\($0.place) \($0.text)" }
        }
        #expect(try place("src/a.pyc") == "default *.pyc")
        #expect(try place("src/a.log") == ".fleetignore:2 *.log")
        #expect(try place("src/a.bin") == "exclude *.bin")
        #expect(try place("base[1]", isFolder: true) == "image base[1]")
        #expect(try place("other") == "files files:")
        #expect(try place("src/a") == nil)
    }

    /// `exclude:` can name whatever a file system can hold.
    @Test func fitsAnyBytes() throws {
        let name = try #require(BytePath(Array("caf".utf8) + [0xE9, 0x0A]))
        for pattern in ["caf??", "caf*", "caf[!a]\n", "*\n"] {
            #expect(PathPattern(pattern).matches(name, isFolder: false), "\(pattern)")
        }
        let (composed, decomposed) = (try #require(BytePath("\u{E9}".utf8)), try #require(BytePath("e\u{301}".utf8)))
        #expect(PathPattern("\u{E9}").matches(composed, isFolder: false))
        #expect(!PathPattern("\u{E9}").matches(decomposed, isFolder: false))
    }

    @Test func takesOutputsFromTheBuildFolder() throws {
        #expect(try contains("build/particles", outputs: ["build/particles"]))
    }

    @Test func neverLooksForOutputsInTheFolderOfGit() throws {
        let content = PackageContent(included: nil, excluded: [], outputs: ["made"])
        let git = try #require(BytePath(".git".utf8))
        let rule = try #require(content.rule(leavingOut: git, isFolder: true, inside: nil))
        #expect(!content.reaches(into: git, leftOutBy: rule))
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
        #expect(try PathPattern(pattern).covers(BytePath(RelativePath(path))) == matches)
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
