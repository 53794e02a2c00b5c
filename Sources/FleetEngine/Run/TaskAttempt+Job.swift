import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage

/// How a job ended, and what came of its streams while it was followed.
struct JobEnding: Sendable {
    let trailer: JobTrailer
    /// The worker's two streams, when they came whole.
    let streams: (output: [UInt8], error: [UInt8])?
}

extension TaskAttempt {
    /// What starting and following may take beside the worker's own time; the host ends the worker at its limit.
    private static let slack = Duration.seconds(60)
    /// What is kept of the streams while they come; of more, everything is fetched in the end.
    private static let keptStreams = 1 << 20

    /// Starts the job and follows it to its trailer, over as many connections as it takes.
    func start(_ choice: MethodChoice, _ attempt: Attempt) async throws(Failure) -> JobEnding {
        let (kinds, input) = try await jobInput(choice, attempt)
        let finished = await link.takeFinished()
        let words = words(choice, attempt, with: kinds, try await link.facts(), forgetting: finished)
        do throws(Failure) {
            return try await follow(.start, words, attempt, input: input)
        } catch {
            // Whether the host has forgotten them is not known; doing it twice does no harm.
            for id in finished { await link.discard(id) }
            guard error.kind == .lost, !error.isDeath, !Task.isCancelled else { throw error }
            return try await goOn(with: attempt, after: error)
        }
    }

    /// Finds a job again whose connection broke, or whose master did.
    ///
    /// - Parameter before: why it has to be found.
    func goOn(with attempt: Attempt, after before: Failure?) async throws(Failure) -> JobEnding {
        var deadline = Deadline.after(patience)
        var pause = Duration.milliseconds(200)
        while true {
            let start = ContinuousClock.now
            do throws(Failure) {
                return try await follow(
                    .attach, [host.rootWord, ShellWord(attempt.id), "0", "0"], attempt, input: .none)
            } catch {
                let mayComeBack = [.lost, .unreachable, .refused, .timeOut].contains(error.kind) && !error.isDeath
                guard mayComeBack, !Task.isCancelled, !control.isStopped else { throw error }
                // It was there for a while.
                if .now - start > .seconds(20) { (deadline, pause) = (.after(patience), .milliseconds(200)) }
                guard !deadline.hasPassed else { throw before ?? error }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
    }

    private func follow(
        _ script: Script, _ words: [ShellWord], _ attempt: Attempt, input: CommandLine.Input
    ) async throws(Failure) -> JobEnding {
        let splitter = LineSplitter(live)
        let output = output
        output?.begin()
        let timeout = request.timeout + Self.slack
        let result = try await link.withShell { shell throws(Failure) in
            try await shell.run(
                script, words, mark: "fleet-job-\(attempt.id)", input: input, deadline: .after(timeout),
                live: { stream, bytes in
                    guard stream == .output, let output else { return splitter.take(stream, bytes) }
                    output.take(bytes)
                    return .more
                })
        }
        splitter.finish()
        try check(result, attempt)
        guard let trailer = JobTrailer(in: result.errorText, nonce: result.nonce) else {
            throw Failure(.lost, Message("the job ended without its trailer"))
        }
        return JobEnding(trailer: trailer, streams: Self.streams(of: result, trailer))
    }

    private func check(_ result: RemoteResult, _ attempt: Attempt) throws(Failure) {
        switch result.status {
        case 0: return
        case 77:
            throw Failure(
                .noMethod, Message("the host can't make the Python environment: \(result.reason)"),
                hint: Message("choose another way with --method python"))
        case 70: throw .jobKilled
        case 72: throw .jobUnknown
        case nil:
            throw Failure(
                .lost, Message("what follows the job was killed on the host; the job itself may go on"),
                hint: Message("its folder there is \(host.rootWord.text)/runs/\(attempt.id)"))
        default: throw Failure(.push, Message("the job did not start: \(result.reason)"))
        }
    }

    /// - Returns: nil when more was written than was kept, or when something else was written between.
    private static func streams(of result: RemoteResult, _ trailer: JobTrailer) -> (output: [UInt8], error: [UInt8])? {
        guard result.dropped == 0, trailer.outputSize + trailer.errorSize <= keptStreams else { return nil }
        let mark = Array("\n\(JobTrailer.mark(result.nonce))".utf8)
        guard let end = result.error.firstRange(of: mark)?.lowerBound, Int64(end) == trailer.errorSize,
            Int64(result.output.count) == trailer.outputSize
        else { return nil }
        return (result.output, Array(result.error[..<end]))
    }

    private func words(
        _ choice: MethodChoice, _ attempt: Attempt, with kinds: String, _ facts: Facts, forgetting finished: [String]
    ) -> [ShellWord] {
        let package = request.package
        let limit = max(1, Int(request.timeout.seconds.rounded(.up)))
        // A job that ends by itself before its lease does needs nobody to watch that.
        let lease = request.lease.map { request.timeout > $0 ? max(1, Int(($0.seconds / 60).rounded(.up))) : 0 } ?? 0
        let fixed: [ShellWord] = [
            host.rootWord, ShellWord(attempt.id), ShellWord("\(limit)"),
            ShellWord(facts["timeout_form"] ?? ""), ShellWord(choice.method.rawValue), ShellWord(package?.name ?? ""),
            ShellWord(package?.version ?? ""), ShellWord(choice.engine.requirements?.text ?? ""),
            ShellWord("\(lease)"), ShellWord(kinds), ShellWord(finished.joined(separator: " ")),
        ]
        let own = [
            "FLEET_RUN=\(run)", "FLEET_TASK=\(attempt.task)", "FLEET_HOST=\(host.name)",
            "FLEET_ENGINE=\(choice.engine.name)",
        ]
        let given = variables(choice).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let environment = own + given
        let flags = request.parameters.flatMap { [ShellWord("--\($0.name)"), ShellWord($0.value.description)] }
        let worker = choice.engine.command + (package == nil ? [] : flags)
        guard let package, let image = package.image, choice.method.isContainer else {
            return fixed + ["env"] + environment.map { ShellWord($0) } + worker
        }
        let variables = environment.flatMap { variable -> [ShellWord] in ["--env", ShellWord(variable)] }
        let options = ContainerOptions.words(for: package.file, request.needs) + variables
        return fixed + options + [ShellWord(image.reference)] + worker
    }

    /// A command has no flags that fleet knows of, so it sees the parameters as variables.
    private func variables(_ choice: MethodChoice) -> [String: String] {
        var variables = request.environment
        guard request.package == nil else { return variables }
        for parameter in request.parameters {
            variables[parameter.name.uppercased().replacing("-", with: "_")] = parameter.value.description
        }
        return variables
    }

    /// What start.sh reads: the job, what only the worker gets, and the input files.
    ///
    /// - Returns: also which of the latter two are there, as its WITH.
    private func jobInput(
        _ choice: MethodChoice, _ attempt: Attempt
    ) async throws(Failure) -> (kinds: String, input: CommandLine.Input) {
        var job = Job(
            run: run.text, task: attempt.task, attempt: attempt.number, host: host.name.text,
            package: request.package?.name, version: request.package?.version, engine: choice.engine.name,
            method: choice.method.rawValue, parameters: request.parametersJSON)
        var (kinds, bytes) = ("", job.line)
        if !request.secrets.isEmpty {
            job.secrets = request.secrets.mapValues { $0.reveal() }
            kinds += "s"
            bytes += job.line
        }
        guard !request.inputs.isEmpty else { return (kinds, .bytes(bytes)) }
        let (files, folder) = (request.inputs, fleet.project.workFolder)
        do {
            let archive = try await ThreadExecutor.disk.run { () throws -> [UInt8] in
                let scratch = try ScratchFolder(in: folder)
                let path = "\(scratch.path)/inputs"
                try ArchiveContent(texts: [], files: files).write(to: path, compression: nil)
                return try Disk.bytes(path)
            }
            return (kinds + "i", .bytes(bytes + archive))
        } catch {
            // Of the task's own: another host would not help.
            let failure = Failure(onMaster: error)
            throw Failure(.exit, failure.message, hint: failure.hint)
        }
    }
}

extension Failure {
    fileprivate static let jobKilled = Failure(
        .lost, Message("the job was killed on the host, together with what watches it"),
        hint: Message("the host may be out of memory, or somebody ended it there; run it again"))
    fileprivate static let jobUnknown = Failure(
        .lost, Message("the host knows nothing of the job"),
        hint: Message("it was never started there, or somebody removed its folder; run it again"))

    /// The host itself has told that nothing more will come of a job.
    var isDeath: Bool { self == .jobKilled || self == .jobUnknown }
}
