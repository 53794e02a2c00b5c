import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage

/// One try of one task on one host, from the connection to the results at home.
struct TaskAttempt: Sendable {
    private static let collecting = Duration.seconds(3600)
    private static let discarding = Duration.seconds(20)
    /// What starting and following may take beside the worker's own time; the host ends the worker at its limit.
    private static let slack = Duration.seconds(60)

    let fleet: Fleet
    let request: RunRequest
    let host: Host
    let run: RunID
    let task: LedgerTask
    let ledger: Ledger
    let live: LineSplitter.Receiver

    /// - Returns: what came of it; failures are in the outcome.
    func perform() async -> TaskOutcome {
        var outcome = TaskOutcome(host: host.name)
        var attempt = Attempt(task: task.id, number: 1, host: host.name)
        do throws(Failure) {
            try await record(attempt)
            try await fleet.withShell(on: host) { shell throws(Failure) in
                try await perform(&attempt, &outcome, shell)
            }
        } catch {
            outcome.fail(error)
        }
        attempt.take(outcome)
        do throws(Failure) {
            try await record(attempt)
        } catch {
            outcome.fail(error)
        }
        return outcome
    }

    private func perform(
        _ attempt: inout Attempt, _ outcome: inout TaskOutcome, _ shell: RemoteShell
    ) async throws(Failure) {
        let facts = try await fleet.facts(of: host, shell)
        let choice = try MethodChoice(
            for: request.package.file, on: facts, engine: request.engine, method: request.method)
        (outcome.engine, outcome.method, outcome.reason) = (choice.engine.name, choice.method, choice.reason)
        (attempt.engine, attempt.method) = (choice.engine.name, choice.method.rawValue)
        try await provide(facts, shell)
        outcome.hasPackage = true

        attempt.state = .running
        attempt.started = .now
        try await record(attempt)
        do throws(Failure) {
            let trailer = try await follow(choice, attempt, shell)
            attempt.trailer = trailer.text
            outcome.duration = Self.elapsed(since: attempt.started)
            try await collect(attempt, trailer, &outcome, shell)
            judge(trailer, &outcome)
        } catch {
            // A connection that broke says nothing of the job, which is left to go on.
            if error.kind == .cancelled || error.kind == .timeOut { await discardLater(attempt) }
            throw error
        }
    }

    private static func elapsed(since start: Timestamp?) -> Duration? {
        start.map { .milliseconds(Timestamp.now.milliseconds - $0.milliseconds) }
    }

    /// Sees to it that the host has the version that is run.
    private func provide(_ facts: Facts, _ shell: RemoteShell) async throws(Failure) {
        let status = PackageStatus(facts, package: request.package.name)
        if PushPlan(for: request.package.version, on: status) == .nothing { return }
        guard request.pushesFirst else {
            let (has, wants) = (status.current ?? "–", request.package.version)
            throw Failure(
                .push, Message("the host has version \(has), not \(wants)"),
                hint: Message("push it first, or leave --no-push out"))
        }
        _ = try await fleet.push(request.package, to: host, status, shell)
    }

    // MARK: The job

    private func follow(
        _ choice: MethodChoice, _ attempt: Attempt, _ shell: RemoteShell
    ) async throws(Failure) -> JobTrailer {
        let splitter = LineSplitter(live)
        let result = try await shell.run(
            .start, words(choice, attempt), mark: "fleet-job-\(attempt.id)", input: .bytes(jobBytes(choice, attempt)),
            deadline: .after(request.timeout + Self.slack), live: { splitter.take($0, $1) })
        splitter.finish()
        switch result.status {
        case 0: break
        case 77:
            throw Failure(
                .noMethod, Message("the host can't make the Python environment: \(result.reason)"),
                hint: Message("choose another way with --method python"))
        case 70:
            await discardLater(attempt)
            throw Failure(
                .lost, Message("the job was killed on the host, together with what watches it"),
                hint: Message("the host may be out of memory, or somebody ended it there; run it again"))
        case nil:
            throw Failure(
                .lost, Message("what follows the job was killed on the host; the job itself may go on"),
                hint: Message("its folder there is \(host.rootWord.text)/runs/\(attempt.id)"))
        default:
            throw Failure(.lost, Message("the job did not start: \(result.reason)"))
        }
        guard let trailer = JobTrailer(in: result.errorText, nonce: result.nonce) else {
            throw Failure(.lost, Message("the job ended without its trailer"))
        }
        return trailer
    }

    private func words(_ choice: MethodChoice, _ attempt: Attempt) -> [ShellWord] {
        let package = request.package
        let limit = max(1, Int(request.timeout.seconds.rounded(.up)))
        let fixed: [ShellWord] = [
            host.rootWord, ShellWord(attempt.id), ShellWord("\(limit)"), ShellWord(choice.method.rawValue),
            ShellWord(package.name), ShellWord(package.version), ShellWord(choice.engine.requirements?.text ?? ""),
        ]
        let environment: [ShellWord] = [
            "env", ShellWord("FLEET_RUN=\(run)"), ShellWord("FLEET_TASK=\(attempt.task)"),
            ShellWord("FLEET_HOST=\(host.name)"), ShellWord("FLEET_ENGINE=\(choice.engine.name)"),
        ]
        let flags = request.parameters.flatMap { [ShellWord("--\($0.name)"), ShellWord($0.value.description)] }
        return fixed + environment + choice.engine.command + flags
    }

    private func jobBytes(_ choice: MethodChoice, _ attempt: Attempt) -> [UInt8] {
        let job = Job(
            run: run.text, task: attempt.task, attempt: attempt.number, host: host.name.text,
            package: request.package.name, version: request.package.version, engine: choice.engine.name,
            method: choice.method.rawValue, parameters: request.parametersJSON)
        guard let text = try? JSONText.encode(job) else { preconditionFailure("a job is plain JSON") }
        return Array(text.utf8)
    }

    // MARK: The results

    private func collect(
        _ attempt: Attempt, _ trailer: JobTrailer, _ outcome: inout TaskOutcome, _ shell: RemoteShell
    ) async throws(Failure) {
        let folder = "\(fleet.project.workFolder)/results/\(run)/\(host.name)"
        let archive = folder + ".tar"
        try Self.make(folder)
        let file = try DownloadFile(archive)
        let result = try await shell.run(
            .collect, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.collecting),
            live: { file.take($0, $1) })
        try file.finish()
        guard result.status == 0 else {
            throw Failure(.lost, Message("the results can't be read on the host: \(result.reason)"))
        }
        let extraction = try await Self.extract(archive, into: folder)
        try trailer.check(extraction)
        outcome.results = folder
        outcome.refused = extraction.refused.map(\.path)
        outcome.digest = extraction.digest
        outcome.metrics = Disk.text(folder + "/out/metrics.json").flatMap {
            try? JSONText.decode(JSONValue.self, from: $0.utf8)
        }
        // Everything is at home and whole: now the host may forget it.
        _ = try? await shell.run(
            .discard, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.discarding))
    }

    private static func make(_ folder: String) throws(Failure) {
        do {
            try Disk.makeFolder(folder)
        } catch {
            throw Failure(.lost, error.message, hint: error.hint)
        }
    }

    private static func extract(_ archive: String, into folder: String) async throws(Failure) -> Extraction {
        do {
            return try await ThreadExecutor.disk.run { () throws(PackageError) in
                try DownloadFile.extract(archive, into: folder)
            }
        } catch {
            throw Failure(.lost, error.message, hint: error.hint)
        }
    }

    private func judge(_ trailer: JobTrailer, _ outcome: inout TaskOutcome) {
        outcome.exit = trailer.status
        outcome.state = trailer.status == 0 ? .done : .failed
        let results = outcome.results ?? ""
        switch trailer.status {
        case 0: break
        case 124, 137:
            outcome.failure = Failure(
                .timeOut, Message("the worker was stopped at its time limit"),
                hint: Message("give it longer with --timeout"))
        case let status where trailer.signal != nil:
            let signal = status - 128
            outcome.failure = Failure(.signal, Message("the worker was killed by signal \(signal)"))
        default:
            outcome.failure = Failure(
                .exit, Message("the worker ended with status \(trailer.status)"),
                hint: Message("what it said is in \(results)/stderr"))
        }
    }

    /// Ends what is left of the job and removes its folder, also when this task is cancelled.
    private func discardLater(_ attempt: Attempt) async {
        let host = host
        await Task {
            _ = try? await fleet.withShell(on: host) { shell throws(Failure) in
                _ = try await shell.run(
                    .discard, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.discarding))
            }
        }.value
    }

    private func record(_ attempt: Attempt) async throws(Failure) {
        do {
            try await ledger.record(attempt)
        } catch {
            throw Failure(.lost, error.message, hint: error.hint)
        }
    }
}

extension TaskOutcome {
    fileprivate mutating func fail(_ failure: Failure) {
        self.failure = failure
        state =
            switch failure.kind {
            case .cancelled: .cancelled
            case .lost: .lost
            default: .failed
            }
    }
}

extension Attempt {
    fileprivate mutating func take(_ outcome: TaskOutcome) {
        state = outcome.state
        exit = outcome.exit
        ended = .now
        metrics = outcome.metrics
        resultDigest = outcome.digest
        results = outcome.results
        failure = outcome.failure
    }
}

extension JobTrailer {
    /// The files that came home are as long as the supervisor found them.
    fileprivate func check(_ extraction: Extraction) throws(Failure) {
        for (path, size) in [("stdout", outputSize), ("stderr", errorSize)] {
            let found = extraction.files.first { $0.path.text == path }?.size
            guard found == size else {
                throw Failure(
                    .lost, Message("\(path) came back with another length than it had on the host"),
                    hint: Message("run it again"))
            }
        }
    }
}
