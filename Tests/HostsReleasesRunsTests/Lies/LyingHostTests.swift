import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases
import FleetRuns
import FleetTesting
import Foundation
import Testing

/// A host that lies costs its own outcome and nothing else: no crash, no hang, no file outside the project.
///
/// `FLEET_LIES` says how many answers are made up, `FLEET_LIES_SEED` which ones.
@Suite struct LyingHostTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["FLEET_LIES"].flatMap { Int($0) } ?? 3000
    private static let seed = environment["FLEET_LIES_SEED"].flatMap { UInt64($0) } ?? 11
    /// What an operation may take when nobody has to be waited for.
    private static let patience = Duration.seconds(60)

    init() { Catalogue.add { [Catalogue.hosts, Catalogue.releases, Catalogue.runs] } }

    @Test func costsItsOwnOutcomeAlone() async throws {
        let world = try await LyingWorld(seed: Self.seed)
        let before = try world.outside()
        var lies = Lies(seed: Self.seed)
        while world.transport.answers < Self.count {
            world.transport.beginRound()
            let operation = lies.one(of: LyingWorld.Operation.allCases)
            let messages = await Deadline.after(Self.patience).limiting { await world.perform(operation) }
            let said = try #require(messages, "\(operation) hangs, seed \(Self.seed)")
            for message in said { Self.check(message, operation) }
            world.parse(&lies)
        }
        #expect(world.transport.breaches.isEmpty)
        #expect(try world.outside() == before)
    }

    /// Whatever a host said: nothing of it steers the terminal of who reads it.
    private static func check(_ message: Message, _ operation: LyingWorld.Operation) {
        for language in Language.allCases {
            let text = message.text(in: language)
            #expect(HostText(text).line == text, "\(operation) says \(text.debugDescription)")
        }
    }
}
