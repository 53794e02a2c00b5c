import Testing

@testable import FleetBase

/// What a terminal makes of a text.
@Suite struct ColumnsTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("¿qué?", 5), ("日本語", 6), ("ＡＢ", 4), ("ｱ", 1), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("e\u{301}", 1), ("a\u{300}\u{301}\u{302}\u{20DD}", 1), ("สี่", 1), ("कि", 2), ("–…", 2), ("█", 1),
    ])
    func counts(text: String, columns: Int) { #expect(text.columns == columns) }

    /// wcwidth(3) knows no sequences.
    @Test(arguments: ["😀", "👍🏽", "👩‍🚀", "👨‍👩‍👧‍👦", "❤️", "🏳️‍🌈", "🇨🇱", "1️⃣", "☝🏽"])
    func takesAnEmojiForTwo(emoji: String) { #expect(emoji.columns == 2) }

    @Test(arguments: ["❤", "1", "©", "1\u{20E3}", "♂\u{FE0E}"])
    func leavesTextAsText(text: String) { #expect(text.columns == 1) }

    /// U+1FAE8 came with Unicode 15, U+31350 too; Debian 12 has 14.
    @Test(arguments: [("\u{1FAE8}", 2), ("\u{31350}", 2), ("\u{1}", 0), ("\n", 0)])
    func knowsWhatTheCLibraryDoesNot(text: String, columns: Int) { #expect(text.columns == columns) }

    @Test(arguments: [
        ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("👩‍🚀👩‍🚀", 3, "👩‍🚀…"), ("日本", 1, "…"), ("ab", 0, ""),
        ("ab", -1, ""),
    ])
    func cutsBetweenCharacters(text: String, limit: Int, cut: String) { #expect(text.cut(to: limit) == cut) }

    @Test func padsToColumns() {
        #expect("日本".padded(to: 6) == "日本  " && "日本".leading(to: 6) == "  日本" && "日本".padded(to: 3) == "日本")
    }
}
