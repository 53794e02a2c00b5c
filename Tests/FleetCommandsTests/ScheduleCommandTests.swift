import FleetLab
import FleetTesting
import Foundation
import Testing

/// `fleet schedule` from this machine, with two real sshd processes as hosts.
@Suite(.serialized) struct ScheduleCommandTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    private func write(_ task: String) throws {
        try lab.fleet.folder.write("tasks: [{ \(task) }]\n", to: "tasks.yaml")
    }

    @Test func runsATaskAgainAndAgain() async throws {
        try write("name: beat, command: echo beat, schedule: every 1s")
        let master = try lab.fleet.start(["--inventory", "inventory/lab.yaml", "schedule", "run"])
        let hasRun = try await eventually {
            let runs = try lab.fleet(["runs", "--json"]).json()["runs"] as? [[String: Any]] ?? []
            return runs.filter { $0["state"] as? String == "done" }.count >= 2
        }
        master.process.interrupt()
        let result = try master.result()
        #expect(hasRun && result.status == 130, "\(result.error)")
        #expect(result.error.contains("beat: every 1s, next at "))
        #expect(try lab.jobs("runs", "reap", "--dry-run").isEmpty)
    }

    @Test(arguments: [
        ("name: a, command: 'true'", "tasks.yaml: no task of tasks.yaml has a schedule"),
        ("name: a, command: 'true', schedule: every 7m", "a can't be pushed: cron can't say every 7m"),
        (
            "name: a, command: 'true', schedule: '@daily', secrets: { KEY: { env: KEY } }",
            "its secrets would lie on the host"
        ),
        ("name: a, command: 'true', schedule: '@daily', verify: 2", "its results are compared between hosts"),
        ("name: a, command: 'true', schedule: often", "tasks.yaml:1:47: \"often\" is not a time such as"),
    ])
    func saysWhatNoHostCanKeep(task: String, reason: String) throws {
        try write(task)
        let result = try lab.fleet(["schedule", "push", "lab-1"])
        let expected = reason.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? reason
        #expect(result.status == 4 && result.error.contains(expected), "\(result.error)")
        #expect(result.error.contains("hint: ") || reason.contains("often"))
    }

    @Test func suggestsTheTaskToRemove() throws {
        try write("name: beat, command: 'true', schedule: '@daily'")
        let result = try lab.fleet(["schedule", "remove", "baet", "--all"])
        #expect(result.status == 4, "\(result.error)")
        #expect(result.error.contains("unknown task \"baet\", did you mean \"beat\"?"), "\(result.error)")
        #expect(try lab.fleet(["schedule", "remove", "beat", "--all"]).status == 0)
    }

    @Test func writesAUnit() throws {
        let result = try lab.fleet(["schedule", "install", "--print"])
        #expect(result.status == 0 && result.output.contains("WorkingDirectory=\(lab.fleet.folder.path)\n"))
        #expect(
            result.output.contains("ExecStart=\"")
                && result.output.contains(
                    "\" \"schedule\" \"run\" \"--inventory\" \"\(lab.fleet.folder.path)/inventory/lab.yaml\"\n")
        )
    }

    @Test func speaksSpanish() throws {
        try write("name: beat, command: 'true', schedule: '@daily'")
        let result = try lab.fleet(["--lang", "es", "schedule", "list"])
        #expect(result.status == 0 && result.output.hasPrefix("TAREA"), "\(result.output)\(result.error)")
    }
}

/// A schedule on a little machine with a real cron, whose minute is waited for.
@Suite(.serialized, .enabled(if: MachineLab.isPossible(with: .installed))) struct CronTests {
    @Test(.timeLimit(.minutes(4))) func aHostRunsByItselfWhatIsCollectedLater() async throws {
        let lab = try MachineLab(.installed)
        let fleet = try FleetBinary.inProject()
        let host = lab.hosts[0]
        func run(_ words: String...) throws -> FleetBinary.Result {
            try fleet.run(["--inventory", lab.inventory] + words)
        }
        try fleet.folder.write(
            """
            tasks:
              - { name: beat, command: 'echo $WORD in $FLEET_RUN', matrix: { word: [a, b] }, schedule: every 1m }
              - { name: greet, package: hello, schedule: "30 3 * * *" }

            """, to: "tasks.yaml")
        try lab.run("echo '7 7 7 7 7 true' | crontab -", on: host)
        let silent = try run("schedule", "push", host.name)
        #expect(silent.status == 0 && silent.error.contains("no cron seems to run there"), "\(silent.error)")
        try lab.run("cron", on: host)
        let pushed = try run("schedule", "push", host.name)
        #expect(pushed.status == 0 && !pushed.error.contains("no cron"), "\(pushed.error)")
        #expect(try lab.run("crontab -l", on: host).split(separator: "\n").count == 3)

        // Its own cron, and nobody else, starts it.
        let hasRun = try await eventually(within: .seconds(150)) {
            let list = try run("schedule", "list", "--all", "--json").json()["schedules"] as? [[String: Any]] ?? []
            return list.contains { $0["task"] as? String == "beat" && ($0["waiting"] as? Int ?? 0) > 0 }
        }
        #expect(hasRun)
        let collected = try await eventually {
            (try run("runs", "collect", "--json").json()["collected"] as? [[String: Any]])?.count == 2
        }
        #expect(collected)
        let shown = try fleet.run("runs", "show", "last", "--json").json()
        let id = try #require(shown["run"] as? String)
        #expect((shown["command"] as? String)?.hasPrefix("fleet schedule: beat") == true, "\(shown)")
        let logs = try #require(try fleet.run("logs", "last", "--json").json()["logs"] as? [[String: Any]])
        #expect(logs.map { $0["stdout"] as? String } == ["a in \(id)\n", "b in \(id)\n"])

        let removed = try run("schedule", "remove", "--all", "--json")
        #expect(try removed.json()["removed"] as? Int == 2, "\(removed.error)")
        #expect(try lab.run("crontab -l", on: host) == "7 7 7 7 7 true\n")
        #expect(try lab.run("ls -A .fleet", on: host).contains("schedules") == false)
    }
}
