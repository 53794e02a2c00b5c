import FleetKit
import FleetTesting
import Foundation
import Testing

/// The library as another program uses it, beside the command line on the same project. The hosts are this machine.
@Suite struct FleetProjectTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let way = "address: localhost, transport: local"
        let hosts = ["one", "two"].map { "  \($0): { \(way), root: \(folder.path)/\($0) }\n" }
        try folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        try folder.write(
            "name: hello\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n"
                + "parameters: { word: { type: string, default: hi } }\n",
            to: "packages/hello/package.yaml")
        try folder.write(
            "echo '{\"progress\":1}' >&3\necho said\necho '{\"n\":3}' >\"$FLEET_OUT/metrics.json\"\n",
            to: "packages/hello/work.sh")
        try folder.write(
            "tasks:\n  - { name: count, command: 'echo $N >out/n', matrix: { n: 1..4 } }\n", to: "tasks.yaml")
    }

    private func project() throws -> FleetProject { try FleetProject(at: folder.path) }

    private func value<Value>(_ result: HostResult<Value>?) throws -> Value {
        try #require(result).result.get()
    }

    @Test func checksHosts() async throws {
        let fleet = try project()
        #expect(try fleet.hosts == ["one", "two"])
        let checked = try await fleet.check()
        #expect(checked.map(\.host) == ["one", "two"])
        #expect(try value(checked.first).methods.contains(.native))
        await fleet.close()
    }

    @Test func runsCommands() async throws {
        let fleet = try project()
        let answers = try await fleet.execute(["echo", "hi"], on: .hosts(["two"]))
        #expect(answers.map(\.host) == ["two"])
        #expect(try value(answers.first).output == Array("hi\n".utf8))
        await #expect(throws: FleetError.self) { try await fleet.execute(["true"], on: .hosts(["nobody"])) }
        await fleet.close()
    }

    @Test func pushesAndRunsPackages() async throws {
        let fleet = try project()
        let pushed = try await fleet.push("hello", to: .all)
        #expect(try pushed.map { try $0.result.get().state } == [.pushed, .pushed])
        #expect(try await fleet.push("hello", to: .hosts(["one"])).map { try $0.result.get().state } == [.unchanged])
        let ran = try await fleet.run("hello", parameters: ["word": "x"], on: .hosts(["one"]))
        let result = try value(ran.first)
        #expect(result.method == .native && result.exit == 0 && result.metricsJSON == "{\"n\":3}")
        await fleet.close()
    }

    @Test func runsAndResumesTasks() async throws {
        let fleet = try project()
        let done = try await fleet.runTasks()
        #expect(done.tasks.count == 4)
        for task in done.tasks { #expect(throws: Never.self) { try task.result.get() } }
        let again = try await fleet.resume(done.run)
        #expect(again.run == done.run && again.tasks.count == 4)
        await fleet.close()
    }

    @Test func tellsWhatAnOperationDoes() async throws {
        let fleet = try project()
        let run = try fleet.startRun(of: "hello", on: .hosts(["one"]))
        var kinds: [FleetEvent.Kind] = []
        for await event in run.events { kinds.append(event.kind) }
        #expect(try await run.result.count == 1)
        #expect(kinds.first == .operationStarted && kinds.last == .operationEnded)
        for kind in [FleetEvent.Kind.hostConnected, .stepEnded, .runStarted, .attemptEnded, .output, .runEnded] {
            #expect(kinds.contains(kind), "\(kind)")
        }
        await fleet.close()
    }

    @Test func cancelsWhatItStarted() async throws {
        let fleet = try project()
        let sleep = try fleet.startExecution(of: ["sleep", "617.5"], on: .hosts(["one"]))
        for await event in sleep.events where event.kind == .stepStarted { break }
        #expect(await eventually { !Processes.running("sleep 617.5").isEmpty })
        sleep.cancel()
        let answers = try await sleep.result
        guard case .failure(let failure) = try #require(answers.first).result else {
            Issue.record("it was not cancelled")
            return
        }
        #expect(failure.kind == .cancelled)
        #expect(await eventually { Processes.running("sleep 617.5").isEmpty })
        await fleet.close()
    }

    /// Two front ends on one project: each hears of what the other one does, and may end it.
    @Test func seesAndCancelsWhatTheCommandLineStarted() async throws {
        let fleet = try project()
        let events = try await fleet.events()
        let program = Process()
        program.executableURL = URL(fileURLWithPath: Program.fleet)
        program.arguments = [
            "exec", "--project", folder.path, "--hosts", "one", "--events", "--", "sleep", "618.5",
        ]
        try folder.write("", to: "printed")
        program.standardOutput = FileHandle(forWritingAtPath: folder.path + "/printed")
        try program.run()
        var kinds: [FleetEvent.Kind] = []
        for await event in events {
            kinds.append(event.kind)
            if event.kind == .stepStarted, let operation = event.operation { try await fleet.cancel(operation) }
            if event.kind == .operationEnded { break }
        }
        program.waitUntilExit()
        #expect(program.terminationStatus == 130)
        let printed = try folder.read("printed").split(separator: "\n").compactMap { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["kind"] as? String
        }
        let durable = kinds.filter { $0 != .cancelRequested }.map(\.rawValue)
        #expect(printed.filter { $0 != "cancel-requested" && $0 != "output" } == durable)
        #expect(Processes.running("sleep 618.5").isEmpty)
        await fleet.close()
    }

    @Test func comesBackWhereItWas() async throws {
        let first = try project()
        let execution = try first.startExecution(of: ["true"], on: .hosts(["one"]))
        var seen: [String] = []
        for await event in execution.events { if let sequence = event.sequence { seen.append(sequence) } }
        await first.close()
        let second = try project()
        var again: [String] = []
        for await event in try await second.events(after: seen[1]) {
            if let sequence = event.sequence { again.append(sequence) }
            if event.kind == .operationEnded { break }
        }
        #expect(again == Array(seen[2...]))
        await second.close()
    }

    @Test func refusesWhatIsNoName() async throws {
        let fleet = try project()
        await #expect(throws: FleetError.self) { try await fleet.cancel("x") }
        await #expect(throws: FleetError.self) { _ = try await fleet.events(after: "x") }
        #expect(throws: FleetError.self) { try FleetProject(at: "/proc/nowhere") }
        await fleet.close()
    }

    @Test func theExamplePacksPushesSweepsAndCancels() async throws {
        let example = Program.fleet.replacingOccurrences(of: "/fleet", with: "/sweep-example", options: .backwards)
        let whole = try Program.text([example, folder.path, "hello"])
        #expect(whole.contains("two: 1.0.0-") && whole.contains("attempt-ended") && whole.contains("run 2"), "\(whole)")
        try folder.write("tasks:\n  - { name: long, command: 'sleep 619.5' }\n", to: "tasks.yaml")
        let cancelled = try Program.text([example, folder.path, "hello", "0.5"])
        #expect(cancelled.contains("that is enough") && cancelled.contains("long: cancelled"), "\(cancelled)")
        #expect(Processes.running("sleep 619.5").isEmpty)
    }
}
