import FleetBase
import Testing

@testable import FleetService

@Suite struct KeptReasonsTests {
    private let slot = Message("wait for a free slot")
    private let host = Message("wait for a host that can run them")

    @Test func keepsNewReasonsAlone() {
        var kept = KeptReasons()
        let wanted: [(Set<Message>, Bool)] = [
            ([], false), ([slot], true), ([slot], false), ([slot, host], true), ([], true),
        ]
        for (reasons, isKept) in wanted {
            let takes = kept.takes(reasons, at: .now)
            #expect(takes == isKept, "\(reasons.count)")
        }
    }

    @Test func queueThatWaversIsKeptSeldom() {
        var (kept, count) = (KeptReasons(), 0)
        let now = ContinuousClock.now
        for step in 0..<6000 where kept.takes([step % 2 == 0 ? slot : host], at: now + .milliseconds(100 * step)) {
            count += 1
        }
        #expect((60...80).contains(count), "\(count)")
    }
}
