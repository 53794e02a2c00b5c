import FleetTesting
import Foundation
import Testing

/// Replays what fuzzing has found and kept, each input as it is and many times changed a little. `scripts/fuzz` does it
/// in earnest, with coverage and AddressSanitizer.
@Suite struct ReplayTests {
    private static let rounds = 1500
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/fuzz.d/corpus")

    @Test(arguments: FuzzTarget.allCases) func takesEveryInput(_ target: FuzzTarget) throws {
        let folder = Self.corpus.appendingPathComponent(target.rawValue).path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!names.isEmpty)
        let inputs = try names.map { Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0))) }
        for input in inputs { target.run(input) }
        // Each change is the same in every run.
        var noise = Mutation(seed: 7)
        for round in 0..<Self.rounds { target.run(noise.changed(inputs[round % inputs.count], among: inputs)) }
    }
}

/// Changes an input as fuzzers do: bits, bytes, numbers, pieces that go, come twice or come from another input.
private struct Mutation {
    private static let words = [
        "-1", "0", "9223372036854775807", "-9223372036854775808", "1e999", "nan", "inf", "\u{0}", "\n", "\t", "../",
        "\u{1B}[2J",
        "\u{301}", "\"", "'", "{", "[", ": ", "- ", "&a ", "*a", "%", "\\",
    ].map { Array($0.utf8) }

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(max(1, bound)))
    }

    mutating func changed(_ input: [UInt8], among others: [[UInt8]]) -> [UInt8] {
        var bytes = input
        for _ in 0...next(below: 4) {
            let place = next(below: bytes.count)
            let end = min(bytes.count, place + 1 + next(below: 16))
            switch next(below: 6) {
            case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(next(below: 8))
            case 1 where !bytes.isEmpty: bytes[place] = UInt8(next(below: 256))
            case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<end)
            case 3 where !bytes.isEmpty: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4:
                let other = others[next(below: others.count)]
                let start = next(below: other.count)
                bytes.insert(contentsOf: other[start...].prefix(1 + next(below: 64)), at: place)
            default: bytes.insert(contentsOf: Self.words[next(below: Self.words.count)], at: place)
            }
        }
        return bytes
    }
}
