import FleetBase
import FleetTesting
import Testing

@testable import FleetTerminal

@Suite struct KeyReaderTests {
    @Test(
        arguments: [
            ("a", [.character("a")]), ("ñ", [.character("ñ")]), ("\r", [.enter]), ("\t", [.tab]),
            ("\u{3}", [.control("c")]),
            ("\u{7F}", [.backspace]), ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[5~", [.pageUp]),
            ("\u{1B}[1;5C", [.right]), ("\u{1B}[Z", [.backTab]),
            ("q\u{1B}[Hj", [.character("q"), .home, .character("j")]),
            ("\u{1B}[99~x", [.character("x")]), ("\u{1B}x", [.escape, .character("x")]), ("\u{0}", []),
        ] as [(String, [Key])]) func readsKeys(bytes: String, keys: [Key])
    {
        var reader = KeyReader()
        #expect(reader.take(Array(bytes.utf8), isAll: true) == keys)
    }

    @Test func putsAKeyTogetherThatComesInPieces() {
        var reader = KeyReader()
        #expect("\u{1B}[6~ñ".utf8.flatMap { reader.take([$0]) } == [.pageDown, .character("ñ")])
        #expect(!reader.isInKey)
    }

    @Test func aLoneEscapeIsOneWhenNothingFollows() {
        var reader = KeyReader()
        #expect(reader.take([0x1B]).isEmpty && reader.isInKey)
        #expect(reader.take([], isAll: true) == [.escape])
    }

    @Test func whatIsNoKeyIsGivenUp() {
        var reader = KeyReader()
        #expect(reader.take([0x1B, UInt8(ascii: "[")] + [UInt8](repeating: UInt8(ascii: "1"), count: 100)).isEmpty)
        #expect(reader.take([0xFF, 0xC3, 0x28, UInt8(ascii: "a")]) == [.character("a")])
    }
}

@Suite struct ScreenGridTests {
    private static let plain = Style(isOn: false)

    private static func grid(_ lines: [String], width: Int = 20, chosen: Int? = nil) -> ScreenGrid {
        var grid = ScreenGrid(width: width, height: 4)
        for (row, line) in lines.enumerated() { grid.draw(StyledLine(line), row: row, isChosen: row == chosen) }
        return grid
    }

    @Test(arguments: [
        (["one", "two"], ["one", "three"]), (["日本語", "b"], ["日x語", "b"]), (["abc日"], ["ab日c"]), (["x日y"], ["日xy"]),
        (["e\u{301}a"], ["ea"]), ([], ["full line of 20 cols"]), (["👩‍🚀 a"], ["👍🏽 b"]),
    ]) func theDifferencesMakeOneOfTheOther(before: [String], after: [String]) {
        let (old, new) = (Self.grid(before), Self.grid(after))
        var screen = ScreenModel(width: 20, height: 4)
        screen.take(Array(old.changes(since: nil, Self.plain).utf8))
        #expect(screen.rowsOfScreen == old.lines)
        screen.take(Array(new.changes(since: old, Self.plain).utf8))
        #expect(screen.rowsOfScreen == new.lines)
    }

    @Test func whatIsTheSameIsNotSent() {
        let grid = Self.grid(["one", "two"])
        #expect(grid.changes(since: grid, Self.plain) == "")
        #expect(Self.grid(["one", "twO"]).changes(since: grid, Self.plain) == "\u{1B}[2;3HO")
    }

    @Test func whatDoesNotFitIsCut() {
        let grid = Self.grid(["a line that is longer than that", "", "日日日日日日日日日日日"])
        #expect(grid.lines[0] == "a line that is long…" && grid.lines[2].columns == 20)
    }

    @Test func whatLiesOutsideIsNotDrawn() {
        var grid = ScreenGrid(width: 4, height: 1)
        for row in [-1, 1, 9] { grid.draw(StyledLine("x"), row: row) }
        grid.draw(StyledLine("x"), row: 0, column: 4)
        #expect(grid.lines == ["    "])
    }

    @Test func aRowIsChosenOverItsWholeWidth() {
        let chosen = Self.grid(["one", "two"], chosen: 1).changes(since: Self.grid(["one", "two"]), Self.plain)
        #expect(chosen == "\u{1B}[2;1H\u{1B}[0;7mtwo" + String(repeating: " ", count: 17) + "\u{1B}[0m")
    }

    @Test func coloursAreLeftOutWhereNobodyWantsThem() {
        var grid = ScreenGrid(width: 4, height: 1)
        grid.draw(StyledLine("x", .red), row: 0)
        #expect(!grid.changes(since: ScreenGrid(width: 4, height: 1), Self.plain).contains("31"))
        #expect(grid.changes(since: ScreenGrid(width: 4, height: 1), Style(isOn: true)).contains("\u{1B}[0;31mx"))
    }
}
