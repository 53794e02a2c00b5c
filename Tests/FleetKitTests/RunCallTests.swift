import FleetKit
import FleetTesting
import Foundation
import Testing

/// The calls on tasks and runs.
@Suite struct RunCallTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func runsPackages() async throws {
        try await project.use { fleet in
            let one = FleetProject.Selection.hosts(["one"])
            var options = RunOptions()
            (options.engine, options.method, options.timeout) = ("sh", .native, .seconds(100))
            let ran = try await fleet.runs.start("hello", parameters: ["word": "x"], on: one, options).result
            let result = try #require(ran.hosts.first)
            #expect(result.method == .native && result.exit == 0 && result.metrics.description == "{\"n\":3}")
            #expect(result.state == .done && result.metrics["n"]?.integer == 3 && result.engine == "sh")
            let record = try await fleet.runs.show(ran.run)
            #expect(record.state == .done && record.package == "hello" && record.command == "FleetKit: run hello")
            #expect(try await fleet.runs.list().map(\.run) == [ran.run])
            #expect(try await fleet.runs.logs(of: ran.run, hosts: ["one"]).map(\.stdout) == ["said\n"])
        }
    }

    @Test func tellsWhyAPackageDidNotRun() async throws {
        try project.folder.write("exit 3\n", to: "packages/hello/work.sh")
        try await project.use { fleet in
            var strict = RunOptions()
            strict.pushesFirst = false
            let refused = try fleet.runs.start("hello", on: .hosts(["one"]), strict)
            let error = await #expect(throws: FleetError.self) { try await refused.result }
            #expect(error?.kind == .configuration)
            let failed = try await fleet.runs.start("hello", on: .hosts(["one"])).result
            #expect(failed.hosts.map(\.failure?.kind) == [.exit] && failed.hosts.map(\.exit) == [3])
        }
    }

    @Test func runsAndResumesTasks() async throws {
        try await project.use { fleet in
            let plan = try await fleet.tasks.plan().result
            #expect(plan.tasks.map(\.hosts) == Array(repeating: ["one", "two"], count: 4))
            #expect(plan.tasks[2].parameters["n"]?.string == "3" && plan.hosts.map(\.alive) == [true, true])
            let done = try await fleet.tasks.run().result
            #expect(done.tasks.count == 4 && done.tasks.allSatisfy { $0.isDone && $0.failure == nil })
            #expect(try await fleet.tasks.status(of: ["count"]).result.map(\.done) == [true, true, true, true])
            let again = try await fleet.runs.resume(done.run).result
            #expect(again.run == done.run && again.tasks.count == 4)
            let known = try await fleet.tasks.run(["count"]).result
            #expect(known.tasks.map(\.doneBefore) == [true, true, true, true])
            var options = TaskOptions()
            options.again = true
            let anew = try await fleet.tasks.run([], on: .hosts(["two"]), options).result
            #expect(anew.tasks.allSatisfy { !$0.doneBefore && $0.host == "two" })
        }
    }

    @Test func refusesChoicesThatDoNotFit() async throws {
        try await project.use { fleet in
            var (alone, cluster) = (TaskOptions(), TaskOptions())
            (alone.verify, cluster.backend) = (1, .slurm(login: "one"))
            let (single, slurm) = (alone, cluster)
            #expect(throws: FleetError.self) { try fleet.tasks.run(.all, single) }
            #expect(throws: FleetError.self) { try fleet.tasks.run(.all, on: .all, slurm) }
            let unknown = try fleet.tasks.run(["nothing"])
            await #expect(throws: FleetError.self) { try await unknown.result }
        }
    }

    @Test func followsAndCancelsARun() async throws {
        try project.folder.write(
            "tasks:\n  - { name: long, command: 'echo begun; sleep 615.5' }\n", to: "tasks.yaml")
        try await project.use { fleet in
            let sweep = try fleet.tasks.run(on: .hosts(["one"]))
            for await event in sweep.events where event.kind == .attemptStarted { break }
            try await project.use { other in
                var lines: [RunLine] = []
                for try await line in try await other.runs.follow() {
                    lines.append(line)
                    guard lines.count == 1 else { continue }
                    let busy = try await other.runs.reap(dryRun: true).result
                    #expect(busy.value.map(\.fate) == [.inUse] && busy.value.map(\.state) == [.running])
                    _ = try await other.runs.cancel("last").result
                }
                #expect(
                    lines.map(\.text) == ["begun"] && lines.map(\.stream) == [.output] && lines.map(\.task) == ["long"])
            }
            #expect(try await sweep.result.tasks.map(\.isDone) == [false])
            let none = try await fleet.runs.cancel("last").result
            #expect(none.value.ended == 0 && none.failures.isEmpty)
            #expect(await eventually { Processes.running("sleep 615.5").isEmpty })
        }
    }

    @Test func endsWhatTakesTooLong() async throws {
        try project.folder.write("exec sleep 613.5\n", to: "packages/hello/work.sh")
        try await project.use { fleet in
            var options = RunOptions()
            options.timeout = .milliseconds(300)
            let run = try await fleet.runs.start("hello", on: .hosts(["one"]), options).result
            #expect(run.hosts.map(\.failure?.kind) == [.timeOut])
            var command: HostCommand = ["sleep", "613.5"]
            command.timeout = .milliseconds(300)
            let answers = try await fleet.hosts.execute(command, on: .hosts(["one"])).result
            #expect(answers.map(\.failure?.kind) == [.timeOut])
            #expect(await eventually { Processes.running("sleep 613.5").isEmpty })
        }
    }

    /// The work is done, and nobody can look it up: no result that looks whole.
    @Test func throwsWhenTheLedgerDoesNotHaveTheEnd() async throws {
        let removal = "rm \(project.folder.path)/.fleet/ledger.sqlite"
        try project.folder.write(removal + "\n", to: "packages/hello/work.sh")
        try project.folder.write("tasks:\n  - { name: rude, command: '\(removal)' }\n", to: "tasks.yaml")
        try await project.use { fleet in
            let run = try fleet.runs.start("hello", on: .hosts(["one"]))
            let first = await #expect(throws: FleetError.self) { try await run.result }
            #expect(first?.message.contains("was removed or replaced") == true, "\(String(describing: first))")
            let sweep = try fleet.tasks.run()
            let second = await #expect(throws: FleetError.self) { try await sweep.result }
            #expect(second?.message.contains("was removed or replaced") == true)
        }
    }

    @Test func tellsWhichHostsFailed() async throws {
        try project.folder.write(
            """
            hosts:
              here: { address: localhost, transport: local, root: \(project.folder.path)/one }
              gone: { address: 127.0.0.1, port: 1 }

            """, to: "inventory/hosts.yaml")
        try await project.use { fleet in
            _ = try await fleet.runs.start("hello", on: .hosts(["here"])).result
            let jobs = try await fleet.runs.reap().result
            let stopped = try await fleet.runs.stop(on: .all).result
            let collected = try await fleet.runs.collect().result
            let listed = try await fleet.schedules.list(on: .all).result
            let removed = try await fleet.schedules.remove(from: .all).result
            for failures in [
                jobs.failures, stopped.failures, collected.failures, listed.failures, removed.failures,
            ] {
                #expect(failures.map(\.host) == ["gone"] && failures.map(\.failure.kind) == [.refused])
            }
            let nobody = try fleet.models.ask("why", key: nil, on: .hosts(["gone"]))
            let unbuilt = await #expect(throws: FleetError.self) { try await nobody.result }
            #expect(unbuilt?.message.contains("ask") == true)
        }
    }

    @Test func bringsHomeAndTidiesUp() async throws {
        try await project.use { fleet in
            let done = try await fleet.tasks.run().result
            let pulled = try await fleet.runs.pull(done.run).result
            #expect(pulled.value.run == done.run && pulled.value.running.isEmpty && pulled.failures.isEmpty)
            #expect(try await fleet.runs.collect().result.value.isEmpty)
            try project.folder.write("", to: "one/runs/20261121-153012-a1b2.1.1/job.json")
            let foreign = try await fleet.runs.reap(on: .hosts(["one"])).result.value
            #expect(foreign.map(\.fate) == [.foreign] && foreign.map(\.removed) == [false])
            let doomed = try await fleet.runs.reap(on: .hosts(["one"]), foreign: true, dryRun: true).result.value
            #expect(doomed.map(\.fate) == [.removed] && doomed.map(\.removed) == [false])
            let stopped = try await fleet.runs.stop(on: .all).result
            #expect(stopped.value.map(\.job) == ["20261121-153012-a1b2.1.1"] && stopped.value.map(\.removed) == [true])
        }
    }
}
