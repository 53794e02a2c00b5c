import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts

/// A probe tells what hangs and leaves nothing of it.
@Suite(.serialized) struct ProbeTests {
    private let host: ScriptHost

    init() throws { host = try ScriptHost() }

    @Test(arguments: HostShell.allCases) func endsWhatHangs(shell: HostShell) async throws {
        let marks = (0..<3).map { _ in "60\(Int.random(in: 1000...9999)).5" }
        try host.addProgram("docker", "sleep \(marks[0]) & sh -c 'trap \"\" TERM; sleep \(marks[1]); :'\n")
        try host.addProgram("podman", "exec sleep \(marks[2])\n")
        let result = try await host.run(.probe, [host.root, "1"], in: shell)
        let hanging = result.values.filter { $0.key == "timeout" }.map(\.value)
        #expect(Set(hanging).isSuperset(of: ["docker", "podman"]))
        #expect(result.values.contains { $0.key == "kernel" })
        #expect(await eventually { marks.allSatisfy { Processes.running("sleep \($0)").isEmpty } })
    }

    /// The children of one item must not be ended for another's sake, nor the probe itself.
    @Test(arguments: HostShell.allCases) func tellsTheRestBesideWhatHangs(shell: HostShell) async throws {
        try host.addProgram("docker", "exec sleep 600.25\n")
        let result = try await host.run(.probe, [host.root, "1"], in: shell)
        #expect(result.status == 0)
        #expect(result.values.filter { $0.key == "timeout" }.map(\.value).contains("docker"))
        #expect(Set(result.values.map(\.key)).isSuperset(of: ["os", "cores", "memory", "tool", "user"]))
    }
}
