import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetLedger
import FleetReleases

/// One try of one task on one host, from the first command to the results at home.
struct TaskAttempt: Sendable {
    let fleet: Fleet
    let link: HostLink
    let request: RunRequest
    let run: RunID
    let task: LedgerTask
    let ledger: Ledger
    /// The package's signature, for hosts that ask for one.
    let proofs: Result<SignatureProof, Failure>
    /// Where the results go.
    let folder: String
    /// How long a host that is gone under a job may take to come back.
    var patience = Duration.seconds(60)
    var listener = AttemptListener()
    var rivals = AttemptRivals()
    /// The machine behind the host that has done the work, where that is another one.
    var node: String?

    var host: Host { link.host }
    var events: EventSource { fleet.events.on(host.name).of(run, task: task.name) }

    /// - Returns: what came of it; failures are in the outcome. Where a container can't start the next way is an attempt
    ///   of its own.
    func perform() async -> TaskOutcome {
        var known: [EngineProblem] = []
        var before: TaskOutcome?
        while true {
            let outcome = await perform(number: rivals.numbers.next(), without: known)
            if let before, outcome.failure?.kind == .noMethod { return before }
            // An engine may have the image and still be unable to start a container: the next way is taken, unless this
            // one was asked for.
            guard let problem = outcome.engineProblem, request.method == nil else { return outcome }
            known.append(problem)
            before = outcome
        }
    }

    private func perform(number: Int, without known: [EngineProblem]) async -> TaskOutcome {
        var outcome = TaskOutcome(host: host.name)
        var attempt = Attempt(task: task.id, number: number, host: host.name)
        outcome.attempt = number
        do throws(Failure) {
            try await record(attempt)
            let choice = try await provide(without: known, &attempt, &outcome)
            attempt.state = .running
            attempt.started = .now
            try rivals.control.starts(attempt.id)
            try await record(attempt)
            try await finish(&attempt, &outcome, try await start(choice, attempt))
        } catch {
            await leave(attempt, after: error)
            outcome.fail(error, by: attempt)
        }
        return await close(&attempt, outcome)
    }

    /// Goes on with an attempt that another master has begun.
    func takeUp(_ begun: Attempt) async -> TaskOutcome {
        var (attempt, outcome) = (begun, TaskOutcome(host: host.name))
        outcome.attempt = attempt.number
        outcome.engine = attempt.engine
        outcome.method = attempt.method.flatMap { FleetConfig.Method(rawValue: $0) }
        do throws(Failure) {
            try rivals.control.starts(attempt.id)
            try await finish(&attempt, &outcome, try await goOn(with: attempt, after: nil))
        } catch {
            await leave(attempt, after: error)
            outcome.fail(error, by: attempt)
        }
        return await close(&attempt, outcome)
    }

    /// From the trailer to the results at home.
    private func finish(
        _ attempt: inout Attempt, _ outcome: inout TaskOutcome, _ ending: JobEnding
    ) async throws(Failure) {
        attempt.trailer = ending.trailer.text
        outcome.duration = ending.trailer.wall ?? Self.elapsed(since: attempt.started)
        outcome.resources = ending.trailer.resources(node: node)
        try await bringHome(attempt, ending, &outcome)
        judge(ending.trailer, &outcome)
        judgeMissing(attempt, &outcome)
    }

    /// Writes down what came of it; the host forgets the job after that, and not before.
    private func close(_ attempt: inout Attempt, _ outcome: TaskOutcome) async -> TaskOutcome {
        var outcome = outcome
        let isDone = outcome.state == .done
        if isDone ? !rivals.claim.take() : rivals.control.isStopped || rivals.claim.isTaken { outcome.wasTooLate() }
        do throws(Failure) {
            try await settle(&attempt, &outcome)
        } catch {
            // The host still has it: it comes home another time.
            if isDone, outcome.state == .done { rivals.claim.giveBack() }
            outcome.fail(error, by: attempt)
        }
        guard attempt.trailer != nil else { return outcome }
        // What is not at home stays on the host until somebody says otherwise.
        let isAtHome = outcome.state != .lost && ![.incomplete, .limit].contains(outcome.failure?.kind)
        if isAtHome { await link.discard(attempt.id) } else { await link.keep(attempt.id) }
        return outcome
    }

    /// A connection that broke says nothing of the job, which is left to go on; and what a job has finished is kept on
    /// the host until it is at home.
    private func leave(_ attempt: Attempt, after error: Failure) async {
        let isUnfinished = attempt.started != nil && attempt.trailer == nil
        let isOver = error.kind == .cancelled || error.kind == .timeOut || error.isDeath
        if isUnfinished, isOver { await discardLater(attempt) }
    }

    private static func elapsed(since start: Timestamp?) -> Duration? {
        start.map { .milliseconds(Timestamp.now.milliseconds - $0.milliseconds) }
    }

}

extension TaskOutcome {
    /// - Parameter attempt: its job may go on where nobody sees it, or have results that are not at home.
    fileprivate mutating func fail(_ failure: Failure, by attempt: Attempt? = nil) {
        self.failure = failure
        state =
            switch failure.kind {
            case .cancelled: .cancelled
            case .lost where failure.isDeath: .failed
            case .lost: .lost
            case .master: attempt?.trailer == nil ? .failed : .lost
            case .unreachable, .refused, .noAnswer, .auth, .hostKey: attempt?.started == nil ? .failed : .lost
            default: .failed
            }
    }

    mutating func wasTooLate() {
        fail(.tooLate)
        metrics = nil
    }
}
