import FleetTesting
import Foundation
import Testing

/// `fleet logs -f`, `fleet runs attach`, `pull` and `resume`, beside and after a master, with two real sshd processes.
@Suite(.serialized) struct RunsFollowTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    /// Writes a line, and another one when the file `go` is there.
    private var twoLines: String {
        "echo first; until [ -e \(lab.fleet.folder.path)/go ]; do sleep 0.05; done; echo second; echo third >&2"
    }

    @Test func followsWhatAnotherMasterRuns() async throws {
        let master = try await lab.start(twoLines)
        let watcher = try lab.fleet.start(["--inventory", "inventory/lab.yaml", "logs", "-f", "last"])
        let attached = try lab.fleet.start(["--inventory", "inventory/lab.yaml", "runs", "attach"])
        let isShown = try await eventually {
            try watcher.outputSoFar().contains("first\n") && attached.outputSoFar().contains("first\n")
        }
        #expect(isShown && watcher.isRunning && attached.isRunning)
        try lab.fleet.folder.write("", to: "go")
        #expect(try master.result().status == 0)
        let (seen, end) = (try watcher.result(), try attached.result())
        #expect(seen.status == 0 && seen.output.split(separator: "\n").map { $0.suffix(6) } == [" first", "second"])
        #expect(seen.error.contains("  third\n"), "\(seen.error)")
        #expect(end.status == 0 && end.output.contains("second\n") && end.output.contains("done"), "\(end.output)")
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }

    @Test func attachedForAProgramItPrintsJSONAlone() async throws {
        let master = try await lab.start(twoLines)
        let attached = try lab.fleet.start(["--inventory", "inventory/lab.yaml", "runs", "attach", "--json"])
        #expect(try lab.fleet(["logs", "last"]).error.contains("fleet logs -f last"))
        try lab.fleet.folder.write("", to: "go")
        #expect(try master.result().status == 0)
        let end = try attached.result()
        #expect(try end.json()["run"] is String && end.status == 0, "\(end.output)")
        #expect(end.error.contains("second\n"))
    }

    /// A task has one folder: what its first attempt wrote is not there any more.
    @Test func showsWhatTheLatestAttemptWroteOnce() throws {
        let once = lab.fleet.folder.path + "/once"
        let command = "mkdir \(once) && { echo in vain; exit 1; }; echo good"
        #expect(try lab.tasks("  - { name: twice, command: '\(command)', retries: 1 }").status == 0)
        let lines = try lab.fleet(["runs", "attach", "last"]).output.split(separator: "\n")
        #expect(lines.filter { $0.hasSuffix(" good") || $0.hasSuffix(" in vain") }.count == 1, "\(lines)")
    }

    @Test func attachesToNothingThatNobodyWorksOn() async throws {
        try await lab.kill(whileRunning: "sleep 300")
        let result = try lab.fleet(["runs", "attach"])
        #expect(result.status == 3 && result.error.contains("no master works on the run"), "\(result.error)")
        #expect(result.error.contains("fleet runs resume"))
        #expect(try lab.fleet(["runs", "attach", "--json"]).json()["error"] != nil)
        #expect(try lab.fleet(["runs", "stop", "--all"]).status == 0)
    }

    @Test func pullsWhatHasEndedAndStartsNothing() async throws {
        try await lab.kill(whileRunning: twoLines)
        let early = try lab.fleet(["runs", "pull", "--json"]).json()
        #expect((early["running"] as? [String])?.count == 1 && (early["pulled"] as? [String])?.isEmpty == true)
        try lab.fleet.folder.write("", to: "go")
        let hasEnded = try await eventually {
            try lab.jobs("runs", "reap", "--dry-run").map { $0["state"] as? String } == ["ended"]
        }
        #expect(hasEnded)
        let late = try #require(try lab.fleet(["runs", "pull", "--json"]).json()["pulled"] as? [String])
        #expect(try String(contentsOfFile: try #require(late.first) + "/stdout", encoding: .utf8) == "first\nsecond\n")
        let runs = try #require(try lab.fleet(["runs", "--json"]).json()["runs"] as? [[String: Any]])
        #expect(runs.first?["state"] as? String == "done")
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }

    /// A later run that has ended is not the one that somebody wants to go on with.
    @Test func resumesTheLastRunThatDidNotEnd() async throws {
        try await lab.kill(whileRunning: twoLines)
        let abandoned = try #require(try runs().first)
        #expect(abandoned["abandoned"] as? Bool == true)
        #expect(try lab.tasks("  - { name: other, command: 'true' }").status == 0)
        try lab.fleet.folder.write("", to: "go")
        let resumed = try lab.fleet(["runs", "resume", "--json"]).json()
        #expect(resumed["run"] as? String == abandoned["run"] as? String)
        #expect(try runs().allSatisfy { $0["state"] as? String == "done" && $0["abandoned"] as? Bool == false })
    }

    private func runs() throws -> [[String: Any]] {
        try #require(try lab.fleet(["runs", "--json"]).json()["runs"] as? [[String: Any]])
    }

    /// A run with one task for each host.
    @Test func resumesARunOfAPackage() async throws {
        let go = lab.fleet.folder.path + "/go"
        try lab.fleet.folder.write(
            """
            name: wait
            version: "1"
            engines: { sh: { methods: [native], run: "sh wait.sh" } }
            """, to: "packages/wait/package.yaml")
        try lab.fleet.folder.write("until [ -e \(go) ]; do sleep 0.05; done; echo over\n", to: "packages/wait/wait.sh")
        let master = try lab.fleet.start(["--inventory", "inventory/lab.yaml", "run", "wait"])
        let isRunning = try await eventually {
            try lab.jobs("runs", "reap", "--dry-run").map { $0["state"] as? String } == ["running", "running"]
        }
        master.kill()
        _ = try master.result()
        #expect(isRunning)
        try lab.fleet.folder.write("", to: "go")
        let resumed = try lab.fleet(["runs", "resume", "--json"])
        let tasks = try #require(try resumed.json()["tasks"] as? [[String: Any]], "\(resumed.error)")
        #expect(tasks.compactMap { $0["host"] as? String }.sorted() == ["lab-1", "lab-2"])
        for task in tasks {
            let results = try #require(task["results"] as? String)
            #expect(results.hasSuffix("/\(task["host"] as? String ?? "")"))
            #expect(try String(contentsOfFile: results + "/stdout", encoding: .utf8) == "over\n")
        }
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }
}
