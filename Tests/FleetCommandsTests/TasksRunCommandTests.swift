import FleetTesting
import Foundation
import Testing

/// `fleet tasks run` and what looks after its runs, with two real sshd processes as hosts.
@Suite(.serialized) struct TasksRunCommandTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    private static let say = "  - { name: say, command: echo $WORD, matrix: { word: [one, two] } }"

    @Test func showsWhatCameOfEachTask() throws {
        let result = try lab.tasks(Self.say)
        let lines = result.output.split(separator: "\n")
        #expect(result.status == 0 && lines.count == 3, "\(result.output)\(result.error)")
        #expect(lines[0].hasPrefix("TASK") && lines[0].contains("HOST") && lines[0].contains("TRIES"))
        #expect(lines[1].hasPrefix("say[word=one]") && lines[1].contains("lab-") && lines[1].contains("done"))
        #expect(result.error.contains("tasks done: 2 of 2") && result.error.contains("results are in /"))
    }

    @Test func printsEveryKeyAsJSON() throws {
        let object = try lab.tasks(Self.say, "--json").json()
        #expect(Set(object.keys) == ["run", "tasks"])
        let tasks = try #require(object["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["name"] as? String } == ["say[word=one]", "say[word=two]"])
        let keys: Set = [
            "name", "task", "parameters", "host", "engine", "method", "state", "exit", "attempts", "done_before",
            "seconds", "metrics", "resources", "digest", "results", "failure", "missing", "notes",
        ]
        #expect(tasks.allSatisfy { Set($0.keys) == keys && $0["failure"] is NSNull && $0["exit"] as? Int == 0 })
        let results = try #require(tasks[1]["results"] as? String)
        #expect(try String(contentsOfFile: results + "/stdout", encoding: .utf8) == "two\n")
    }

    /// What a task is depends on those before it, also when it alone is asked for.
    @Test func tellsOfEachTaskWhetherItIsDone() throws {
        let tasks = Self.say + "\n  - { name: sum, command: 'cat inputs/*/stdout', after: say }"
        func done(_ words: String...) throws -> [String: Bool] {
            let rows = try #require(
                try lab.fleet(["tasks", "status", "--json"] + words).json()["tasks"] as? [[String: Any]])
            return Dictionary(
                uniqueKeysWithValues: rows.compactMap { row in
                    (row["name"] as? String).flatMap { name in (row["done"] as? Bool).map { (name, $0) } }
                })
        }
        #expect(try lab.tasks(tasks).status == 0)
        #expect(try done() == ["say[word=one]": true, "say[word=two]": true, "sum": true])
        #expect(try done("sum") == ["sum": true])
        try lab.fleet.folder.write(
            "tasks:\n\(tasks.replacing("[one, two]", with: "[one, three]"))\n", to: "tasks.yaml")
        #expect(try done() == ["say[word=one]": true, "say[word=three]": false, "sum": false])
    }

    @Test func doesAgainOnlyWhatIsAskedForAgain() throws {
        _ = try lab.tasks(Self.say)
        let second = try lab.tasks(Self.say, "--json")
        let tasks = try #require(try second.json()["tasks"] as? [[String: Any]])
        #expect(second.error.contains("done before, and not done again: 2"), "\(second.error)")
        #expect(tasks.allSatisfy { $0["done_before"] as? Bool == true && $0["attempts"] as? Int == 0 })
        let again = try lab.tasks(Self.say, "--again", "--json")
        let repeated = try #require(try again.json()["tasks"] as? [[String: Any]])
        #expect(repeated.allSatisfy { $0["done_before"] as? Bool == false && $0["attempts"] as? Int != 0 })
    }

    @Test func runsOnlyWhatIsNewInAnEditedFile() throws {
        _ = try lab.tasks(Self.say)
        let result = try lab.tasks(Self.say.replacingOccurrences(of: "two]", with: "two, three]"), "--json")
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["done_before"] as? Bool } == [true, true, false], "\(result.output)")
        #expect(result.status == 0)
    }

    @Test func namesWhatFails() throws {
        let result = try lab.tasks(
            """
              - { name: bad, command: exit 7 }
              - { name: good, command: 'true' }
              - { name: next, command: 'true', after: bad }
            """)
        #expect(result.status == 3 && result.error.contains("tasks done: 1 of 3"), "\(result.error)")
        #expect(result.error.contains("error: bad: exit: the worker ended with status 7"))
        #expect(result.error.contains("error: next: cancelled: a task that must be done first has failed"))
    }

    @Test func saysWhyNoHostRunsATask() throws {
        let result = try lab.tasks("  - { name: large, command: 'true', needs: { memory: 900T } }")
        #expect(result.status == 3 && result.output.contains("not tried"), "\(result.output)")
        #expect(result.error.contains("error: large: no-method: no host can run it: lab-1: has "), "\(result.error)")
    }

    @Test func handsResultsOn() throws {
        let result = try lab.tasks(
            """
              - { name: sum, command: 'cat inputs/*/stdout | sort', after: say }
            \(Self.say)
            """, "--json")
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]])
        let results = try #require(tasks[0]["results"] as? String, "\(result.error)")
        #expect(try String(contentsOfFile: results + "/stdout", encoding: .utf8) == "one\ntwo\n")
    }

    /// A result must not be recorded as that of a file that it never saw.
    @Test func refusesAnInputThatHasChangedMeanwhile() throws {
        try lab.fleet.folder.write("old\n", to: "numbers.txt")
        let result = try lab.tasks(
            """
              - { name: edit, command: 'echo new > \(lab.fleet.folder.path)/numbers.txt' }
              - { name: read, command: 'cat numbers.txt', after: edit, inputs: [numbers.txt] }
            """)
        #expect(result.status == 3 && result.error.contains("numbers.txt has changed since the run was planned"))
        let again = try lab.fleet(["tasks", "run", "read", "--json"])
        #expect(again.status == 0, "\(again.error)")
    }

    @Test func runsAPackageWithItsParameters() throws {
        let result = try lab.tasks("  - { package: hello, matrix: { name: [ana, leo] } }", "--json")
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]])
        #expect(result.status == 0 && tasks.count == 2, "\(result.error)")
        #expect(tasks.map { ($0["parameters"] as? [String: String])?["name"] } == ["ana", "leo"])
        let results = try #require(tasks[1]["results"] as? String)
        #expect(try String(contentsOfFile: results + "/stdout", encoding: .utf8).contains("leo"))
    }

    @Test func speaksSpanish() throws {
        let result = try lab.tasks(Self.say, language: "es_ES.UTF-8")
        #expect(result.status == 0 && result.output.hasPrefix("TAREA"), "\(result.output)")
        #expect(result.error.hasPrefix("ejecución "), "\(result.error)")
        for verb in [["tasks", "run"], ["runs", "resume"], ["runs", "reap"], ["runs", "stop"]] {
            let help = try lab.fleet.run(["--lang", "es"] + verb + ["--help"])
            #expect(help.status == 0 && help.output.contains("USO"), "\(help.output)")
        }
    }

    @Test func resumesNothingOfARunThatEnded() throws {
        _ = try lab.tasks(Self.say)
        let result = try lab.fleet(["runs", "resume", "--json"])
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]])
        #expect(result.status == 0 && tasks.allSatisfy { $0["attempts"] as? Int == 0 }, "\(result.error)")
    }

    @Test func takesUpWhatAKilledMasterHasLeft() async throws {
        let go = lab.fleet.folder.path + "/go"
        try await lab.kill(whileRunning: "until [ -e \(go) ]; do sleep 0.05; done")
        #expect(try lab.jobs("runs", "reap", "--dry-run").map { $0["fate"] as? String } == ["resumable"])
        try lab.fleet.folder.write("", to: "go")
        let resumed = try lab.fleet(["runs", "resume", "--json"])
        let tasks = try #require(try resumed.json()["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["state"] as? String } == ["done"], "\(resumed.output)\(resumed.error)")
        #expect(tasks.map { $0["attempts"] as? Int } == [1])
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }

    @Test func stopsEveryJob() async throws {
        try await lab.kill(whileRunning: "sleep 300")
        #expect(try lab.fleet(["runs", "stop"]).status == 2)
        #expect(try lab.jobs("runs", "stop", "--all").map { $0["removed"] as? Bool } == [true])
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }
}
