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
    /// Of the package, for hosts that ask for one.
    let proofs: Result<SignatureProof, Failure>
    let live: LineSplitter.Receiver

    /// - Returns: what came of it; failures are in the outcome.
    func perform() async -> TaskOutcome {
        var known: [EngineProblem] = []
        var before: TaskOutcome?
        while true {
            let outcome = await perform(number: known.count + 1, without: known)
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
        do throws(Failure) {
            try await record(attempt)
            try await fleet.withShell(on: host) { shell throws(Failure) in
                try await perform(&attempt, &outcome, without: known, shell)
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
        _ attempt: inout Attempt, _ outcome: inout TaskOutcome, without known: [EngineProblem], _ shell: RemoteShell
    ) async throws(Failure) {
        let facts = try await fleet.facts(of: host, shell)
        let choice = try await provide(facts, without: known, &attempt, &outcome, shell)

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

    /// Chooses a method, and sees to it that the host has what it takes; where an engine is there in name only, the next
    /// method is taken.
    private func provide(
        _ facts: Facts, without known: [EngineProblem], _ attempt: inout Attempt, _ outcome: inout TaskOutcome,
        _ shell: RemoteShell
    ) async throws(Failure) -> MethodChoice {
        var problems = EngineProblem.known(from: facts, for: request.package.file) + known
        var unusable = Set(problems.map(\.engine))
        while true {
            let choice = try choose(facts, unusable, problems)
            (outcome.engine, outcome.method, outcome.reason) = (choice.engine.name, choice.method, choice.reason)
            (attempt.engine, attempt.method) = (choice.engine.name, choice.method.rawValue)
            if !outcome.hasPackage { try await providePackage(facts, shell) }
            outcome.hasPackage = true
            guard choice.method.isContainer, let problem = try await provideImage(by: choice.method, shell) else {
                outcome.notes += problems.map(\.note)
                return choice
            }
            problems.append(problem)
            unusable.insert(choice.method)
        }
    }

    private func choose(
        _ facts: Facts, _ unusable: Set<FleetConfig.Method>, _ problems: [EngineProblem]
    ) throws(Failure) -> MethodChoice {
        do {
            return try MethodChoice(
                for: request.package.file, on: facts, engine: request.engine, method: request.method,
                imageArchitecture: request.package.image?.architecture, without: unusable)
        } catch {
            // Why the engine that was asked for is none is the better answer.
            guard let problem = problems.last(where: { request.method == nil || $0.engine == request.method }) else {
                throw error
            }
            throw Failure(.noMethod, problem.message, hint: problem.hint)
        }
    }

    /// Sees to it that the host has the version that is run.
    private func providePackage(_ facts: Facts, _ shell: RemoteShell) async throws(Failure) {
        let proof = try proofs.proof(for: host)
        let status = PackageStatus(facts, package: request.package.name)
        let isThere = PushPlan(for: request.package.version, on: status) == .nothing
        if isThere, !host.requireSigned { return }
        guard request.pushesFirst || isThere else {
            let (has, wants) = (status.current ?? "–", request.package.version)
            throw Failure(
                .push, Message("the host has version \(has), not \(wants)"),
                hint: Message("push it first, or leave --no-push out"))
        }
        _ = try await HostPush(
            fleet: fleet, package: request.package, host: host, shell: shell, proof: proof
        ).perform()
    }

    /// - Returns: why the engine is of no use; nil when it has the image.
    private func provideImage(
        by method: FleetConfig.Method, _ shell: RemoteShell
    ) async throws(Failure) -> EngineProblem? {
        let image = HostImage(package: request.package, host: host, shell: shell, engines: [method])
        do throws(Failure) {
            let outcome = try await image.provide(dryRun: !request.pushesFirst)
            if let problem = outcome.problems.last { return problem }
            guard outcome.state == .loaded || outcome.state == .unchanged else {
                return EngineProblem(engine: method, reason: outcome.state == .planned ? "no image" : "no answer")
            }
            return nil
        } catch  where error.kind == .push {
            return EngineProblem(engine: method, reason: error.message.text(in: .english))
        }
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

extension EngineProblem {
    /// What the probe found out already.
    fileprivate static func known(from facts: Facts, for package: PackageFile) -> [EngineProblem] {
        let wanted = package.engines.filter { $0.fits(package.image) }.flatMap(\.methods)
        guard wanted.contains(.docker), let reason = facts["docker_problem"] else { return [] }
        return [EngineProblem(engine: .docker, reason: reason)]
    }
}
