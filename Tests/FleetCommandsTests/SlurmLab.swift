import FleetTesting
import Foundation
import Testing

/// A project whose only host is the login host of a Slurm cluster.
final class SlurmLab: Sendable {
    let fleet: FleetBinary
    let cluster: SlurmCluster
    private let server: SSHServer

    init(nodes: Int = 3) throws {
        fleet = try FleetBinary.inProject()
        cluster = try SlurmCluster(nodes: nodes)
        let key = try SSHKeyPair(.ed25519, in: fleet.folder)
        server = try SSHServer(authorized: [key], environment: ["SLURM_CONF": cluster.configuration])
        let login = "{ address: \(server.address), port: \(server.port), user: \(NSUserName()), key: \(key.path) }"
        try fleet.folder.write(
            "defaults: { known_hosts: inventory/known_hosts }\nhosts:\n  gate: \(login)\n", to: "inventory/hosts.yaml")
        try fleet.folder.write(try server.knownHostsLine(), to: "inventory/known_hosts")
    }

    /// Writes tasks.yaml and has Slurm run it.
    func run(_ tasks: String, _ words: String...) throws -> FleetBinary.Result { try start(tasks, words).result() }

    func start(_ tasks: String, _ words: [String] = []) throws -> FleetBinary.Running {
        try fleet.folder.write("tasks:\n\(tasks)\n", to: "tasks.yaml")
        return try fleet.start(["tasks", "run", "--engine", "slurm", "--login", "gate"] + words)
    }

    /// Jobs that Slurm has, running and pending: one line each.
    func queue(_ states: String = "pending,running,completing") throws -> [Substring] {
        try cluster.run("squeue", "-h", "-r", "-t", states, "-o", "%N").split(separator: "\n")
    }

    /// What runs have left in fleet's folder on the login host.
    var left: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/home/.fleet")) ?? []
        return names.filter { !["packages", "incoming"].contains($0) }
    }
}

extension FleetBinary.Result {
    /// The tasks of `--json`, by their names.
    func tasks() throws -> [String: [String: Any]] {
        let tasks = try #require(try json()["tasks"] as? [[String: Any]], "\(error)")
        return Dictionary(
            uniqueKeysWithValues: tasks.compactMap { task in (task["name"] as? String).map { ($0, task) } })
    }
}
