import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases

extension SlurmQueue {
    /// So much of the tasks' input goes in one submission, unless a single task has more.
    private static let inputSize = 64 << 20

    private static let toldPartitions = 50

    /// A task as its folder on the login host holds it.
    private struct Prepared {
        let job: SlurmJob
        let choice: MethodChoice
        let words: String
        let input: [UInt8]
    }

    /// Submits what is ready, each array with all that it takes.
    func submit(_ state: inout SlurmState) async throws(Failure) {
        for array in SlurmArray.grouping(state.ready(), tasks) {
            var prepared: [Prepared] = []
            for job in array.jobs {
                do throws(Failure) {
                    prepared.append(try await prepare(job, state))
                } catch {
                    guard !error.kind.mayPass, error.kind != .cancelled else { throw error }
                    state.refuse(job, error)
                    var outcome = TaskOutcome(host: host.name)
                    (outcome.state, outcome.failure) = (.failed, error)
                    tell(.ended(task: job.position - 1, outcome))
                }
                if prepared.reduce(0, { $0 + $1.input.count }) >= Self.inputSize {
                    try await submit(prepared, &state)
                    prepared = []
                }
            }
            if !prepared.isEmpty { try await submit(prepared, &state) }
        }
    }

    private func prepare(_ job: SlurmJob, _ state: SlurmState) async throws(Failure) -> Prepared {
        let planned = tasks[job.position - 1]
        let facts = try await link.facts()
        var own = Needs()
        own.architectures = planned.request.needs.architectures
        if let objection = HostFit.objection(to: host, facts, needs: own) { throw Failure(.noMethod, objection) }
        // Images would be on the login host alone.
        let engines = [Method.docker, .podman].map {
            EngineProblem(engine: $0, reason: "the nodes of a cluster have no images of fleet's")
        }
        let choice = try await attempt(of: job, planned.request).prepare(without: engines)
        var request = planned.request
        request.lease = nil
        request.inputs += planned.after.flatMap { tasks[$0].results(state.results[$0], in: fleet.project) }
        let command = JobCommand(
            request, choice, facts, root: host.rootWord, run: run.text, task: planned.record.id, attempt: job.attempt,
            host: host.name.text)
        return Prepared(
            job: job, choice: choice, words: command.words().commandLine + "\n",
            input: try await command.input(in: fleet.project.workFolder))
    }

    func attempt(of job: SlurmJob, _ request: RunRequest) -> TaskAttempt {
        let planned = tasks[job.position - 1]
        return TaskAttempt(
            fleet: fleet, link: link, request: request, run: run, task: planned.record, ledger: ledger,
            proofs: request.package.flatMap { proofs[$0.version] } ?? .success(.none),
            folder: planned.folder(in: fleet.project))
    }

    /// Writes the attempts down before Slurm hears of them: whoever takes the run up looks for them by name.
    private func submit(_ prepared: [Prepared], _ state: inout SlurmState) async throws(Failure) {
        let array = SlurmArray(jobs: prepared.map(\.job))
        let first = array.jobs[0]
        var texts = [(path: "job.sh", text: Script.foreground.text), (path: "task", text: Script.slurmTask)]
        texts += prepared.map { ("\($0.job.name).words", $0.words) }
        let archive = try await fleet.archive(texts, prepared.map { ("\($0.job.name).input", $0.input) })
        for one in prepared {
            var attempt = Attempt(
                task: tasks[one.job.position - 1].record.id, number: one.job.attempt, host: host.name,
                engine: one.choice.engine.name, method: one.choice.method.rawValue)
            attempt.state = .sent
            try await record(attempt)
            state.begin(one.job, attempt)
        }
        let options = array.words(for: tasks[first.position - 1].request, options)
        let words = [first.array(in: run), "\(first.attempt)", "\(first.shift)"] + options
        let answer = try await ask(.slurmSubmit, words.map { ShellWord($0) }, input: .bytes(archive), refusal: 65)
        guard answer.status == 0 else { return try await refuse(array.jobs, answer, &state) }
        for job in array.jobs { state.open[job]?.isSubmitted = true }
    }

    private func refuse(
        _ jobs: [SlurmJob], _ answer: RemoteResult, _ state: inout SlurmState
    ) async throws(Failure) {
        let names = answer.values.lazy.filter { $0.key == "partition" }.prefix(Self.toldPartitions).map(\.value)
        let partitions = HostText(names.joined(separator: ", ")).line(atMost: 500)
        let failure = Failure(
            .start, Message("sbatch refuses it: \(Self.reason(answer))"),
            hint: Message("the partitions there: \(partitions)"))
        for job in jobs {
            guard var attempt = state.open[job]?.attempt else { continue }
            (attempt.state, attempt.ended, attempt.failure) = (.failed, .now, failure)
            try await record(attempt)
            state.refuse(job, failure)
            tell(.ended(task: job.position - 1, TaskOutcome(attempt)))
        }
    }

    /// What sbatch says comes in two lines, the first of which says why.
    private static func reason(_ answer: RemoteResult) -> String {
        let start = String(decoding: answer.error.prefix(4096), as: UTF8.self)
        let lines = start.split(whereSeparator: \.isNewline).map(String.init)
        return lines.first { !$0.isEmpty }?.replacing("sbatch: error: ", with: "") ?? "–"
    }
}
