import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// Thousands of folders are listed and removed in one go, and what is told is so.
@Suite(.serialized) struct JobListTests {
    private let host: ScriptHost

    init() throws { host = try ScriptHost() }

    private func make(_ id: String, minutes: Int? = nil) throws {
        try host.folder.write("0 0 0 no 0m0s 0m0s 1 2\n", to: "root/runs/\(id)/trailer")
        guard let minutes else { return }
        try host.folder.write("", to: "root/runs/\(id)/lease")
        let time = Date(timeIntervalSinceNow: Double(-60 * minutes - 30))
        try FileManager.default.setAttributes(
            [.modificationDate: time], ofItemAtPath: host.root + "/runs/\(id)/lease")
    }

    private func list(in shell: HostShell) async throws -> [RemoteJob] {
        try RemoteJob.list(try await host.run(.runs, [host.root], in: shell))
    }

    @Test(arguments: HostShell.allCases) func tellsHowLongNobodyHasLooked(shell: HostShell) async throws {
        let ages = ["a.1.1": 0, "a.1.10": 3, "a.2.1": 10, "a.3.1": 45, "a.4.1": 100, "a.5.1": 3000]
        for (id, minutes) in ages { try make(id, minutes: minutes) }
        try make("a.6.1")
        let jobs = try await list(in: shell)
        #expect(jobs.map(\.id) == ["a.1.1", "a.1.10", "a.2.1", "a.3.1", "a.4.1", "a.5.1", "a.6.1"])
        #expect(jobs.map { Int($0.age.seconds) / 60 } == [0, 1, 5, 30, 60, 1440, 0])
        #expect(jobs.allSatisfy { $0.state == .ended })
    }

    @Test(arguments: HostShell.allCases) func passesOverWhatBearsNoJobsName(shell: HostShell) async throws {
        for id in ["a.1.1", "my notes", "-x", "caf\u{E9}"] { try make(id) }
        #expect(try await list(in: shell).map(\.id) == ["a.1.1"])
    }

    @Test(arguments: HostShell.allCases) func findsNothingWhereNothingIs(shell: HostShell) async throws {
        #expect(try await list(in: shell).isEmpty)
    }

    @Test(arguments: HostShell.allCases) func removesHundredsThatComeOnStandardInput(shell: HostShell) async throws {
        let names = (1...600).map { "20260101-000000-abcd.\($0).1" }
        for name in names { try make(name) }
        let jobs = try await list(in: shell)
        #expect(jobs.count == 600)
        let discarded = try await host.shell(shell).discard(jobs.map(\.id), root: ShellWord(host.root))
        #expect(discarded.removed == Set(names) && discarded.failure == nil)
        #expect(!host.exists("runs"))
    }

    @Test(arguments: HostShell.allCases) func tellsWhatStaysAndRemovesTheRest(shell: HostShell) async throws {
        for name in ["a.1.1", "a.2.1", "a.3.1"] { try make(name) }
        try host.addProgram("rm", ScriptHost.rm(keeping: "*runs/a.2.1"))
        let names = ["a.1.1", "a.2.1", "a.3.1"]
        let discarded = try await host.shell(shell).discard(names, root: ShellWord(host.root))
        #expect(discarded.removed == ["a.1.1", "a.3.1"])
        #expect(discarded.failure?.kind == .exit)
        #expect(host.exists("runs/a.2.1") && !host.exists("runs/a.3.1"))
    }

    /// Another host, or a liar: what was not seen to go has not gone.
    @Test func believesInNoRemovalThatWasNotTold() async throws {
        let transport = FakeTransport { command in
            command.begin()
            command.write(.output, "gone=a.1.1\ngone=other\n")
            command.end()
            return .status(0)
        }
        let destination = Destination(host: try HostName("liar"), address: "192.0.2.1")
        let connection = try await transport.connect(to: destination, deadline: .after(.seconds(5)))
        let discarded = await RemoteShell(connection) { connection }.discard(["a.1.1", "a.2.1"], root: "x")
        #expect(discarded.removed == ["a.1.1"] && discarded.failure?.kind == .exit)
    }
}
