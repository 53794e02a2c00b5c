import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
import Glibc
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// Queues of tasks on folders of this machine: real shells, real jobs, the real ledger.
@Suite struct TaskQueueTests {
    private func fixture(_ tasks: String, hosts: [String] = ["one", "two"]) throws -> EngineFixture {
        let fixture = try EngineFixture(hosts: hosts)
        try fixture.folder.write(tasks, to: "tasks.yaml")
        return fixture
    }

    private struct Played {
        let run: RunID
        let results: [QueueResult]
        let tasks: [PlannedTask]
        let ledger: Ledger
    }

    private func play(
        _ fixture: EngineFixture, _ options: QueueOptions = QueueOptions(), environment: [String: String] = [:],
        by fleet: Fleet? = nil
    ) async throws -> Played {
        let ledger = try fixture.ledger()
        let file = try TasksFile(file: fixture.folder.path + "/tasks.yaml")
        var packages: [BuiltPackage] = []
        for name in Set(file.tasks.compactMap(\.package)) { packages.append(try await fixture.builder.build(name)) }
        let run = Run(command: "fleet tasks run")
        let plan = QueuePlan(
            fixture.fleet.project, packages: packages, environment: environment, home: fixture.folder.path,
            usual: try await ledger.usualDurations())
        let tasks = try plan.tasks(file.expanded, run: run.id)
        try await ledger.begin(run, tasks: tasks.map(\.record))
        let queue = try await TaskQueue(
            fleet ?? fixture.fleet, run.id, tasks, on: fixture.hosts, ledger: ledger, options: options)
        return Played(run: run.id, results: await queue.observe(), tasks: tasks, ledger: ledger)
    }

    private func text(_ result: QueueResult, _ file: String) throws -> String {
        let folder = try #require(result.outcome?.results)
        return try #require(Disk.text("\(folder)/\(file)"))
    }

    private func leftovers(_ fixture: EngineFixture) -> [String] {
        fixture.hosts.flatMap { Disk.folders(in: fixture.folder.path + "/homes/\($0.name)/.fleet/runs") }
    }

    @Test func runsEveryTaskOnce() async throws {
        let fixture = try fixture("tasks: [{ name: say, command: 'echo $N', matrix: { n: 1..20 } }]")
        var options = QueueOptions()
        options.duplicates = false
        let played = try await play(fixture, options)
        #expect(played.results.allSatisfy { $0.isDone })
        for (index, result) in played.results.enumerated() { #expect(try text(result, "stdout") == "\(index + 1)\n") }
        let attempts = try await played.ledger.attempts(of: played.run)
        #expect(attempts.count == 20 && attempts.allSatisfy { $0.state == .done })
        #expect(leftovers(fixture).isEmpty)
    }

    /// `timeout: 300%`: a task may take three times as long as the others of its kind took, and a second at least.
    @Test func endsATaskThatTakesMuchLongerThanItsLike() async throws {
        let fixture = try fixture(
            """
            tasks:
              - name: nap
                command: 'if [ "$N" = 5 ]; then sleep 20; fi; sleep 0.1'
                matrix: { n: 1..5 }
                timeout: 300%
                retries: 0
            """, hosts: ["one"])
        var options = QueueOptions()
        options.duplicates = false
        let played = try await play(fixture, options)
        #expect(played.results.dropLast().allSatisfy { $0.isDone })
        #expect(played.results.last?.outcome?.failure?.kind == .timeOut)
    }

    @Test func runsPackagesWithParameters() async throws {
        let fixture = try fixture("tasks: [{ package: hello, matrix: { do: [greet, large] } }]")
        let played = try await play(fixture)
        #expect(played.results.allSatisfy { $0.isDone })
        #expect(played.results[0].outcome?.metrics == .object(["greetings": .integer(1)]))
        #expect(try text(played.results[1], "out/large").utf8.count == 3_000_000)
    }

    @Test func handsResultsOn() async throws {
        let fixture = try fixture(
            """
            tasks:
              - { name: total, command: 'cat inputs/*/number | sort', after: count }
              - { name: count, command: 'echo $N >out/number', matrix: { n: [7, 5] } }
            """)
        let played = try await play(fixture)
        #expect(try text(played.results[0], "stdout") == "5\n7\n")
    }

    @Test func sendsInputsAndBringsOutputs() async throws {
        let fixture = try fixture(
            """
            tasks:
              - { name: turn, command: 'rev data/text >turned.txt; echo no >other', inputs: [data], outputs: ['*.txt'] }
            """)
        try fixture.folder.write("olleh\n", to: "data/text")
        let played = try await play(fixture)
        #expect(try text(played.results[0], "turned.txt") == "hello\n")
        let folder = try #require(played.results[0].outcome?.results)
        #expect(!Disk.exists("\(folder)/other"))
    }

    @Test func givesASecretToTheWorkerAlone() async throws {
        let fixture = try fixture(
            """
            tasks:
              - name: secret
                command: cat; cat ../job.json >out/job; cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' ' >out/arguments; env
                secrets: { TOKEN: { env: MINE }, OTHER: { command: echo hidden } }
            """)
        let played = try await play(fixture, environment: ["MINE": "sesame-8761"])
        let output = try text(played.results[0], "stdout")
        #expect(output.contains("\"TOKEN\":\"sesame-8761\"") && output.contains("\"OTHER\":\"hidden\""))
        #expect(output.split(separator: "\n").count { $0.contains("sesame-8761") } == 1)
        for file in ["out/job", "out/arguments"] {
            #expect(try !text(played.results[0], file).contains("sesame-8761"), "\(file)")
        }
        let record = try await played.ledger.tasks(of: played.run)[0]
        #expect(!String(describing: record).contains("sesame-8761"))
    }

    @Test func repeatsWhatFails() async throws {
        let fixture = try fixture(
            """
            tasks:
              - { name: twice, command: 'test -e ../../was-here || { : >../../was-here; exit 3; }', retries: 1 }
              - { name: never, command: exit 4 }
              - { name: after, command: 'true', after: never }
            """, hosts: ["one"])
        let played = try await play(fixture)
        #expect(played.results.map(\.isDone) == [true, false, false])
        #expect(played.results[0].attempts == 2 && played.results[1].failure?.kind == .exit)
        #expect(played.results[2].failure?.kind == .cancelled && played.results[2].attempts == 0)
    }

    @Test func otherHostsTakeWhatADeadOneCannot() async throws {
        let fixture = try fixture(
            "tasks: [{ name: say, command: echo hi, matrix: { n: 1..6 } }]", hosts: ["dead", "one"])
        let played = try await play(fixture)
        #expect(played.results.allSatisfy { $0.isDone && $0.outcome?.host.text == "one" })
    }

    @Test func tellsWhyNoHostRunsATask() async throws {
        let fixture = try fixture(
            """
            tasks:
              - { name: large, command: 'true', needs: { memory: 900T } }
              - { name: fine, command: 'true' }
            """)
        let played = try await play(fixture)
        #expect(played.results.map(\.isDone) == [false, true])
        let failure = try #require(played.results[0].failure)
        #expect(failure.kind == .noMethod && failure.message.text(in: .english).contains("one: "))
    }

    @Test func recordsWhatATaskTook() async throws {
        let code = "x = bytearray(60 << 20)\nimport time\nwhile time.process_time() < 1.2: pass"
        let fixture = try EngineFixture(hosts: ["one"])
        try fixture.folder.write(
            "tasks:\n  - name: busy\n    python: |\n" + code.split(separator: "\n").map { "      \($0)\n" }.joined(),
            to: "tasks.yaml")
        let played = try await play(fixture)
        let resources = try #require(played.results[0].outcome?.resources)
        guard case .number(let user) = resources["user_seconds"],
            case .number(let system) = resources["system_seconds"],
            case .integer(let peak) = resources["peak_memory"]
        else {
            Issue.record("\(resources)")
            return
        }
        #expect(user + system > 1 && peak > 60 << 20)
    }

    @Test func killsTheSlowerOfTwoAttempts() async throws {
        // The first attempt of the last task hangs on host one; the second one comes through at once.
        let fixture = try fixture(
            """
            tasks:
              - name: race
                command: '[ $N = 9 ] && mkdir ../../../../../first 2>/dev/null && exec sleep 600; true'
                matrix: { n: 1..9 }
            """)
        let played = try await play(fixture)
        #expect(played.results.allSatisfy { $0.isDone })
        let attempts = try await played.ledger.attempts(of: played.run)
        #expect(attempts.count { $0.state == .done } == 9)
        #expect(leftovers(fixture).isEmpty)
        #expect(Processes.withArguments(holding: "fleet-job-\(played.run)").isEmpty)
    }

    /// A master that was killed has left everything there is: jobs that ended, that run, and that died.
    @Test func takesUpWhatAnotherMasterHasBegun() async throws {
        let fixture = try fixture("tasks: [{ name: say, command: 'echo $N; sleep 0.5', matrix: { n: 1..4 } }]")
        let ledger = try fixture.ledger()
        let run = Run(command: "fleet tasks run")
        let plan = QueuePlan(fixture.fleet.project, packages: [], environment: [:], home: "/", usual: [:])
        let file = try TasksFile(file: fixture.folder.path + "/tasks.yaml")
        let tasks = try plan.tasks(file.expanded, run: run.id)
        try await ledger.begin(run, tasks: tasks.map(\.record))
        // The first task was done to the end, the second only started, the third never got to its host.
        for index in 0..<3 {
            var attempt = Attempt(task: tasks[index].record.id, number: 1, host: fixture.hosts[0].name)
            attempt.state = .running
            attempt.started = .now
            try await ledger.record(attempt)
            guard index < 2 else { continue }
            let words: [ShellWord] = [
                fixture.hosts[0].rootWord, ShellWord(attempt.id), "60", "k", "native", "", "", "", "0", "", "", "sh",
                "-c",
                ShellWord("echo \(index + 1); sleep \(index * 2)"),
            ]
            let job = Task {
                try await fixture.fleet.withShell(on: fixture.hosts[0]) { shell throws(Failure) in
                    _ = try await shell.run(
                        .start, words, input: .bytes(Array("{}\n".utf8)), deadline: .after(.seconds(60)))
                }
            }
            if index == 0 { _ = try await job.value }
            let trace = fixture.folder.path + "/homes/one/.fleet/runs/\(attempt.id)/pid"
            #expect(await eventually { Disk.exists(trace) })
        }
        var options = QueueOptions()
        (options.isResumed, options.duplicates) = (true, false)
        let queue = try await TaskQueue(
            fixture.fleet, run.id, tasks, on: fixture.hosts, ledger: ledger, options: options)
        let results = await queue.observe()
        #expect(results.allSatisfy { $0.isDone })
        for (index, result) in results.enumerated() { #expect(try text(result, "stdout") == "\(index + 1)\n") }
        let attempts = try await ledger.attempts(of: run.id)
        #expect(attempts.map(\.number) == [1, 1, 1, 2, 1])
        #expect(attempts.count { $0.state == .done } == 4)
        #expect(leftovers(fixture).isEmpty)
    }

    @Test func whatIsNewBeforeATaskMakesItNew() throws {
        func keys(_ word: String) throws -> [Digest] {
            let text = """
                tasks:
                  - { name: last, command: cat inputs/*/stdout, after: first }
                  - { name: first, command: echo \(word) }
                  - { name: other, command: 'true' }
                """
            let plan = QueuePlan(Project(folder: "/"), packages: [], environment: [:], home: "/", usual: [:])
            let tasks = try TasksFile(parsing: text, file: "tasks.yaml").expanded
            return try plan.tasks(tasks, run: Run(command: "").id).map(\.record.key)
        }
        let (one, two) = (try keys("one"), try keys("two"))
        #expect(one[0] != two[0] && one[1] != two[1] && one[2] == two[2])
    }

    @Test func onlyOneMasterWorksOnARun() throws {
        let project = Project(folder: try TemporaryFolder().path)
        let run = Run(command: "").id
        let lock = try RunLock(run, in: project)
        for _ in 0..<2 { #expect(throws: EngineError.self) { try RunLock(run, in: project) } }
        #expect(RunLock.isHeld(run, in: project) && RunLock.owner(of: run, in: project) == getpid())
        withExtendedLifetime(lock) {}
    }

    /// The number in a lock's file may be that of a process which has nothing to do with the run: it must get no signal.
    @Test func ownsARunOnlyWhoReallyHasItsLock() throws {
        let project = Project(folder: try TemporaryFolder().path)
        let run = Run(command: "").id
        let path = "\(project.workFolder)/runs/\(run).lock"
        let stranger = try #require(ChildProcess.spawn(["/bin/sleep", "600"]))
        defer {
            kill(stranger, SIGKILL)
            _ = ChildProcess.wait(stranger)
        }
        do {
            let lock = try RunLock(run, in: project)
            try Disk.write(Array("\(stranger)\n".utf8), to: path)
            #expect(RunLock.isHeld(run, in: project) && RunLock.owner(of: run, in: project) == nil)
            withExtendedLifetime(lock) {}
        }
        #expect(!RunLock.isHeld(run, in: project) && Disk.text(path) == "")
    }

    /// Of two attempts that an earlier master has left, the one that succeeds counts.
    @Test func takesUpBothOfTwoAttempts() async throws {
        let fixture = try fixture("tasks: [{ name: race, command: 'echo never' }]")
        let ledger = try fixture.ledger()
        let run = Run(command: "fleet tasks run")
        let plan = QueuePlan(fixture.fleet.project, packages: [], environment: [:], home: "/", usual: [:])
        let tasks = try plan.tasks(try TasksFile(file: fixture.folder.path + "/tasks.yaml").expanded, run: run.id)
        try await ledger.begin(run, tasks: tasks.map(\.record))
        for (host, code) in zip(fixture.hosts, ["sleep 600", "sleep 1; echo GOOD"]) {
            let number = host.name.text == "one" ? 1 : 2
            var attempt = Attempt(task: tasks[0].record.id, number: number, host: host.name)
            (attempt.state, attempt.started) = (.running, .now)
            try await ledger.record(attempt)
            let words: [ShellWord] = [
                host.rootWord, ShellWord(attempt.id), "900", "k", "native", "", "", "", "0", "", "", "sh", "-c",
                ShellWord(code),
            ]
            Task {
                try? await fixture.fleet.withShell(on: host) { shell throws(Failure) in
                    _ = try await shell.run(.start, words, input: ScriptHost.job, deadline: .after(.seconds(900)))
                }
            }
            let trace = "\(fixture.folder.path)/homes/\(host.name)/.fleet/runs/\(attempt.id)/pid"
            #expect(await eventually { Disk.exists(trace) })
        }
        var options = QueueOptions()
        (options.isResumed, options.duplicates) = (true, false)
        let queue = try await TaskQueue(
            fixture.fleet, run.id, tasks, on: fixture.hosts, ledger: ledger, options: options)
        let results = await queue.observe()
        #expect(results[0].isDone && results[0].outcome?.attempt == 2)
        #expect(try text(results[0], "stdout") == "GOOD\n")
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [.cancelled, .done])
        #expect(leftovers(fixture).isEmpty)
        #expect(Processes.withArguments(holding: "fleet-job-\(run.id)").isEmpty)
    }

    private func resultFolders(_ fixture: EngineFixture, of run: RunID) -> [String] {
        Disk.folders(in: "\(fixture.fleet.project.workFolder)/results/\(run)")
    }

    /// The first attempt's results can't be read on the host, the second one's can.
    @Test func leavesNothingOfResultsThatDidNotCome() async throws {
        let fixture = try fixture(
            """
            tasks:
              - { name: say, command: 'mkdir ../../../../../first 2>/dev/null && rm ../stdout; echo x >out/file' }
            """)
        var options = QueueOptions()
        options.duplicates = false
        let played = try await play(fixture, options)
        #expect(played.results[0].isDone && played.results[0].outcome?.attempt == 2)
        #expect(resultFolders(fixture, of: played.run) == ["say.1"])
        #expect(leftovers(fixture).isEmpty)
    }

    /// The work is done and its results are there: a connection that breaks is no reason to do it again.
    @Test func bringsHomeWhatAConnectionBrokeUnder() async throws {
        let fixture = try fixture(
            "tasks: [{ name: say, command: 'echo x >>../../../../../starts; echo x >out/file' }]", hosts: ["one"])
        let breaking = BreakingHost(fixture.transport, breaks: 2) { $0.contains("tar -cf - stdout stderr") }
        let fleet = Fleet(project: fixture.fleet.project, inventory: fixture.fleet.inventory, ssh: breaking)
        let played = try await play(fixture, by: fleet)
        #expect(played.results[0].isDone && played.results[0].attempts == 1)
        #expect(try fixture.folder.read("homes/starts") == "x\n")
        #expect(try text(played.results[0], "out/file") == "x\n")
        #expect(breaking.breaksLeft == 0 && resultFolders(fixture, of: played.run) == ["say.1"])
        #expect(leftovers(fixture).isEmpty)
    }

    /// A master was killed while results came, and the task's result came from elsewhere.
    @Test func removesWhatAnEarlierMasterWasBringingHome() async throws {
        let fixture = try fixture("tasks: [{ name: say, command: echo hi, matrix: { n: 1..2 } }]")
        let played = try await play(fixture)
        let folder = "\(fixture.fleet.project.workFolder)/results/\(played.run)"
        try Disk.makeFolder("\(folder)/say.1.part-7/out")
        try Disk.write("half", to: "\(folder)/say.1.part-7.tar")
        try Disk.makeFolder("\(folder)/other.part-1")
        var options = QueueOptions()
        options.isResumed = true
        let queue = try await TaskQueue(
            fixture.fleet, played.run, played.tasks, on: fixture.hosts, ledger: played.ledger, options: options)
        #expect(await queue.observe().allSatisfy { $0.isDone })
        #expect(resultFolders(fixture, of: played.run) == ["other.part-1", "say.1", "say.2"])
    }
}
