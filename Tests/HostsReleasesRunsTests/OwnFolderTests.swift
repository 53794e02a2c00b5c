import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// Nothing is installed, made current or run where another user of the host could replace it.
@Suite(.serialized) struct OwnFolderTests {
    private var host: ScriptHost

    init() throws {
        host = try ScriptHost()
        host.root = host.folder.path + "/above/root"
    }

    private func shell(_ words: String...) throws { try Program.run(words) }

    private func all(in shell: HostShell) async throws -> [RemoteResult] {
        [
            try await host.install("1", in: shell),
            try await host.run(.activate, [host.root, "demo", "1", "push"], in: shell),
            try await host.run(.rollback, [host.root, "demo", "1"], in: shell),
            try await host.start("job-\(Nonce().text)", "true", in: shell),
        ]
    }

    private func prepare(in shell: HostShell) async throws {
        let result = try await host.install("1", in: shell)
        try #require(result.status == 0, "\(result.errorText)")
        // As a package's archive has it.
        try self.shell("find", host.root + "/packages", "-type", "f", "-exec", "touch", "-h", "-d", "@0", "{}", "+")
    }

    @Test(
        arguments: HostShell.allCases,
        [
            "chmod 777 above", "chmod 777 above/root", "chmod 1777 above/root", "chmod 777 above/root/packages",
            "chmod 777 above/root/packages/demo", "chgrp 12345 above; chmod 775 above", "chown 12345 above/root",
        ])
    func refusesFoldersThatOthersCanChange(shell: HostShell, change: String) async throws {
        guard getuid() == 0 || change.hasPrefix("chmod") else { return }
        try await prepare(in: shell)
        try self.shell("sh", "-c", "cd '\(host.folder.path)' && \(change)")
        let place = host.folder.path + "/" + (change.split(separator: " ").last ?? "")
        for result in try await all(in: shell) {
            #expect(result.status == 82 && result.reason == place, "\(result.status): \(result.errorText)")
        }
    }

    /// In /tmp nobody can touch what is another's, and a group may be the user's own.
    @Test(arguments: HostShell.allCases, ["chmod 1777 above", "chmod 775 above above/root", "chmod 700 above"])
    func takesFoldersThatOthersCanNotChange(shell: HostShell, change: String) async throws {
        try await prepare(in: shell)
        try self.shell("sh", "-c", "cd '\(host.folder.path)' && \(change)")
        for result in try await all(in: shell) { #expect(result.status == 0, "\(result.errorText)") }
    }

    /// What a link leads to counts as well.
    @Test(arguments: HostShell.allCases) func followsLinks(shell: HostShell) async throws {
        try await prepare(in: shell)
        try self.shell(
            "sh", "-c",
            "cd '\(host.folder.path)' && mkdir -m 777 open && mv above/root/packages open/ && ln -s ../../open/packages above/root/"
        )
        #expect(try await host.start("job", "true", in: shell).reason == host.folder.path + "/open")
        #expect(try await host.install("2", in: shell).status == 82)
    }

    // MARK: Releases that were touched

    @Test(
        arguments: HostShell.allCases,
        [
            "echo other >greeting", "touch greeting", "rm -f greeting", "echo new >stranger",
            "ln -sf /etc/passwd greeting",
        ])
    func doesNotRunWhatWasTouched(shell: HostShell, change: String) async throws {
        try await prepare(in: shell)
        #expect(try await host.start("before", "true", in: shell).status == 0)
        try self.shell("sh", "-c", "cd '\(host.root)/packages/demo/1' && chmod -R u+w . && \(change)")
        let result = try await host.start("after", "true", in: shell)
        #expect(result.status == 83 && !host.exists("runs/after"), "\(result.errorText)")
    }

    /// Who has only looked too closely: every byte is as it was.
    @Test(arguments: HostShell.allCases) func runsAgainWhatWasFoundWhole(shell: HostShell) async throws {
        try await prepare(in: shell)
        try self.shell("touch", host.root + "/packages/demo/1/greeting")
        let verified = try await host.run(.verify, [host.root, "", "demo"], in: shell)
        #expect(verified.status == 0 && !verified.outputText.contains("damaged"), "\(verified.outputText)")
        #expect(try await host.start("job", "true", in: shell).status == 0)
    }
}
