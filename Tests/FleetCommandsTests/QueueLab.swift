import FleetTesting
import Foundation
import Testing

/// A project with a lab, which goes down with it.
final class QueueLab: Sendable {
    let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
        let up = try fleet.run("lab", "up", "--hosts", "2")
        try #require(up.status == 0, "\(up.error)")
    }

    deinit { _ = try? fleet.run("lab", "down") }

    func fleet(_ words: [String], language: String = "C") throws -> FleetBinary.Result {
        try fleet.run(["--inventory", "inventory/lab.yaml"] + words, language: language)
    }

    /// Writes tasks.yaml and runs it.
    func tasks(_ text: String, _ words: String..., language: String = "C") throws -> FleetBinary.Result {
        try fleet.folder.write("tasks:\n\(text)\n", to: "tasks.yaml")
        return try fleet(["tasks", "run"] + words, language: language)
    }

    /// A master that runs one task, which its host has begun.
    func start(_ command: String) async throws -> FleetBinary.Running {
        try fleet.folder.write("tasks: [{ name: long, command: '\(command)' }]\n", to: "tasks.yaml")
        let master = try fleet.start(["--inventory", "inventory/lab.yaml", "tasks", "run"])
        let isRunning = try await eventually {
            try jobs("runs", "reap", "--dry-run").map { $0["state"] as? String } == ["running"]
        }
        #expect(isRunning)
        return master
    }

    /// Starts a task, and ends the master without a word once the host runs it.
    func kill(whileRunning command: String) async throws {
        let master = try await start(command)
        master.kill()
        _ = try master.result()
    }

    func jobs(_ words: String...) throws -> [[String: Any]] {
        let result = try fleet(words + ["--json"])
        return try #require(try result.json()["jobs"] as? [[String: Any]], "\(result.error)")
    }
}
