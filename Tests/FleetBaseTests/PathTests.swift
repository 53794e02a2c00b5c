import Testing

@testable import FleetBase

/// Paths are bytes. Swift's own texts are not: it takes a composed accent for a decomposed one.
@Suite struct PathTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    @Test func tellsPathsOfOtherBytesApart() throws {
        #expect(Self.composed == Self.decomposed)
        let (first, second) = (try RelativePath(Self.composed), try RelativePath(Self.decomposed))
        #expect(first != second && Set([first, second]).count == 2 && second < first)
        #expect(ByteText("\u{212A}") != ByteText("K"))
    }

    /// To Swift, a slash with an accent on it is one character that is no slash.
    @Test func splitsAtEverySlash() throws {
        let path = try RelativePath("link/\u{301}x")
        #expect(path.components.map { Array($0.utf8) } == [Array("link".utf8), Array("\u{301}x".utf8)])
        #expect(path.parent?.text == "link")
        #expect(throws: ValueError.self) { try RelativePath("a/../\u{301}") }
    }

    @Test(arguments: ["", "/a", "a//b", "a/", ".", "a/./b", "..", "../a", "a/..", "a\0b"])
    func refusesWhatIsNoPathBelowARoot(_ text: String) { #expect(BytePath(text.utf8) == nil) }

    @Test func takesNamesOfAnyBytes() throws {
        let path = try #require(BytePath(Array("caf".utf8) + [0xE9, 0x0A, 0x2F] + Array("\u{202E}ñ\t\\".utf8)))
        #expect(path.text == nil && path.components.count == 2)
        #expect(path.description == "caf\\xe9\\n/\\xe2\\x80\\xaeñ\\t\\")
        #expect(path.escaped == "caf\\xe9\\x0a/\\xe2\\x80\\xae\\xc3\\xb1\\x09\\x5c")
    }

    @Test func namesTheFolderOfAPath() {
        #expect(BytePath("a/b/c".utf8)?.parent == BytePath("a/b".utf8))
        #expect(BytePath("a".utf8)?.parent == nil)
    }
}
