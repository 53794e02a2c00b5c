import FleetBase
import Testing
@testable import FleetRuns

@Suite struct PatienceTests {
    @Test func triesAtLongerAndLongerPausesUntilTheTimeIsOver() {
        var patience = Patience(each: .seconds(60), whole: .seconds(1000))
        let pauses = (0..<8).map { _ in patience.next(after: .zero, at: .seconds(1)) }
        #expect(pauses == [200, 400, 800, 1600, 3200, 5000, 5000, 5000].map { .milliseconds($0) })
        #expect(patience.next(after: .zero, at: .seconds(60)) == nil)
    }

    @Test func beginsAnewWithAHostThatWasThereForAWhile() {
        var patience = Patience(each: .seconds(60), whole: .seconds(1000))
        _ = patience.next(after: .zero, at: .seconds(50))
        #expect(patience.next(after: .seconds(21), at: .seconds(71)) == .milliseconds(200))
        #expect(patience.next(after: .zero, at: .seconds(130)) != nil)
        #expect(patience.next(after: .zero, at: .seconds(131)) == nil)
    }

    /// There for 21 seconds each time, and gone again.
    @Test func comesToAnEndWithAHostThatComesAndGoes() {
        var patience = Patience(each: .seconds(60), whole: .seconds(1000))
        let tries = (1...100).prefix { patience.next(after: .seconds(21), at: .seconds($0 * 22)) != nil }
        #expect(tries.count == 45)
    }
}
