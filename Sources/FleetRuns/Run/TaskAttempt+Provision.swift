import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetReleases

/// What the host needs before the job can start: a way to run it, the package, its image.
extension TaskAttempt {
    /// Sees to it that the host can run the task, and runs nothing.
    ///
    /// - Parameter known: engines that can't be used there.
    func prepare(without known: [EngineProblem] = []) async throws(Failure) -> MethodChoice {
        var (attempt, outcome) = (Attempt(task: task.id, number: 1, host: host.name), TaskOutcome(host: host.name))
        return try await provide(without: known, &attempt, &outcome)
    }

    /// Chooses a method, and sees to it that the host has what it takes; where an engine is there in name only, the next
    /// method is taken.
    func provide(
        without known: [EngineProblem], _ attempt: inout Attempt, _ outcome: inout TaskOutcome
    ) async throws(Failure) -> MethodChoice {
        let facts = try await link.facts()
        guard let package = request.package else {
            let choice = try MethodChoice(request.work, on: facts)
            take(choice, &attempt, &outcome)
            return choice
        }
        var problems = EngineProblem.known(from: facts, for: package, request) + known
        var unusable = Set(problems.map(\.engine))
        while true {
            let choice = try choose(package, facts, unusable, problems)
            take(choice, &attempt, &outcome)
            if !outcome.hasPackage { try await providePackage(package, facts) }
            outcome.hasPackage = true
            // Of an engine that is of no use `inventory check` tells, and the failure of who has asked for it.
            guard choice.method.isContainer, let problem = try await provideImage(of: package, for: choice)
            else { return choice }
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
        let silentEngines = fleet.silentEngines
        guard let image = package.image(of: choice.engine) else { return nil }
        do throws(Failure) {
            return try await link.prepare("image \(image.reference) \(method)") { () async throws(Failure) in
                try await link.withShell { shell throws(Failure) in
                    let outcome = try await HostImage(
                        package: package, images: [image], host: link.host, shell: shell, engines: [method],
                        silent: silentEngines
                    )
                    .provide(dryRun: !pushesFirst)
                    if let problem = outcome.problems.last { return problem }
                    guard outcome.state == .loaded || outcome.state == .unchanged else {
                        return EngineProblem(
                            engine: method,
                            reason: outcome.state == .planned ? EngineProblem.noImage : EngineProblem.noAnswer)
                    }
                    return nil
                }
            }
        } catch  where error.kind == .push {
            return EngineProblem(engine: method, reason: error.message.text(in: .english))
        }
    }
}

extension EngineProblem {
    /// What the probe found out already.
    fileprivate static func known(
        from facts: Facts, for package: BuiltPackage, _ request: RunRequest
    ) -> [EngineProblem] {
        let engines = package.file.engines.filter { request.engine == nil || $0.name == request.engine }
        let wanted = engines.filter { package.image(of: $0) != nil }.flatMap(\.methods)
        // Who has asked for another method does not need to hear of it.
        guard wanted.contains(.docker), request.method == nil || request.method == .docker,
            let reason = facts["docker_problem"]
        else { return [] }
        return [EngineProblem(engine: .docker, reason: reason)]
    }
}
