import Testing

@testable import FleetBase

@Suite struct TimerHeapTests {
    @Test func givesDeadlinesInOrder() {
        var random = SystemRandomNumberGenerator()
        for count in [0, 1, 2, 3, 10, 257] {
            let base = ContinuousClock.now
            let offsets = (0..<count).map { _ in Int.random(in: 0...50, using: &random) }
            var heap = TimerHeap()
            for (index, offset) in offsets.enumerated() {
                heap.insert(.init(deadline: Deadline(base + .seconds(offset)), token: UInt64(index)))
            }
            var found: [Int] = []
            var tokens: Set<UInt64> = []
            while let first = heap.first {
                found.append(Int(first.deadline.instant - base, in: Duration.seconds(1)))
                tokens.insert(first.token)
                heap.removeFirst()
            }
            #expect(found == offsets.sorted())
            #expect(tokens.count == count)
        }
    }

    @Test func keepsTheOrderWhileItGrowsAndShrinks() {
        let base = ContinuousClock.now
        var heap = TimerHeap()
        var model: [Int] = []
        for step in 0..<2000 {
            if Bool.random() || model.isEmpty {
                let offset = Int.random(in: 0...1000)
                model.append(offset)
                heap.insert(.init(deadline: Deadline(base + .seconds(offset)), token: UInt64(step)))
            } else {
                heap.removeFirst()
                model.sort()
                model.removeFirst()
            }
            #expect(heap.first.map { Int($0.deadline.instant - base, in: Duration.seconds(1)) } == model.min())
        }
    }
}

extension Int {
    fileprivate init(_ duration: Duration, in unit: Duration) { self = Int((duration / unit).rounded()) }
}
