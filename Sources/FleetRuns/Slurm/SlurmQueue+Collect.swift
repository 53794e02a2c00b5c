import FleetBase
import FleetLedger

extension SlurmQueue {
    /// How many results come home at once.
    private static let width = 16
    /// How many are asked after at once: their names are words of one command.
    private static let questions = 200

    /// Brings home what has ended; what does not come now comes another time.
    func collect(_ ended: [SlurmJob: String], _ state: inout SlurmState) async throws(Failure) {
        var waiting = ended.filter { state.open[$0.key] != nil }.sorted { $0.key.position < $1.key.position }[...]
        var (outcomes, open) = ([(SlurmJob, TaskOutcome)](), state.open)
        await withTaskGroup(of: (SlurmJob, TaskOutcome).self) { group in
            func add() {
                guard let (job, node) = waiting.popFirst(), let attempt = open.removeValue(forKey: job)?.attempt else {
                    return
                }
                var work = self.attempt(of: job, tasks[job.position - 1].request)
                work.node = node
                group.addTask { [work] in (job, await work.takeUp(attempt)) }
            }
            for _ in 0..<Self.width { add() }
            while let (job, outcome) = await group.next() {
                outcomes.append((job, outcome))
                add()
            }
        }
        var later: Failure?
        for (job, outcome) in outcomes where outcome.state != .cancelled {
            if outcome.state == .lost, let failure = outcome.failure, failure.kind.mayPass {
                later = failure
                continue
            }
            state.ended(job, outcome)
            state.finished.append(job)
            tell(.ended(task: job.position - 1, outcome))
        }
        // Not before the others are taken in: they are at home.
        if let later { throw later }
    }

    /// Finds out how jobs ended that left no trailer; of very many some wait for the next look.
    func explain(_ missing: [SlurmJob], _ state: inout SlurmState) async throws(Failure) {
        let jobs = missing.prefix(Self.questions)
        let words = jobs.flatMap { [$0.name, $0.array(in: run), "\($0.index)"] }.map { ShellWord($0) }
        let endings = SlurmEnding.list(try await ask(.slurmWhy, words))
        for job in jobs {
            let ending = endings[job] ?? SlurmEnding(state: "UNKNOWN", node: "", said: nil)
            guard !state.mayAppear(job, after: ending) else { continue }
            guard var attempt = state.open[job]?.attempt else { continue }
            (attempt.state, attempt.ended, attempt.failure) = (.failed, .now, ending.failure)
            if !ending.node.isEmpty { attempt.resources = .object(["node": .string(ending.node)]) }
            try await record(attempt)
            state.ended(job, TaskOutcome(attempt), isOfTheNode: ending.isOfTheNode)
            state.finished.append(job)
            tell(.ended(task: job.position - 1, TaskOutcome(attempt)))
        }
    }
}
