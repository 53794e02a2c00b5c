import FleetBase
import FleetConfig
import FleetLedger

/// One try of one task on one host, from the connection to the results at home.
struct TaskAttempt: Sendable {
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
            // A connection that broke says nothing of the job, which is left to go on; and what a job has finished is
            // kept on the host until it is at home.
            let isUnfinished = attempt.trailer == nil
            if isUnfinished, error.kind == .cancelled || error.kind == .timeOut { await discardLater(attempt) }
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
