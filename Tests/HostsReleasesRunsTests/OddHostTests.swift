import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// Hosts that lack something, or whose folder is not named as the kernel names it.
@Suite(.serialized) struct OddHostTests {
    private var host: ScriptHost

    init() throws { host = try ScriptHost() }

    /// Everything that fleet does with a host, once.
    private func goThroughEverything(in shell: HostShell) async throws {
        for version in ["1", "2"] { #expect(try await host.install(version, in: shell).status == 0) }
        #expect(try await host.run(.activate, [host.root, "demo", "1", "push"], in: shell).status == 0)
        let status = try await host.run(.status, [host.root, "demo"], in: shell).values
        #expect(status.filter { !["tool", "free"].contains($0.key) }.map(\.value) == ["1", "1", "2"])
        let facts = Facts(try await host.run(.probe, [host.root, "5"], in: shell).values)
        #expect(facts.packages["demo"]?.current == "1" && facts.timeouts.isEmpty)

        let code = "cat; cat greeting; echo kept >\"$FLEET_OUT/file\"; echo to-error >&2; exit 3"
        let job = try await host.start("job", code, timeout: facts["timeout_form"] ?? "", in: shell)
        #expect(job.status == 0, "\(job.errorText)")
        #expect(job.outputText == "{\"n\":1}\nhello\n")
        #expect(JobTrailer(in: job.news)?.status == 3)
        let tar = try await host.run(.collect, [host.root, "job"], in: shell)
        #expect(tar.status == 0)
        #expect(try Program.run(["tar", "-xOf", "-", "work/out/file"], input: tar.output) == Array("kept\n".utf8))
        #expect(try await host.run(.discard, [host.root, "job"], in: shell).status == 0)
        #expect(!host.exists("runs"))
    }

    /// A job that is cancelled is ended, and its folder can be discarded.
    private func cancel(in shell: HostShell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let (remote, root) = (try host.shell(shell), host.root)
        let words = host.startWords("long", "exec sleep \(mark)")
        let task = Task {
            try await remote.run(
                .start, words.map { ShellWord($0) }, job: JobPlace(root: root, id: "long"), input: ScriptHost.job,
                deadline: .after(.seconds(60)))
        }
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        task.cancel()
        let failure = await #expect(throws: Failure.self) { try await task.value }
        #expect(failure?.hint == nil)
        #expect(Processes.running("sleep \(mark)").isEmpty)
        #expect(try await host.run(.discard, [root, "long"], in: shell).status == 0)
        #expect(!host.exists("runs"))
    }

    /// A job that runs is ended with its folder.
    private func discardARunningJob(in shell: HostShell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let host = host
        let job = Task { try await host.start("long", "exec sleep \(mark)", in: shell) }
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        #expect(try await host.run(.discard, [host.root, "long"], in: shell).status == 0)
        #expect(Processes.running("sleep \(mark)").isEmpty && !host.exists("runs"))
        #expect(try await job.value.status != 0)
    }

    @Test(arguments: HostShell.allCases) func worksOnAnyHost(shell: HostShell) async throws {
        try await goThroughEverything(in: shell)
        try await cancel(in: shell)
        try await discardARunningJob(in: shell)
    }

    @Test(arguments: HostShell.allCases) mutating func worksInALinkedFolder(shell: HostShell) async throws {
        try FileManager.default.createDirectory(atPath: host.root, withIntermediateDirectories: true)
        let link = host.folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: host.root)
        host.root = link
        try await goThroughEverything(in: shell)
        try await cancel(in: shell)
        try await discardARunningJob(in: shell)
    }

    @Test(arguments: HostShell.allCases) mutating func worksWithASlashBehindTheFolder(shell: HostShell) async throws {
        host.root += "/"
        try await goThroughEverything(in: shell)
        try await cancel(in: shell)
        try await discardARunningJob(in: shell)
    }

    @Test(arguments: HostShell.allCases) mutating func worksWithoutSetsid(shell: HostShell) async throws {
        host.lacking = ["setsid"]
        try await goThroughEverything(in: shell)
        try await cancel(in: shell)
    }

    /// busybox before 1.34 has a `timeout` without -k, and before 1.30 one that wants -t.
    @Test(arguments: HostShell.allCases, ["-k) exit 1", "-t) shift ;; *) exit 1"])
    func limitsAWorkerWithAnOldTimeout(shell: HostShell, old: String) async throws {
        let code = "case $1 in \(old) ;; esac\nexec \(try Program.path("timeout")) \"$@\"\n"
        try host.addProgram("timeout", code)
        let facts = Facts(try await host.run(.probe, [host.root, "5"], in: shell).values)
        let form = try #require(facts["timeout_form"])
        let words = host.startWords("job", "exec sleep 600", limit: 1, timeout: form)
        let result = try await host.run(.start, words, in: shell, input: ScriptHost.job)
        #expect(JobTrailer(in: result.news)?.status == 124)
    }

    @Test(arguments: HostShell.allCases) mutating func runsAWorkerWithoutTimeout(shell: HostShell) async throws {
        host.lacking = ["timeout"]
        try await goThroughEverything(in: shell)
    }
}
