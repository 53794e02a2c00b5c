import FleetTesting
import Testing

@testable import FleetService

@Suite struct TurnsTests {
    @Test func nobodyComesInWhileAllPlacesAreTaken() async {
        let turns = Turns(1)
        #expect(await turns.take())
        let second = Task { await turns.take() }
        let third = Task { await turns.take() }
        third.cancel()
        #expect(await !third.value)
        await turns.giveBack()
        #expect(await second.value)
        await turns.giveBack()
        #expect(await turns.take())
    }
}
