import FleetBase
import Synchronization
import Testing
@testable import FleetHosts

@Suite struct LineSplitterTests {
    /// Feeds the pieces to a splitter and gives back the lines that came out.
    private func lines(_ pieces: [String], _ stream: CommandLine.Stream = .output) -> [String] {
        let lines = Mutex<[String]>([])
        let splitter = LineSplitter { _, line in lines.withLock { $0.append(line) } }
        for piece in pieces { _ = Array(piece.utf8).withUnsafeBytes { splitter.take(stream, $0) } }
        splitter.finish()
        return lines.withLock { $0 }
    }

    @Test func joinsWhatCameInPieces() { #expect(lines(["on", "e\ntw", "o\n"]) == ["one", "two"]) }

    @Test func handsOnTheLastLineWithoutABreak() { #expect(lines(["one\ntwo"]) == ["one", "two"]) }

    @Test func keepsEmptyLines() { #expect(lines(["a\n\nb\n"]) == ["a", "", "b"]) }

    @Test func aLineThatLooksLikeAMarkIsTheWorkers() {
        #expect(lines(["@job 1\n@alive\n@fleet abc 0\n"], .error) == ["@job 1", "@alive", "@fleet abc 0"])
    }

    @Test func handsOnALineThatNeverEnds() {
        let pieces = [String](repeating: String(repeating: "x", count: 1000), count: 200)
        let result = lines(pieces)
        #expect(result.count > 1)
        #expect(result.joined().count == 200_000)
    }
}
