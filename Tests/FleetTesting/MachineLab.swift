package import FleetLab
import Foundation

/// Little machines for one test, ended and removed with it: real hosts with docker, podman or neither.
///
///     @Suite(.serialized, .enabled(if: MachineLab.isPossible(with: .docker, .podman))) struct EngineTests {
///         let lab = try MachineLab(.docker, .podman)   // lab.hosts[0] has docker, lab.hosts[1] podman
///         lab.run("docker load", on: lab.hosts[0], input: TinyImage().archive)
///         lab.inventory                                 // a file for fleet --inventory
package final class MachineLab: Sendable {
    package let hosts: [LabHost]
    package let inventory: String
    package let lab: Lab
    private let folder: TemporaryFolder

    package init(_ engines: LabEngine...) throws {
        folder = try TemporaryFolder()
        lab = Lab(folder: folder.path + "/lab", fleet: Program.fleet)
        hosts = try lab.up(count: engines.count, engines: engines)
        inventory = folder.path + "/lab.yaml"
        try lab.writeInventory(to: inventory)
    }

    deinit { try? lab.down() }

    /// Whether this machine can have them; says loudly why not.
    package static func isPossible(with engines: LabEngine...) -> Bool {
        guard let reason = obstacle(engines) else { return true }
        FileHandle.standardError.write(Data("SKIPPED: tests with little machines: \(reason)\n".utf8))
        return false
    }

    private static func obstacle(_ engines: [LabEngine]) -> String? {
        guard getuid() == 0 else { return "they need root" }
        let programs = ["unshare", "nsenter", "ip", "busybox"] + engines.flatMap(\.programs)
        let missing = programs.filter { (try? Program.path($0)) == nil }
        guard missing.isEmpty else { return "not here: \(missing.joined(separator: ", ")); scripts/setup --all" }
        do {
            try Program.run(["unshare", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--fork", "true"])
            return nil
        } catch {
            return "root may not make namespaces here: \(error)"
        }
    }

    /// Runs a line in the login shell of a host, with ssh(1).
    ///
    /// - Returns: its standard output.
    @discardableResult
    package func run(_ line: String, on host: LabHost, input: [UInt8] = []) throws -> String {
        let words = [
            "ssh", "-F", "none", "-i", lab.keyFile, "-o", "IdentitiesOnly=yes", "-o",
            "UserKnownHostsFile=\(lab.knownHostsFile)", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-p",
            "\(host.port)", "root@\(host.address)", line,
        ]
        return String(decoding: try Program.run(words, input: input), as: UTF8.self)
    }
}
