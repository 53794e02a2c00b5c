import FleetBase
import FleetTesting
import Testing

@testable import FleetPackage

@Suite struct DeltaTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private func chunks(_ bytes: [UInt8]) -> [Chunk] { bytes.withUnsafeBytes { Chunk.chunks(of: $0) } }

    private func delta(_ old: [UInt8], _ new: [UInt8]) -> FileDelta {
        old.withUnsafeBytes { oldBytes in
            new.withUnsafeBytes { newBytes in FileDelta(from: oldBytes, chunks(old), to: newBytes, chunks(new)) }
        }
    }

    private func apply(_ delta: FileDelta, _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
        delta.steps.flatMap { step in
            switch step {
            case .copy(let range): old[range]
            case .literal(let range): new[range]
            }
        }
    }

    // MARK: Chunks

    @Test func chunksCoverTheBytes() {
        for count in [0, 1, 16 << 10, (16 << 10) + 1, 1 << 20, 3_000_001] {
            #expect(chunks(noise(count, seed: 1)).reduce(0) { $0 + $1.length } == count)
        }
    }

    @Test func chunksHaveTheirSizes() {
        let lengths = chunks(noise(4 << 20, seed: 2)).map(\.length)
        #expect(lengths.dropLast().allSatisfy { (16 << 10...256 << 10).contains($0) })
        let average = lengths.reduce(0, +) / lengths.count
        #expect((48 << 10...96 << 10).contains(average))
        #expect(chunks([UInt8](repeating: 0, count: 1 << 20)).allSatisfy { $0.length <= 256 << 10 })
    }

    /// The cuts are part of what masters exchange: they must never move.
    @Test func cutsStayWhereTheyAre() {
        let bytes = noise(1 << 20, seed: 3)
        #expect(chunks(bytes).prefix(4).map(\.length) == [56155, 66194, 70714, 67885])
    }

    @Test func anInsertionMovesTheCutsAlong() {
        let old = noise(4 << 20, seed: 4)
        let new = Array(old[..<1_000_000]) + noise(33, seed: 5) + old[1_000_000...]
        let (before, after) = (Set(chunks(old)), chunks(new))
        #expect(after.filter { !before.contains($0) }.count <= 3)
    }

    @Test func chunkListsAreText() {
        let list = chunks(noise(1 << 20, seed: 6))
        #expect(Chunk.chunks(in: Chunk.text(of: list)) == list)
        for text in ["12", "x 1", "12 z", "-1 ff", "0 ff"] { #expect(Chunk.chunks(in: text) == nil) }
        #expect(Chunk.chunks(in: "") == [])
    }

    // MARK: Deltas

    @Test func scatteredChangesCostTheirBytes() {
        let old = noise(4 << 20, seed: 7)
        var (new, generator) = (old, Generator(state: 8))
        for _ in 0..<10 {
            let place = Int(generator.next() % UInt64(old.count - 4096))
            new.replaceSubrange(place..<place + 4096, with: noise(4096, seed: generator.next()))
        }
        let delta = delta(old, new)
        #expect(apply(delta, old, new) == new)
        #expect(delta.literalSize <= 10 * 4096 + 1024)
    }

    @Test func insertionsAndRemovalsCostTheirBytes() {
        let old = noise(4 << 20, seed: 9)
        var new = old
        for index in 0..<20 {
            let place = 190_000 * (index + 1)
            if index.isMultiple(of: 2) {
                new.insert(contentsOf: noise(1000, seed: UInt64(index)), at: place)
            } else {
                new.removeSubrange(place..<place + 700)
            }
        }
        let delta = delta(old, new)
        #expect(apply(delta, old, new) == new)
        #expect(delta.literalSize <= 10 * 1000 + 20 * 300)
    }

    @Test func fromChunksAloneItIsTheSameFile() {
        let old = noise(4 << 20, seed: 10)
        let new = Array(old[3_000_000...]) + noise(5000, seed: 11) + old[..<3_000_000]
        let delta = FileDelta(from: chunks(old), to: chunks(new))
        #expect(apply(delta, old, new) == new)
        #expect(delta.literalSize < 600_000)
    }

    /// Many random edits of all kinds, on noise and on text that repeats itself.
    @Test(arguments: 0..<30) func rebuildsTheFile(seed: Int) {
        var generator = Generator(state: UInt64(seed) &* 7919 &+ 1)
        let repeats = Array(String(repeating: "the same line over and over\n", count: 9000).utf8)
        let old =
            seed.isMultiple(of: 3)
            ? repeats + noise(400_000, seed: UInt64(seed)) + repeats : noise(900_000, seed: UInt64(seed))
        var new = old
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let place = Int.random(in: 0...new.count, using: &generator)
            let length = min(new.count - place, Int.random(in: 0...60_000, using: &generator))
            switch Int.random(in: 0...3, using: &generator) {
            case 0: new.insert(contentsOf: noise(length, seed: generator.next()), at: place)
            case 1: new.removeSubrange(place..<place + length)
            case 2: new.replaceSubrange(place..<place + length, with: noise(length, seed: generator.next()))
            default: new.insert(contentsOf: new[place..<place + length], at: new.count / 2)
            }
        }
        #expect(apply(delta(old, new), old, new) == new)
        #expect(apply(FileDelta(from: chunks(old), to: chunks(new)), old, new) == new)
    }

    @Test func emptyAndUnrelatedFiles() {
        let (some, other) = (noise(300_000, seed: 12), noise(200_000, seed: 13))
        #expect(delta([], some).literalSize == some.count)
        #expect(delta(some, []).steps.isEmpty)
        #expect(delta(some, some).steps == [.copy(0..<some.count)])
        #expect(apply(delta(some, other), some, other) == other)
    }
}
