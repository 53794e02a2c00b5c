import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// What a master remembers of the schedules that it laid on hosts.
@Suite struct LaidScheduleTests {
    private let fixture: EngineFixture
    private let laid: LaidSchedule
    private var project: Project { fixture.fleet.project }

    init() throws {
        fixture = try EngineFixture(hosts: ["one", "two"])
        let task = LedgerTask(
            run: RunID("20261121-130000-abcd"), position: 1, name: "beat", key: FileDigest.of(Array("beat".utf8)),
            packageDigest: nil,
            parameters: .object([:]))
        let facts = Facts([("arch", "x86_64")])
        let choice = try MethodChoice(.command("true"), on: facts)
        laid = LaidSchedule(
            host: try HostName("one"), name: "beat", tasks: [ScheduledTask(task, choice)])
    }

    @Test func isFoundForItsHostAlone() throws {
        let digest = try laid.keep(in: project)
        #expect(LaidSchedule(digest, notOn: ["two"], in: project)?.tasks.first?.name == "beat")
        // Another host that claims to have it.
        #expect(LaidSchedule(digest, notOn: ["one"], in: project) == nil)
        // What no master has laid, and what is no digest.
        #expect(LaidSchedule(String(repeating: "0", count: 64), notOn: [], in: project) == nil)
        #expect(LaidSchedule("../../inventory/hosts", notOn: [], in: project) == nil)
        LaidSchedule.forget([digest, "../master"], in: project)
        #expect(LaidSchedule(digest, notOn: ["two"], in: project) == nil)
    }

    /// The same tasks are known by the same digest: a host goes on with results that wait.
    @Test func isTheSameForTheSameTasks() throws {
        #expect(try laid.keep(in: project) == laid.keep(in: project))
    }
}
