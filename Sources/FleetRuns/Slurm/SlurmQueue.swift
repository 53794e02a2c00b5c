import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetReleases

/// Has Slurm run all tasks of a run, and brings their results home: submits what can be submitted, looks how it stands,
/// collects what has ended, until every task is done or will never be.
struct SlurmQueue: StartedRun {
    /// How long a login host or a controller that does not answer is waited for; the jobs go on meanwhile.
    private static let patience = Duration.seconds(600)
    private static let asking = Duration.seconds(60)
    /// What a slow connection carries in a second, in bytes.
    private static let slowest = 100_000.0
    private static let pauses = (first: Duration.milliseconds(500), longest: Duration.seconds(5))

    let fleet: Fleet
    let run: RunID
    let tasks: [PlannedTask]
    /// The tasks' names, by their ids.
    let names: [String: String]
    let options: SlurmOptions
    let link: HostLink
    let ledger: Ledger
    let proofs: [String: Result<SignatureProof, Failure>]
    /// What an earlier master has left.
    let history: QueueHistory
    let tell: @Sendable (QueueEvent) -> Void

    var host: Host { link.host }

    func observe() async -> [QueueResult] {
        var state = SlurmState(tasks, history)
        do throws(Failure) {
            try await work(&state)
            await end(state)
        } catch {
            let later = Message("go on with: fleet runs resume \(run.text)")
            state.giveUp(error.kind.mayPass ? Failure(error.kind, error.message, hint: later) : error)
            // What Slurm has goes on, for whoever takes the run up, unless a person has cancelled it.
            if error.kind == .cancelled { await end(state) }
        }
        return state.results
    }

    private func work(_ state: inout SlurmState) async throws(Failure) {
        var pause = Self.pauses.first
        var deadline: Deadline?
        repeat {
            let before = state.progress
            do throws(Failure) {
                try await look(&state)
                try await submit(&state)
                deadline = nil
            } catch {
                guard error.kind.mayPass, !Task.isCancelled else { throw Task.isCancelled ? .cancelled : error }
                tell(.absent(host.name, error))
                let end = deadline ?? .after(Self.patience)
                guard !end.hasPassed, await link.wasReached else { throw error }
                deadline = end
            }
            tell(.progress(state.progress))
            guard !state.isFinished else { return }
            pause = state.progress == before ? min(pause * 1.5, Self.pauses.longest) : Self.pauses.first
            try? await Task.sleep(for: pause)
            if Task.isCancelled { throw .cancelled }
        } while true
    }

    // MARK: Looking

    private func look(_ state: inout SlurmState) async throws(Failure) {
        let names = Set(state.open.keys.map { $0.array(in: run) }).sorted().joined(separator: ",")
        var finished = state.finished
        if !finished.isEmpty, await !link.stores.results.settle() { finished = [] }
        let input = finished.map { $0.name + "\n" }.joined()
        let answer = SlurmAnswer(
            try await ask(.slurmPoll, [ShellWord(names)], input: .bytes(Array(input.utf8))))
        state.finished.removeAll { finished.contains($0) }
        let (started, missing) = state.hear(answer)
        for job in started {
            guard let attempt = state.open[job]?.attempt else { continue }
            try await record(attempt)
            tell(.started(task: job.position - 1, on: host.name))
        }
        try await collect(answer.ended, &state)
        if !missing.isEmpty { try await explain(missing, &state) }
    }

    /// Runs one of the scripts for Slurm.
    ///
    /// - Parameter words: what comes behind the root and the run.
    func ask(
        _ script: Script, _ words: [ShellWord], input: CommandLine.Input = .none, refusal: Int32? = nil
    ) async throws(Failure) -> RemoteResult {
        let all = [host.rootWord, ShellWord(run.text)] + words
        var limit = Self.asking
        if case .bytes(let bytes) = input { limit += .seconds(Double(bytes.count) / Self.slowest) }
        let result = try await link.withShell { [limit] shell throws(Failure) in
            try await shell.run(script, all, input: input, deadline: .after(limit))
        }
        switch result.status {
        case 0:
            // Half an answer would be taken for all that there is.
            _ = try HostAnswer(result)
            return result
        case let status where status == refusal: return result
        case 69:
            throw Failure(
                .noMethod, Message("there is no Slurm on the login host: \(result.reason)"),
                hint: Message("name a host on which sbatch works with --login"))
        case 75, nil: throw Failure(.lost, Message("Slurm does not answer: \(result.reason)"))
        default: throw Failure(.start, Message("the login host can't work for Slurm: \(result.reason)"))
        }
    }

    // MARK: The end

    /// Leaves nothing in Slurm's queue nor on the login host, also after a cancellation.
    private func end(_ state: SlurmState) async {
        await Task {
            do throws(Failure) {
                let known = try await attempts()
                try await fleet.endSlurm(known, of: run, over: link)
                for attempt in known where !attempt.state.isFinal { try await record(attempt.cancelled()) }
            } catch {
                let host = host.name
                let note = Message("the rest stays there for now; remove it later with: fleet runs cancel \(run.text)")
                tell(.left(host, [error.message, note]))
            }
        }.value
    }

    private func attempts() async throws(Failure) -> [Attempt] {
        do {
            return try await ledger.attempts(of: run)
        } catch {
            throw Failure(.exit, error.message, hint: error.hint)
        }
    }

    func record(_ attempt: Attempt) async throws(Failure) {
        do {
            try await ledger.record(attempt)
            fleet.events.on(attempt.host).of(run, task: names[attempt.task]).tell(attempt)
        } catch {
            throw Failure(.exit, error.message, hint: error.hint)
        }
    }
}
