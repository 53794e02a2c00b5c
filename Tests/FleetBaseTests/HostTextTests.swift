import Testing

@testable import FleetBase

@Suite struct HostTextTests {
    @Test(arguments: [
        ("\u{1B}]0;title\u{7}", "^[]0;title^G"), ("a\u{9B}2Jb", "a<U+009B>2Jb"), ("\u{202E}gpj.exe", "<U+202E>gpj.exe"),
        ("\u{2066}a\u{2069}\u{200F}", "<U+2066>a<U+2069><U+200F>"), ("a\u{7F}\u{0}", "a^?^@"),
        ("one\ntwo\tthree", "one two three"),
        ("a\rb", "a^Mb"), ("a\r\nb", "a^M b"), ("a\u{2028}b\u{85}c", "a<U+2028>b<U+0085>c"),
    ])
    func showsWhatWouldSteerATerminal(text: String, line: String) { #expect(HostText(text).line == line) }

    @Test func leavesOtherTextAsItIs() {
        for text in ["¿qué? 100 %", "日本語", "e\u{301}", "👩‍🚀", ""] { #expect(HostText(text).line == text) }
    }

    /// One table says what is harmless, in text and in names of files.
    @Test func agreesWithTheNamesOfFiles() {
        let scalars = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
        let different = scalars.filter { scalar in
            let text = String(scalar)
            return (HostText(text).line == text) != (ShownBytes.text(of: Array(text.utf8)) == text)
        }
        #expect(different.isEmpty, "\(different.prefix(20).map { $0.value })")
    }

    @Test(arguments: ["\u{200B}", "\u{FEFF}", "\u{AD}", "\u{E0041}", "\u{E000}"])
    func showsWhatHides(text: String) { #expect(HostText(text).line.hasPrefix("<U+")) }

    @Test func keepsLineBreaksAndTabsOfALongerText() {
        #expect(HostText("a\tb\n\u{1B}[2J\n").lines == "a\tb\n^[[2J\n")
    }

    @Test func cutsWhatIsLong() {
        #expect(HostText(String(repeating: "x", count: 1000)).line(atMost: 5) == "xxxx…")
        #expect(HostText("xxxxx").line(atMost: 5) == "xxxxx")
        #expect(HostText("\u{1B}\u{1B}\u{1B}").line(atMost: 5) == "^[^[…")
    }

    @Test func escapesInJSONWhatJSONDoesNot() throws {
        let text = "\u{1B}\u{7F}\u{9B}\u{202E}\u{E0041}é"
        let json = HostText.escape(json: try JSONText.encode([text]))
        #expect(json.unicodeScalars.allSatisfy { $0 == "é" || (0x20..<0x7F).contains($0.value) })
        #expect(try JSONText.decode([String].self, from: json.utf8) == [text])
    }
}
