import FleetBase
import FleetHosts
import FleetTesting
import Foundation
import Testing

@testable import FleetReleases
@testable import FleetRuns

/// What scripts say where they can't write or where an engine is broken.
@Suite struct RefusedWritingTests {
    @Test(arguments: HostShell.allCases) func pruningTellsThatItCanNotWrite(shell: HostShell) async throws {
        let host = try ScriptHost()
        #expect(try await host.install("1", in: shell).status == 0)
        let user = try host.shellOfAUser(shell)
        try Program.run(["chmod", "555", host.root + "/packages/demo"])
        defer { _ = try? Program.run(["chmod", "755", host.root + "/packages/demo"]) }
        let words = [host.root, "0", "remove", "demo"].map { ShellWord($0) }
        let result = try await user.run(.prune, words, deadline: .after(.seconds(30)))
        #expect(
            result.status == 73 && result.reason == "can't write to \(host.root)/packages/demo",
            "\(result.errorText)")
    }

    /// The worker's output is the worker's.
    @Test(arguments: HostShell.allCases) func aJobThatHasNoFolderSaysSoOnce(shell: HostShell) async throws {
        let host = try ScriptHost()
        try Program.run(["mkdir", "-p", host.root + "/runs"])
        let user = try host.shellOfAUser(shell)
        try Program.run(["chmod", "555", host.root + "/runs"])
        defer { _ = try? Program.run(["chmod", "755", host.root + "/runs"]) }
        let words = host.startWords("r.1.1", "true").map { ShellWord($0) }
        let result = try await user.run(.start, words, input: ScriptHost.job, deadline: .after(.seconds(30)))
        #expect(result.status == 73 && result.errorText.split(separator: "\n").count == 1, "\(result.errorText)")
        #expect(result.reason == "can't write to the folder \(host.root)/runs/r.1.1: Permission denied")
    }

    @Test(arguments: HostShell.allCases) func tellsWhatABrokenEngineSaidLast(shell: HostShell) async throws {
        let host = try ScriptHost()
        try host.addProgram(
            "podman", "echo 'time=x level=warning msg=y' >&2; echo 'Error: no /run/user' >&2; exit 125\n")
        let result = try await host.run(.imageStatus, ["podman"], in: shell)
        #expect(result.values.contains { $0 == ("problem", "podman Error: no /run/user") }, "\(result.outputText)")
    }
}
