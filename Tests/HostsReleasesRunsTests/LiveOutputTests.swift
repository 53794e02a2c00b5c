import Synchronization
import Testing
@testable import FleetRuns

@Suite struct LiveOutputTests {
    /// Some bytes, taken over several connections that each begin anew.
    private func shown(_ connections: [[String]]) -> String {
        let shown = Mutex("")
        let output = LiveOutput { bytes in shown.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
        for pieces in connections {
            output.begin()
            for piece in pieces { Array(piece.utf8).withUnsafeBytes { output.take($0) } }
        }
        return shown.withLock(\.self)
    }

    @Test func passesOnWhatComesAtOnce() { #expect(shown([["ab", "c"]]) == "abc") }

    @Test func passesOnEachByteOnce() {
        #expect(shown([["ab", "c"], ["a", "bcd"], ["ab"], ["abcd", "e"]]) == "abcde")
    }
}
