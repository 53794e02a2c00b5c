import FleetTesting
import Foundation
import Testing

/// What two calls of fleet on one project do to each other, and what happens to a ledger under a call at work.
@Suite(.serialized) struct TwoMastersTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    /// Waits for a file, so that the test decides when a job ends.
    private var gate: String { lab.fleet.folder.path + "/gate" }
    private var held: String { "until [ -e \(gate) ]; do sleep 0.05; done; echo done" }

    private func open() throws { try lab.fleet.folder.write("", to: "gate") }

    @Test func tellsTheSecondWhoDoesTheSameTasks() async throws {
        let first = try await lab.start(held)
        let second = try lab.fleet(["tasks", "run"])
        #expect(second.status == 5, "\(second.error)")
        #expect(second.error.contains("does the same tasks now: long"), "\(second.error)")
        #expect(second.error.contains("hint: watch it with: fleet runs attach "))
        // Another task is nobody's business.
        try lab.fleet.folder.write("tasks: [{ name: other, command: 'true' }]\n", to: "other.yaml")
        let other = try lab.fleet(["tasks", "run", lab.fleet.folder.path + "/other.yaml"])
        #expect(other.status == 0, "\(other.error)")
        try open()
        #expect(try first.result().status == 0)
        let third = try lab.fleet(["tasks", "run"])
        #expect(third.status == 0 && third.error.contains("not done again: 1"), "\(third.error)")
    }

    @Test func keepsResultsWhoseLedgerWasRemoved() async throws {
        let master = try await lab.start(held)
        let ledger = lab.fleet.folder.path + "/.fleet/ledger.sqlite"
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: ledger + end) }
        try open()
        let result = try master.result()
        #expect(result.status == 1, "\(result.error)")
        #expect(result.output.contains("done"), "the report comes nevertheless: \(result.output)")
        #expect(result.error.contains("\(ledger) was removed or replaced"), "\(result.error)")
        #expect(try results() == ["done\n"])
    }

    @Test func keepsResultsWhoseLedgerWasDamaged() async throws {
        let master = try await lab.start(held)
        let ledger = lab.fleet.folder.path + "/.fleet/ledger.sqlite"
        for end in ["", "-wal", "-shm"] {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: ledger + end))
            let size = try file.seekToEnd()
            try file.seek(toOffset: 0)
            try file.write(contentsOf: Data(repeating: UInt8(ascii: "U"), count: Int(size)))
            try file.close()
        }
        try open()
        let result = try master.result()
        #expect(result.status == 1 && result.error.contains("error: \(ledger) is damaged"), "\(result.error)")
        #expect(try results() == ["done\n"])
        let tries = result.output.split(separator: "\n").last?.split(separator: " ")
        #expect(tries?[4] == "1", "the work is not done again: \(result.output)")
    }

    /// Nobody who may look at fleet's process sees a secret of its tasks there.
    @Test func showsNoSecretOfItsTasks() async throws {
        var fleet = lab.fleet
        fleet.environment["TOKEN"] = "a-secret-of-the-task"
        try fleet.folder.write(
            "tasks: [{ name: long, command: '\(held)', secrets: { token: { env: TOKEN } } }]\n", to: "tasks.yaml")
        let master = try fleet.start(["--inventory", "inventory/lab.yaml", "tasks", "run"])
        let isRunning = try await eventually {
            try lab.jobs("runs", "reap", "--dry-run").map { $0["state"] as? String } == ["running"]
        }
        #expect(isRunning)
        let environment = ProcFile.contents("/proc/\(master.process.processIdentifier)/environ")
        #expect(environment?.contains("PATH=") == true && environment?.contains("a-secret-of-the-task") == false)
        try open()
        #expect(try master.result().status == 0)
    }

    /// The standard output of each task below .fleet/results.
    private func results() throws -> [String] {
        let folder = lab.fleet.folder.path + "/.fleet/results"
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix("/stdout") }.map {
            try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
        }
    }
}
