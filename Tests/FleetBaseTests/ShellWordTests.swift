import FleetBase
import FleetTesting
import Testing

/// A word reaches a program as it is, whatever it holds.
@Suite struct ShellWordTests {
    @Test(arguments: [
        ("bare-word_1./:,@+", "bare-word_1./:,@+"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#),
        (#"a\b"#, #"'a'\\'b'"#), ("line\nbreak", "'line\nbreak'"),
        // An accent on a quote makes another character of it, and no other byte.
        ("'\u{301}\\\u{301}", "''\\''\u{301}'\\\\'\u{301}'"), ("50%", "'50%'"), ("ñ", "'ñ'"),
    ])
    func isQuotedByItsBytes(text: String, rendered: String) {
        #expect(Array(ShellWord(text).rendered.utf8) == Array(rendered.utf8))
    }

    @Test(arguments: ["it's", #"\'\\''"#, "'\u{301}", "$(x) `y` ~ *", "two\nlines\n-"])
    func comesThroughAShell(text: String) throws {
        let line = ["printf", "%s", ShellWord(text)].commandLine
        #expect(try Program.run(["sh", "-c", line]) == Array(text.utf8))
    }
}
