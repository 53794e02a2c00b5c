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
    /// Of the package, for hosts that ask for one.
    let proofs: Result<SignatureProof, Failure>
    /// Where the results go.
    let folder: String
    /// How long a host that is gone under a job may take to come back.
    var patience = Duration.seconds(60)
    let live: LineSplitter.Receiver
    /// Whether who gets the output is behind with it.
    var isBehind: (@Sendable () -> Bool)?
    /// Takes the place of `live` for the standard output.
    var output: LiveOutput?
    var numbers = AttemptNumbers()
    /// A success counts when nobody was faster.
    var claim = ClaimedTasks()[0]
    var control = AttemptControl()
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
            let outcome = await perform(number: numbers.next(), without: known)
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
            try control.starts(attempt.id)
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
            try control.starts(attempt.id)
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
        if isDone ? !claim.take() : control.isStopped || claim.isTaken { outcome.wasTooLate() }
        do throws(Failure) {
            try await settle(&attempt, &outcome)
        } catch {
            // The host still has it: it comes home another time.
            if isDone, outcome.state == .done { claim.giveBack() }
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

    // MARK: What the host needs

    /// Sees to it that the host can run the task, and runs nothing.
    ///
    /// - Parameter known: engines that can't be used there.
    func prepare(without known: [EngineProblem] = []) async throws(Failure) -> MethodChoice {
        var (attempt, outcome) = (Attempt(task: task.id, number: 1, host: host.name), TaskOutcome(host: host.name))
        return try await provide(without: known, &attempt, &outcome)
    }

    /// Chooses a method, and sees to it that the host has what it takes; where an engine is there in name only, the next
    /// method is taken.
    private func provide(
        without known: [EngineProblem], _ attempt: inout Attempt, _ outcome: inout TaskOutcome
    ) async throws(Failure) -> MethodChoice {
        let facts = try await link.facts()
        guard let package = request.package else {
            let choice = try MethodChoice(request.work, on: facts)
            take(choice, &attempt, &outcome)
            return choice
        }
        var problems = EngineProblem.known(from: facts, for: package) + known
        var unusable = Set(problems.map(\.engine))
        while true {
            let choice = try choose(package, facts, unusable, problems)
            take(choice, &attempt, &outcome)
            if !outcome.hasPackage { try await providePackage(package, facts) }
            outcome.hasPackage = true
            guard choice.method.isContainer, let problem = try await provideImage(of: package, for: choice)
            else {
                outcome.notes += problems.map(\.note)
                return choice
            }
            problems.append(problem)
            unusable.insert(choice.method)
        }
    }

    private func take(_ choice: MethodChoice, _ attempt: inout Attempt, _ outcome: inout TaskOutcome) {
        (outcome.engine, outcome.method, outcome.reason) = (choice.engine.name, choice.method, choice.reason)
        (attempt.engine, attempt.method) = (choice.engine.name, choice.method.rawValue)
    }

    private func choose(
        _ package: BuiltPackage, _ facts: Facts, _ unusable: Set<FleetConfig.Method>, _ problems: [EngineProblem]
    ) throws(Failure) -> MethodChoice {
        do {
            return try MethodChoice(
                for: package.file, on: facts, engine: request.engine, method: request.method,
                images: package.imageArchitectures, without: unusable)
        } catch {
            // Why the engine that was asked for is none is the better answer.
            guard let problem = problems.last(where: { request.method == nil || $0.engine == request.method }) else {
                throw error
            }
            throw Failure(.noMethod, problem.message, hint: problem.hint)
        }
    }

    /// Sees to it that the host has the version that is run.
    private func providePackage(_ package: BuiltPackage, _ facts: Facts) async throws(Failure) {
        let (fleet, link, pushesFirst) = (fleet, link, request.pushesFirst)
        let proof = try proofs.proof(for: host)
        try await link.prepare("package \(package.name) \(package.version)") { () async throws(Failure) in
            let status = PackageStatus(facts, package: package.name)
            let isThere = PushPlan(for: package.version, on: status) == .nothing
            if isThere, !link.host.requireSigned { return }
            guard pushesFirst || isThere else {
                let (has, wants) = (status.current ?? "–", package.version)
                throw Failure(
                    .push, Message("the host has version \(has), not \(wants)"),
                    hint: Message("push it first, or leave --no-push out"))
            }
            try await link.withShell { shell throws(Failure) in
                _ = try await HostPush(
                    project: fleet.project, package: package, host: link.host, shell: shell, proof: proof,
                    deltas: link.stores.deltas, isOfRun: true
                ).perform()
            }
        }
    }

    /// - Returns: why the engine is of no use; nil when it has the image.
    private func provideImage(
        of package: BuiltPackage, for choice: MethodChoice
    ) async throws(Failure) -> EngineProblem? {
        let (link, pushesFirst, method) = (link, request.pushesFirst, choice.method)
        guard let image = package.image(of: choice.engine) else { return nil }
        do throws(Failure) {
            return try await link.prepare("image \(image.reference) \(method)") { () async throws(Failure) in
                try await link.withShell { shell throws(Failure) in
                    let outcome = try await HostImage(
                        package: package, images: [image], host: link.host, shell: shell, engines: [method]
                    )
                    .provide(dryRun: !pushesFirst)
                    if let problem = outcome.problems.last { return problem }
                    guard outcome.state == .loaded || outcome.state == .unchanged else {
                        return EngineProblem(
                            engine: method,
                            reason: outcome.state == .planned ? EngineProblem.noImage : "no answer")
                    }
                    return nil
                }
            }
        } catch  where error.kind == .push {
            return EngineProblem(engine: method, reason: error.message.text(in: .english))
        }
    }

    // MARK: What is written down

    /// Writes down what came of it, with the results in their place: of attempts of one task that end within the same
    /// moment one is first, and the others have found that out before they change anything.
    private func settle(_ attempt: inout Attempt, _ outcome: inout TaskOutcome) async throws(Failure) {
        if let part = outcome.results, outcome.state == .done || outcome.state == .failed {
            let (folder, replaced) = (folder, part + ".old")
            outcome.results = folder
            attempt.take(outcome)
            do throws(Failure) {
                let settled = attempt
                let settlement = try await writing { () async throws(LedgerError) in
                    try await ledger.settle(settled) { Self.place(part, at: folder, replaced: replaced) }
                }
                switch settlement {
                case .settled:
                    events.tell(settled)
                    return await ThreadExecutor.disk.run { Disk.remove(replaced) }
                case .unplaced(let failure): throw failure
                case .tooLate(let winner):
                    outcome.results = part
                    outcome.wasTooLate()
                    return try await drop(&attempt, &outcome, for: settled.state == .done ? winner : nil)
                }
            } catch {
                if Disk.exists(part) { outcome.results = part }
                throw error
            }
        }
        try await drop(&attempt, &outcome)
    }

    /// Writes down an end whose results are nobody's.
    ///
    /// - Parameter winner: the attempt whose success is the task's, another master's: it stands for this one.
    private func drop(
        _ attempt: inout Attempt, _ outcome: inout TaskOutcome, for winner: Attempt? = nil
    ) async throws(Failure) {
        if let part = outcome.results { await ThreadExecutor.disk.run { Disk.remove(part) } }
        outcome.results = nil
        attempt.take(outcome)
        try await record(attempt)
        if let winner { outcome = TaskOutcome(winner) }
    }

    private func record(_ attempt: Attempt) async throws(Failure) {
        try await writing { () async throws(LedgerError) in try await ledger.record(attempt) }
        events.tell(attempt)
    }

    private func writing<Value: Sendable>(
        _ body: () async throws(LedgerError) -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await body()
        } catch {
            // A ledger that is damaged, or on a full disk, is no better the next time.
            throw Failure(error.code == .locked ? .lost : .master, error.message, hint: error.hint)
        }
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

    fileprivate mutating func wasTooLate() {
        fail(.tooLate)
        metrics = nil
    }
}

extension Attempt {
    fileprivate mutating func take(_ outcome: TaskOutcome) {
        state = outcome.state
        exit = outcome.exit
        // How long the worker ran its host knows; the master may have been away meanwhile.
        ended = started.flatMap { start in outcome.duration.map { start.adding($0) } } ?? .now
        metrics = outcome.metrics
        resources = outcome.resources
        resultDigest = outcome.digest
        results = outcome.results
        failure = outcome.failure
    }
}

extension EngineProblem {
    /// What the probe found out already.
    fileprivate static func known(from facts: Facts, for package: BuiltPackage) -> [EngineProblem] {
        let wanted = package.file.engines.filter { package.image(of: $0) != nil }.flatMap(\.methods)
        guard wanted.contains(.docker), let reason = facts["docker_problem"] else { return [] }
        return [EngineProblem(engine: .docker, reason: reason)]
    }
}
