import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// A job that nobody follows is ended at the end of its lease, whatever becomes of its host's clock.
@Suite(.serialized) struct LeaseTests {
    private let host: ScriptHost

    init() throws {
        host = try ScriptHost()
        // A hundred times as fast.
        try host.addProgram(
            "sleep", "case $1 in 20) set -- 0.2 ;; *) set -- 0.005 ;; esac\nexec \(try Program.path("sleep")) $1\n")
    }

    private func words(_ code: String, lease minutes: Int) -> [String] {
        var words = host.startWords("job", code)
        words[8] = "\(minutes)"
        return words
    }

    /// The clock is set forward by years under it, again and again.
    @Test(arguments: HostShell.allCases) func aClockThatIsSetEndsNoJob(shell: HostShell) async throws {
        let code = """
            round=0
            while [ $round -lt 150 ]; do
                touch -t 202001010000 ../lease
                round=$((round + 1))
                sleep 1
            done
            echo done
            """
        let result = try await host.run(.start, words(code, lease: 10), in: shell, input: ScriptHost.job)
        #expect(JobTrailer(in: result.news)?.status == 0, "\(result.news)")
        #expect(result.outputText == "done\n")
    }

    private var lease: String? { try? host.folder.read("root/runs/job/lease") }

    /// Whether the lease was renewed since it had a text.
    private func isRenewed(since before: String?) async -> Bool {
        await eventually(within: .seconds(30)) { lease?.isEmpty == false && lease != before }
    }

    /// More than any pipe holds, so that who sends it waits for a reader.
    private static let muchOutput = "head -c 1000000 /dev/zero; until [ -f ../../../go ]; do sleep 1; done"

    /// Who reads nothing at home, because a terminal was stopped, is there all the same.
    @Test(arguments: HostShell.allCases) func renewsTheLeaseWhileNobodyReads(shell: HostShell) async throws {
        let isHeldUp = Shared(false)
        let remote = try host.shell(shell)
        let words = words(Self.muchOutput, lease: 10).map { ShellWord($0) }
        async let result = remote.run(
            .start, words, input: ScriptHost.job, deadline: .after(.seconds(60)),
            isBehind: { isHeldUp.value }, told: { if $0 == "started" { isHeldUp.value = true } })
        #expect(await isRenewed(since: "0\n"))
        for _ in 0..<3 { #expect(await isRenewed(since: lease)) }
        try host.folder.write("", to: "root/go")
        isHeldUp.value = false
        let (news, size) = try await (result.news, result.output.count)
        #expect(JobTrailer(in: news)?.status == 0, "\(news)")
        #expect(size == 1_000_000)
    }

    /// sshd is gone, and who follows still waits for its reader, which some other process is: nobody is there any more.
    @Test(arguments: HostShell.allCases) func renewsNoLeaseOnceTheServerIsGone(shell: HostShell) async throws {
        let mark = Nonce()
        let ends = try #require(Descriptor.pipe())
        defer { close(ends.read) }
        try host.folder.write("{}\n", to: "job")
        let line = Script.start.line(nonce: mark, words(Self.muchOutput, lease: 10).map { ShellWord($0) })
        let command = line.replacing("exec /bin/sh", with: try host.program(of: shell))
        // A shell in the place of sshd: the command is its child.
        let server = try #require(
            ChildProcess.spawn(
                ["/bin/sh", "-c", "\(command) <\(host.folder.path)/job; :"],
                environment: try host.environment(for: shell),
                descriptors: [STDOUT_FILENO: ends.write, STDERR_FILENO: ends.write]))
        close(ends.write)
        #expect(await isRenewed(since: "0\n"))
        let follower = try #require(lease?.split(separator: " ").first.flatMap { Int32($0) })
        func keepers() -> [Int32] {
            Processes.children(of: follower).filter { Processes.arguments(of: $0).contains(mark.text) }
        }
        #expect(Processes.parent(of: follower) == server && keepers().count == 1)
        kill(server, SIGKILL)
        _ = ChildProcess.wait(server)
        #expect(await eventually(within: .seconds(30)) { keepers().isEmpty })
        #expect(Processes.isAlive(follower))
        kill(follower, SIGKILL)
        try host.folder.write("", to: "root/go")
        #expect(await eventually(within: .seconds(30)) { host.exists("runs/job/trailer") })
    }

    /// Also when its last sign seems to lie years ahead.
    @Test(arguments: HostShell.allCases) func endsAJobThatNobodyFollows(shell: HostShell) async throws {
        let code = "touch -t 203601010000 ../lease; while :; do sleep 20; done"
        let result = try await host.run(.foreground, words(code, lease: 1), in: shell, input: ScriptHost.job)
        #expect(result.status == 0, "\(result.errorText)")
        #expect(try host.folder.read("root/runs/job/trailer").hasPrefix("143 "))
    }
}
