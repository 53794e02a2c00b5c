import FleetTesting
import Foundation
import Testing

/// `fleet tasks run --engine slurm` against a real Slurm with three nodes, over a real sshd on its login host.
@Suite(.serialized, .enabled(if: SlurmCluster.isPossible)) struct SlurmCommandTests {
    private func stdout(_ task: [String: Any]?) throws -> String {
        try String(contentsOfFile: try #require(task?["results"] as? String) + "/stdout", encoding: .utf8)
    }

    @Test func runsAnArrayAndWhatComesAfterIt() throws {
        let lab = try SlurmLab()
        let result = try lab.run(
            """
              - { name: say, command: 'echo "$N $SLURM_JOB_NAME"; echo "$N" >out/file', matrix: { n: [1..6] } }
              - { name: sum, command: 'cat inputs/say.*/file | sort | tr -d "\\n"', after: say }
              - { name: hello, package: hello }
            """, "--json")
        let tasks = try result.tasks()
        #expect(result.status == 0 && tasks.count == 8, "\(result.error)")
        for number in 1...6 {
            let task = tasks["say[n=\(number)]"]
            #expect(try stdout(task).hasPrefix("\(number) fleet-") && task?["host"] as? String == "gate")
            let node = (task?["resources"] as? [String: Any])?["node"] as? String
            #expect(node.map { ["n1", "n2", "n3"].contains($0) } == true)
        }
        #expect(try stdout(tasks["sum"]) == "123456")
        #expect((tasks["hello"]?["metrics"] as? [String: Any])?["bytes"] as? Int == 5)
        #expect(try lab.queue().isEmpty && lab.left.isEmpty)
        let again = try lab.fleet.run("tasks", "run", "--engine", "slurm", "--login", "gate", "--json")
        #expect(again.error.contains("done before, and not done again: 8"), "\(again.error)")
    }

    @Test func tellsHowATaskFailsAndTriesAgain() throws {
        let lab = try SlurmLab(nodes: 1)
        let once = lab.fleet.folder.path + "/once"
        let result = try lab.run(
            """
              - { name: bad, command: 'echo no >&2; exit 7' }
              - { name: next, command: 'true', after: bad }
              - { name: second, command: 'mkdir \(once) && exit 1; true', retries: 1 }
              - { name: slow, command: 'sleep 600', timeout: 1 }
            """, "--json")
        let tasks = try result.tasks()
        func failure(_ name: String) -> String? { (tasks[name]?["failure"] as? [String: Any])?["class"] as? String }
        #expect(result.status == 3, "\(result.error)")
        #expect(tasks["bad"]?["exit"] as? Int == 7 && failure("bad") == "exit")
        #expect(failure("next") == "cancelled" && tasks["next"]?["attempts"] as? Int == 0)
        #expect(tasks["second"]?["state"] as? String == "done" && tasks["second"]?["attempts"] as? Int == 2)
        #expect(failure("slow") == "time-out")
        #expect(lab.left.isEmpty)
    }

    /// What was begun before is collected, what waits in Slurm's queue is neither lost nor submitted twice.
    @Test func goesOnAfterItsMastersDeath() async throws {
        let lab = try SlurmLab()
        let (ran, go) = (lab.fleet.folder.path + "/ran", lab.fleet.folder.path + "/go")
        let wait = "until [ -e \(go) ]; do sleep 0.1; done"
        let master = try lab.start(
            """
              - { name: say, command: 'echo "$N" >>\(ran); \(wait); echo "$N"', matrix: { n: [1..12] } }
              - { name: count, command: 'cat inputs/*/stdout | wc -l', after: say }
            """)
        #expect(try await eventually { try lab.queue("running").count == 6 })
        master.kill()
        _ = try master.result()
        try lab.fleet.folder.write("", to: "go")
        let pull = try lab.fleet.run("runs", "pull")
        #expect(pull.status == 0, "\(pull.error)")
        let result = try lab.fleet.run("runs", "resume", "--json")
        let tasks = try result.tasks()
        #expect(result.status == 0 && tasks.count == 13, "\(result.error)")
        for number in 1...12 { #expect(try stdout(tasks["say[n=\(number)]"]) == "\(number)\n") }
        #expect(try stdout(tasks["count"]) == "12\n")
        let lines = try String(contentsOfFile: ran, encoding: .utf8).split(separator: "\n")
        #expect(lines.compactMap { Int($0) }.sorted() == Array(1...12))
        #expect(try lab.queue().isEmpty && lab.left.isEmpty)
    }

    @Test func submitsAgainWhatADeadNodeHasLost() async throws {
        let lab = try SlurmLab(nodes: 2)
        let marks = lab.fleet.folder.path
        let master = try lab.start(
            "  - { name: long, command: 'mkdir \(marks)/mark || exec true; exec sleep 600' }", ["--json"])
        #expect(await eventually { FileManager.default.fileExists(atPath: marks + "/mark") })
        let node = try #require(try lab.queue("running").first)
        lab.cluster.killDaemon(of: String(node))
        let result = try master.result()
        let task = try #require(try result.tasks()["long"])
        #expect(result.status == 0 && result.error.contains("NODE_FAIL"), "\(result.error)")
        #expect(task["attempts"] as? Int == 2 && task["state"] as? String == "done")
        #expect((task["resources"] as? [String: Any])?["node"] as? String != String(node))
        #expect(lab.left.isEmpty)
    }

    @Test(arguments: [true, false]) func leavesNothingWhenItIsCancelled(isMasterAlive: Bool) async throws {
        let lab = try SlurmLab(nodes: 1)
        let master = try lab.start("  - { name: long, command: echo begun; sleep 600, repeat: 5 }")
        #expect(try await eventually { try lab.queue("running").count == 2 })
        let watcher = try lab.fleet.start(["logs", "-f", "last"])
        #expect(try await eventually { try watcher.outputSoFar().split(separator: "\n").count == 2 })
        if !isMasterAlive {
            master.kill()
            _ = try master.result()
        }
        let cancel = try lab.fleet.run("runs", "cancel", "last")
        #expect(cancel.status == 0, "\(cancel.error)")
        if isMasterAlive { #expect(try master.result().status == 130) }
        #expect(try watcher.result().output.contains("begun"))
        #expect(try lab.queue().isEmpty && lab.left.isEmpty)
        let runs = try #require(try lab.fleet.run("runs", "--json").json()["runs"] as? [[String: Any]])
        #expect(runs.map { $0["state"] as? String } == ["cancelled"])
    }

    @Test func tellsWhatIsWrong() throws {
        let lab = try SlurmLab(nodes: 1)
        let task = "  - { name: say, command: 'true' }"
        let unknown = try lab.run(task, "--partition", "nope")
        #expect(unknown.status == 3 && unknown.error.contains("invalid partition specified: nope"))
        #expect(unknown.error.contains("the partitions there: main") && lab.left.isEmpty, "\(unknown.error)")
        let secret = try lab.run("  - { name: say, command: 'true', secrets: { a: { env: HOME } } }")
        #expect(secret.status == 4 && secret.error.contains("tasks.yaml:2"), "\(secret.error)")
        #expect(secret.error.contains("its secrets would lie on the cluster's disk"))
        let local = try lab.fleet.run("tasks", "run", "--engine", "slurm")
        #expect(local.status == 2 && local.error.contains("--login HOST"))
        let stranger = try lab.fleet.run("tasks", "run", "--login", "gate")
        #expect(stranger.status == 2 && stranger.error.contains("--engine slurm"))
    }
}
