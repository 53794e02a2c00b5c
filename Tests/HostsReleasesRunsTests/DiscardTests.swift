import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// The folder of a job goes, or somebody hears of it.
@Suite(.serialized) struct DiscardTests {
    private var host: ScriptHost

    init() throws { host = try ScriptHost() }

    @Test(arguments: HostShell.allCases) func removesFoldersInWhichNobodyMayWrite(shell: HostShell) async throws {
        _ = try await host.install("1", in: shell)
        let user = try host.shellOfAUser(shell)
        let code = "mkdir -p out/a/b; : >out/a/b/file; chmod 0 out/a/b; chmod 555 out/a"
        let words = host.startWords("job", code).map { ShellWord($0) }
        _ = try await user.run(.start, words, input: ScriptHost.job, deadline: .after(.seconds(30)))
        let result = try await user.run(.discard, [ShellWord(host.root), "job"], deadline: .after(.seconds(30)))
        #expect(result.status == 0 && !host.exists("runs"))
        // The job's folder had a link to it.
        let mode = try FileManager.default.attributesOfItem(atPath: host.root + "/packages/demo/1/greeting")
        #expect(try #require(mode[.posixPermissions] as? Int) & 0o222 == 0)
    }

    @Test(arguments: HostShell.allCases) func namesWhatItCannotRemove(shell: HostShell) async throws {
        for id in ["a", "b"] { _ = try await host.start(id, "true", in: shell) }
        try host.addProgram("rm", ScriptHost.rm(keeping: "*runs/a"))
        let result = try await host.run(.discard, [host.root, "a", "b"], in: shell)
        #expect(result.status == 73 && result.reason == "can't remove the folder \(host.root)/runs/a")
        #expect(host.exists("runs/a") && !host.exists("runs/b"))
    }

    @Test(arguments: HostShell.allCases) func findsNothingToRemove(shell: HostShell) async throws {
        #expect(try await host.run(.discard, [host.root, "a"], in: shell).status == 0)
    }

    /// The number of the supervisor may be that of a session by now, in which somebody looks at the folder.
    @Test(arguments: HostShell.allCases)
    mutating func endsNoSessionOfAJobThatHadNone(shell: HostShell) async throws {
        host.lacking = ["setsid"]
        _ = try await host.start("job", "true", in: shell)
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let visitor = Process()
        visitor.executableURL = URL(fileURLWithPath: "/bin/sh")
        // A leader of a group, which a child of this process is, could not become the leader of a session.
        visitor.arguments = ["-c", "setsid sleep \(mark); exit 0"]
        visitor.currentDirectoryURL = URL(fileURLWithPath: host.root + "/runs/job")
        try visitor.run()
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        let number = try #require(Processes.running("sleep \(mark)").first)
        defer { kill(number, SIGKILL) }
        try host.folder.write("\(number)\n", to: "root/runs/job/pid")
        #expect(try await host.run(.discard, [host.root, "job"], in: shell).status == 0)
        #expect(Processes.isAlive(number))
    }
}
