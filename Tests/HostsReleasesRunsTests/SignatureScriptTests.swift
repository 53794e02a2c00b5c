import FleetBase
import FleetPackage
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// `check_signature` on hosts with other shells and fewer tools.
@Suite struct SignatureScriptTests {
    private let host: ScriptHost
    private let fixture: SigningFixture

    init() throws {
        host = try ScriptHost()
        fixture = try SigningFixture()
    }

    /// Installs a release, then makes it current with a signature.
    private func activate(_ text: String, in shell: HostShell) async throws -> RemoteResult {
        #expect(try await host.install("1", in: shell).status == 0)
        let release = host.root + "/packages/demo/1"
        let manifest = String(decoding: fixture.manifest.canonicalBytes, as: UTF8.self)
        try Program.run(["chmod", "-R", "u+w", release])
        try manifest.write(toFile: release + "/.fleet-manifest.json", atomically: false, encoding: .utf8)
        let signers = "fleet \(try fixture.key.publicFields)"
        let control = try Program.text(["sh", "-c", "cd '\(release)' && sha256sum .fleet-manifest.json .fleet-sums"])
        return try await host.run(
            .activate, [host.root, "demo", "1", "run", signers, text, String(control.dropLast())], in: shell)
    }

    private func strangers() throws -> String {
        try fixture.signedBySSHKeygen(SSHKeyPair(.ed25519, in: fixture.folder, name: "stranger"))
    }

    /// As a host without OpenSSH has it: `Program.path` finds nothing else before.
    private func hideSSHKeygen() throws {
        try host.addProgram("ssh-keygen", "echo 'unknown option -- Y' >&2; exit 1\n")
    }

    @Test(arguments: [HostShell.dash, .bash], [true, false])
    func takesAGoodSignature(shell: HostShell, hasSSHKeygen: Bool) async throws {
        if !hasSSHKeygen { try hideSSHKeygen() }
        let result = try await activate(try fixture.signedBySSHKeygen(), in: shell)
        #expect(result.status == 0 && !result.errorText.contains("@unchecked"), "\(result.errorText)")
    }

    @Test(arguments: [HostShell.dash, .bash], [true, false])
    func refusesABadOne(shell: HostShell, hasSSHKeygen: Bool) async throws {
        if !hasSSHKeygen { try hideSSHKeygen() }
        for text in [try strangers(), try fixture.signedBySSHKeygen(namespace: "file"), "garbage"] {
            #expect(try await activate(text, in: shell).status == 80)
        }
        #expect(try await activate("", in: shell).status == 81)
        #expect(!host.exists("packages/demo/1/.fleet-manifest.json.sig"))
    }

    @Test func saysThatItCannotTell() async throws {
        let result = try await activate(try strangers(), in: .busybox)
        #expect(result.status == 0 && result.errorText.contains("@unchecked"))
        #expect(HostInstall.notes(in: result.errorText).count == 1)
    }

    @Test func leavesNothingBehind() async throws {
        _ = try await activate(try fixture.signedBySSHKeygen(), in: .dash)
        _ = try await activate(try strangers(), in: .dash)
        let names = try FileManager.default.contentsOfDirectory(atPath: host.root + "/packages/demo")
        #expect(names.allSatisfy { !$0.hasPrefix(".proof") && !$0.hasPrefix(".signature") })
    }
}
