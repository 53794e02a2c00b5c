import FleetBase
import FleetTesting
import Testing

@testable import FleetLedger

@Suite struct RunNameTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(path: folder.path + "/ledger.sqlite")
    }

    private func begin(_ seconds: [Int64]) async throws -> [RunID] {
        let runs = seconds.map { Run(command: "", started: Timestamp(milliseconds: 1_795_275_000_000 + $0 * 1000)) }
        for run in runs { try await ledger.begin(run) }
        return runs.map(\.id)
    }

    private func problem(_ name: String) async -> String {
        do {
            return try await ledger.run(name).id.text
        } catch {
            return error.message.text(in: .english)
        }
    }

    @Test func findsAUniquePrefix() async throws {
        let ids = try await begin([12, 99])
        #expect(try await ledger.run("20261121-15301").id == ids[0])
    }

    /// By the order in which runs began, since a clock may be set back.
    @Test func findsTheLastRun() async throws {
        let ids = try await begin([99, 12])
        #expect(try await ledger.run("last").id == ids[1])
    }

    @Test func namesTheRunsOfAnAmbiguousPrefix() async throws {
        let ids = try await begin([12, 13])
        #expect(await problem("20261121-15") == "several runs start with \"20261121-15\": \(ids[1]), \(ids[0])")
    }

    @Test func namesTheNearestRun() async throws {
        let id = try await begin([12])[0]
        #expect(await problem("x\(id)") == "unknown run \"x\(id)\", did you mean \"\(id)\"?")
    }

    @Test func namesNoRunThatIsFar() async throws {
        _ = try await begin([12])
        #expect(await problem("%") == "unknown run \"%\"")
    }

    @Test func namesTheWordForTheLastRun() async throws {
        _ = try await begin([12])
        #expect(await problem("lst") == "unknown run \"lst\", did you mean \"last\"?")
    }

    @Test func saysThatThereAreNoRuns() async { #expect(await problem("last") == "there are no runs yet") }
}
