import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// fleet's own scripts in the shells that hosts have, run over a real process on this machine.
@Suite(.serialized) struct ScriptTests {
    typealias Shell = HostShell

    private let host: ScriptHost
    private var folder: TemporaryFolder { host.folder }
    private var root: String { host.root }

    init() throws { host = try ScriptHost() }

    private func run(
        _ script: Script, _ words: [String], in shell: Shell, input: CommandLine.Input = .none
    ) async throws -> RemoteResult { try await host.run(script, words, in: shell, input: input) }

    private func archive() throws -> String { try host.archive() }

    private func install(_ version: String, in shell: Shell, sum: String? = nil) async throws -> RemoteResult {
        try await host.install(version, in: shell, sum: sum)
    }

    private func exists(_ name: String) -> Bool { host.exists(name) }

    // MARK: Packages

    @Test(arguments: Shell.allCases) func probes(shell: Shell) async throws {
        let result = try await run(.probe, [root, "5"], in: shell)
        let keys = Set(result.values.map(\.key))
        #expect(result.status == 0)
        #expect(keys.isSuperset(of: ["os", "kernel", "arch", "cores", "memory", "disk_free", "user", "tool"]))
        #expect(!keys.contains("timeout"))
    }

    @Test(arguments: Shell.allCases) func installs(shell: Shell) async throws {
        #expect(try await install("1", in: shell).status == 0)
        #expect(try folder.read("root/packages/demo/current/greeting") == "hello\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/incoming").isEmpty)
    }

    @Test(arguments: Shell.allCases) func keepsWhatItHasWhenFilesAreDamaged(shell: Shell) async throws {
        _ = try await install("1", in: shell)
        let result = try await install("2", in: shell, sum: String(repeating: "0", count: 64))
        #expect(result.status == 75)
        #expect(!exists("packages/demo/2") && exists("packages/demo/current/greeting"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/incoming").isEmpty)
    }

    @Test(arguments: Shell.allCases) func refusesAnArchiveThatIsCutOff(shell: Shell) async throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: try archive())).prefix(80)
        let result = try await run(
            .install, [root, "demo", "1", "demo@1", "gzip", "", "install", "me", "assemble"], in: shell,
            input: .bytes(Array(bytes)))
        #expect(result.status == 74 && !exists("packages/demo/current"))
    }

    /// tar reads all it needs before gzip finds that the sum at the end is wrong.
    @Test(arguments: Shell.allCases) func refusesAnArchiveThatIsDamagedAtItsEnd(shell: Shell) async throws {
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try archive())))
        bytes[bytes.count - 8] ^= 0xFF
        let result = try await run(
            .install, [root, "demo", "1", "demo@1", "gzip", "", "install", "me", "assemble"], in: shell,
            input: .bytes(bytes))
        #expect(result.status == 74 && !exists("packages/demo/current"))
    }

    @Test(arguments: Shell.allCases, ["greeting", "elsewhere"])
    func checksLinks(shell: Shell, target: String) async throws {
        try folder.write("link\tmy link\tgreeting\n", to: "package/.fleet-layout")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/package/my link", withDestinationPath: target)
        let result = try await install("1", in: shell)
        #expect(result.status == (target == "greeting" ? 0 : 75))
        #expect(exists("packages/demo/1") == (target == "greeting"))
    }

    @Test(arguments: Shell.allCases) func putsNoLinkIntoAFolder(shell: Shell) async throws {
        _ = try await install("1", in: shell)
        let current = root + "/packages/demo/current"
        try FileManager.default.removeItem(atPath: current)
        try FileManager.default.createDirectory(atPath: current, withIntermediateDirectories: false)
        let results = [
            try await install("2", in: shell), try await run(.activate, [root, "demo", "1", "push"], in: shell),
        ]
        #expect(results.map(\.status) == [73, 73])
        #expect(results.allSatisfy { $0.reason == "\(current) is a folder, not the link that it should be" })
        #expect(try FileManager.default.contentsOfDirectory(atPath: current).isEmpty)
    }

    @Test(arguments: Shell.allCases) func installsAgainOverADamagedRelease(shell: Shell) async throws {
        _ = try await install("1", in: shell)
        #expect(try await install("1", in: shell).status == 0)
        #expect(try folder.read("root/packages/demo/current/greeting") == "hello\n")
    }

    @Test(arguments: Shell.allCases) func tellsWhatIsInstalled(shell: Shell) async throws {
        for version in ["1", "2"] { _ = try await install(version, in: shell) }
        let values = try await run(.status, [root, "demo"], in: shell).values
        #expect(values.first { $0.key == "current" }?.value == "2")
        #expect(values.filter { $0.key == "version" && $0.value != "current" }.map(\.value).sorted() == ["1", "2"])
    }

    /// The link `current` leads to a release, and is none itself.
    @Test(arguments: Shell.allCases) func listsNoLinkAsAVersion(shell: Shell) async throws {
        _ = try await install("1", in: shell)
        let values = try await run(.status, [root, "demo"], in: shell).values
        #expect(values.filter { $0.key == "version" }.map(\.value) == ["1"])
    }

    @Test(arguments: Shell.allCases) func activatesAnEarlierRelease(shell: Shell) async throws {
        for version in ["1", "2"] { _ = try await install(version, in: shell) }
        #expect(try await run(.activate, [root, "demo", "1", "push"], in: shell).status == 0)
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: root + "/packages/demo/current")
        #expect(target == "1")
    }

    @Test(arguments: Shell.allCases) func activatesNothingThatIsMissing(shell: Shell) async throws {
        #expect(try await run(.activate, [root, "demo", "9", "push"], in: shell).status == 72)
    }

    // MARK: Jobs

    private func start(_ id: String, _ code: String, in shell: Shell) async throws -> RemoteResult {
        try await host.start(id, code, in: shell)
    }

    @Test(arguments: Shell.allCases) func runsAJobAndFollowsIt(shell: Shell) async throws {
        let result = try await start("job", "cat; echo to-error >&2; exit 3", in: shell)
        #expect(result.outputText == "{\"n\":1}\n")
        #expect(result.errorText == "to-error\n" && result.news.contains { $0.hasPrefix("job 3 8 9 ") })
        #expect(result.status == 0)
    }

    @Test(arguments: Shell.allCases) func followsLargeOutput(shell: Shell) async throws {
        let result = try await start(
            "job", "i=0; while [ $i -lt 40 ]; do head -c 100000 /dev/zero; i=$((i + 1)); done", in: shell)
        #expect(result.output.count == 4_000_000)
    }

    @Test(arguments: Shell.allCases) func refusesAJobThatIsThere(shell: Shell) async throws {
        _ = try await start("job", "true", in: shell)
        #expect(try await start("job", "true", in: shell).status == 73)
    }

    @Test(arguments: Shell.allCases) func seesAJobKilledWithItsSupervisor(shell: Shell) async throws {
        let result = try await start("job", "kill -KILL $(cut -d ' ' -f 1 ../pid); exec sleep 1", in: shell)
        #expect(result.status == 70)
    }

    @Test(arguments: Shell.allCases) func collectsWhatAJobLeft(shell: Shell) async throws {
        _ = try await start("job", "echo kept >\"$FLEET_OUT/file\"", in: shell)
        let result = try await run(.collect, [root, "job"], in: shell)
        try Data(result.output).write(to: URL(fileURLWithPath: folder.path + "/results.tar"))
        try Program.run(["tar", "-xf", folder.path + "/results.tar", "-C", folder.path])
        #expect(try folder.read("work/out/file") == "kept\n")
    }

    @Test(arguments: Shell.allCases) func discardsJobs(shell: Shell) async throws {
        for id in ["a", "b"] { _ = try await start(id, "true", in: shell) }
        #expect(try await run(.discard, [root, "a"], in: shell).status == 0)
        #expect(!exists("runs/a") && exists("runs/b"))
    }

    // MARK: Cancelling

    @Test(arguments: Shell.allCases) func aTimeoutEndsTheProcesses(shell: Shell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let (remote, words) = (try host.shell(shell), ["sleep", mark].map { ShellWord($0) })
        let failure = await #expect(throws: Failure.self) {
            _ = try await remote.execute(words, deadline: .after(.seconds(1)))
        }
        #expect(failure?.kind == .noAnswer)
        #expect(Processes.running("sleep \(mark)").isEmpty)
    }

    @Test(arguments: Shell.allCases) func cancellationEndsTheProcesses(shell: Shell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let (remote, words) = (try host.shell(shell), ["sleep", mark].map { ShellWord($0) })
        let task = Task { try await remote.execute(words, deadline: .after(.seconds(60))) }
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        task.cancel()
        _ = await task.result
        #expect(Processes.running("sleep \(mark)").isEmpty)
    }

    /// A session is ended for what fleet has started in it, and not for words that somebody has typed.
    @Test(arguments: Shell.allCases) func cancellingAJobSparesWhoLooksAtIt(shell: Shell) async throws {
        let (first, second) = ("60\(Int.random(in: 1000...9999)).5", "61\(Int.random(in: 1000...9999)).5")
        let remote = try host.shell(shell)
        let words = host.startWords("job.1", "exec sleep \(first)").map { ShellWord($0) }
        let task = Task {
            try await remote.run(
                .start, words, job: JobPlace(root: host.root, id: "job.1"), input: ScriptHost.job,
                deadline: .after(.seconds(60)))
        }
        #expect(await eventually { !Processes.running("sleep \(first)").isEmpty })
        let visitor = Process()
        visitor.executableURL = URL(fileURLWithPath: "/bin/sh")
        visitor.arguments = ["-c", "setsid sh -c 'sleep \(second); :' fleet-job-job.1 \(host.root)/runs/job.1; exit 0"]
        try visitor.run()
        #expect(await eventually { !Processes.running("sleep \(second)").isEmpty })
        let spared = try #require(Processes.running("sleep \(second)").first)
        defer { kill(spared, SIGKILL) }
        task.cancel()
        let failure = await #expect(throws: Failure.self) { try await task.value }
        #expect(failure?.hint == nil)
        #expect(Processes.running("sleep \(first)").isEmpty && Processes.isAlive(spared))
    }

    // MARK: The worker's own files

    @Test(arguments: Shell.allCases) func theWorkerNamesItsFilesAsItLikes(shell: Shell) async throws {
        let own =
            "for name in pid trailer lease job.json stdout stderr progress .session .engine; do echo mine >$name; done"
        let result = try await start("job", "\(own); echo '@job 1'; echo @alive >&2; exit 3", in: shell)
        #expect(JobTrailer(in: result.news)?.status == 3)
        #expect(result.outputText == "@job 1\n" && result.errorText == "@alive\n")
        let job = try folder.read("root/runs/job/job.json")
        #expect(job == "{\"n\":1}\n")
    }

    @Test(arguments: Shell.allCases) func cancellingAJobSparesThoseWithALongerName(shell: Shell) async throws {
        let (first, second) = ("60\(Int.random(in: 1000...9999)).5", "61\(Int.random(in: 1000...9999)).5")
        let other = Task { try await start("job.10", "exec sleep \(second)", in: shell) }
        #expect(await eventually { !Processes.running("sleep \(second)").isEmpty })
        let remote = try host.shell(shell)
        let words = host.startWords("job.1", "exec sleep \(first)").map { ShellWord($0) }
        let task = Task {
            try await remote.run(
                .start, words, job: JobPlace(root: host.root, id: "job.1"), input: ScriptHost.job,
                deadline: .after(.seconds(60)))
        }
        #expect(await eventually { !Processes.running("sleep \(first)").isEmpty })
        task.cancel()
        _ = await task.result
        #expect(Processes.running("sleep \(first)").isEmpty)
        #expect(!Processes.running("sleep \(second)").isEmpty)
        for process in Processes.running("sleep \(second)") { kill(process, SIGKILL) }
        _ = await other.result
    }
}
