import FleetTesting
import Foundation
import Testing

/// Runs of many tasks under which everything dies: every task has one result in the end, the right one, and nothing stays.
@Suite(.serialized) struct QueueFaultTests {
    private static let hosts = 4
    private static let tasks = 40

    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
        let up = try fleet.run("lab", "up", "--hosts", "\(Self.hosts)")
        #expect(up.status == 0, "\(up.error)")
        try fleet.folder.write(
            """
            tasks:
              - name: say
                command: echo "$N"; [ "$((N % 3))" -ne 0 ] || echo "file $N" >out/file; sleep "0.$((N * 37 % 6))"
                matrix: { n: 1..\(Self.tasks) }
            """, to: "tasks.yaml")
    }

    private func start(_ words: String...) throws -> FleetBinary.Running {
        try fleet.start(["--inventory", "inventory/lab.yaml"] + words + ["--json"])
    }

    private var run: String {
        get throws {
            let runs = try #require(try fleet.run("runs", "--json").json()["runs"] as? [[String: Any]])
            return try #require(runs.first?["run"] as? String)
        }
    }

    private var finished: Int {
        let results = fleet.folder.path + "/.fleet/results"
        let runs = (try? FileManager.default.contentsOfDirectory(atPath: results))?.sorted() ?? []
        guard let last = runs.last else { return 0 }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(results)/\(last)")) ?? []
        return names.count { !$0.contains(".part") }
    }

    private var hostFolders: [String] {
        (1...Self.hosts).map { fleet.folder.path + "/.fleet/lab/hosts.d/lab-\($0)" }
    }

    /// One result each, that of an undisturbed run; and nothing on the hosts.
    private func check(_ run: String) throws {
        let shown = try fleet.run("runs", "show", run, "--json").json()
        let attempts = try #require(shown["tasks"] as? [[String: Any]])
        let done = attempts.filter { $0["state"] as? String == "done" }
        #expect(done.count == Self.tasks)
        #expect(Set(done.compactMap { $0["task"] as? Int }).count == Self.tasks)
        for attempt in done {
            let number = try #require(attempt["task"] as? Int)
            let folder = try #require(attempt["results"] as? String)
            #expect(try String(contentsOfFile: folder + "/stdout", encoding: .utf8) == "\(number)\n")
            #expect(try String(contentsOfFile: folder + "/stderr", encoding: .utf8) == "")
            let file = try? String(contentsOfFile: folder + "/out/file", encoding: .utf8)
            #expect(file == (number.isMultiple(of: 3) ? "file \(number)\n" : nil))
        }
        for folder in hostFolders {
            let left = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/home/.fleet/runs")) ?? []
            #expect(left.isEmpty, "\(folder): \(left)")
        }
        #expect(Processes.withArguments(holding: "fleet-job-\(run)").isEmpty)
    }

    @Test func survivesTheMastersDeath() async throws {
        for _ in 0..<5 {
            var master = try start("tasks", "run", "--again")
            let before = finished
            #expect(await eventually { finished != before || !master.isRunning })
            let run = try run
            for _ in 0..<5 {
                let threshold = Int.random(in: finished...Self.tasks)
                #expect(await eventually { finished >= threshold || !master.isRunning })
                master.kill()
                _ = try master.result()
                master = try start("runs", "resume", run)
            }
            let result = try master.result()
            #expect(result.status == 0, "\(result.error)")
            try check(run)
        }
        _ = try fleet.run("lab", "down")
    }

    private enum Victim: CaseIterable { case connection, job, host }

    private func end(_ victim: Victim, on folder: String) async throws {
        let listeners = Processes.withArguments(holding: folder + "/sshd_config")
        let below = listeners.flatMap { Processes.descendants(of: $0) }
        let jobs = Processes.withArguments(holding: "fleet-job-").filter { process in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
            return place?.hasPrefix(folder) == true
        }
        switch victim {
        case .connection: for process in below where Processes.name(of: process) == "sshd" { kill(process, SIGKILL) }
        case .job: for process in jobs { kill(process, SIGKILL) }
        case .host:
            for process in listeners + below + jobs + jobs.flatMap({ Processes.descendants(of: $0) }) {
                kill(process, SIGKILL)
            }
            // A signal takes a moment, in which the lab would still find its host up.
            #expect(await eventually { !listeners.contains(where: Processes.isAlive) })
            let up = try fleet.run("lab", "up", "--hosts", "\(Self.hosts)")
            #expect(up.status == 0, "\(up.error)")
        }
    }

    @Test func survivesTheDeathOfHostsAndConnections() async throws {
        for _ in 0..<5 {
            let before = finished
            let master = try start("tasks", "run", "--again")
            #expect(await eventually { finished != before || !master.isRunning })
            let run = try run
            for _ in 0..<5 {
                let threshold = Int.random(in: finished...Self.tasks)
                #expect(await eventually { finished >= threshold || !master.isRunning })
                try await end(
                    try #require(Victim.allCases.randomElement()), on: try #require(hostFolders.randomElement()))
            }
            let result = try master.result()
            #expect(result.status == 0, "\(result.error)")
            try check(run)
        }
        _ = try fleet.run("lab", "down")
    }
}
