import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases

/// How a job ended, and what came of its streams while it was followed.
struct JobEnding: Sendable {
    let trailer: JobTrailer
    /// The worker's two streams, when they came whole.
    let streams: (output: [UInt8], error: [UInt8])?
}

extension TaskAttempt {
    /// What starting and following may take beside the worker's own time; the host ends the worker at its limit.
    private static let slack = Duration.seconds(60)
    /// What a Python environment, or the input files, may take before the worker starts.
    private static let preparing = Duration.seconds(1800)
    /// What is kept of the streams while they come; of more, everything is fetched in the end.
    private static let keptStreams = 1 << 20

    /// Starts the job and follows it to its trailer, over as many connections as it takes.
    func start(_ choice: MethodChoice, _ attempt: Attempt) async throws(Failure) -> JobEnding {
        let command = JobCommand(
            request, choice, try await link.facts(), root: host.rootWord, run: run.text, task: attempt.task,
            attempt: attempt.number, host: host.name.text)
        let input = try await command.input(in: fleet.project.workFolder)
        let finished = await link.takeFinished()
        let words = command.words(forgetting: finished)
        do throws(Failure) {
            let job = JobPlace(root: host.rootWord.text, id: attempt.id)
            return try await follow(.start, words, attempt, endingWithIt: job, input: .bytes(input))
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
        // Past its own limit no job is there any more that a host could come back with.
        var patience = Patience(
            each: self.patience, whole: self.patience + Self.preparing + request.timeout + Self.slack)
        let beginning = ContinuousClock.now
        while true {
            let start = ContinuousClock.now
            do throws(Failure) {
                return try await follow(.attach, [host.rootWord, ShellWord(attempt.id), "0", "0"], attempt)
            } catch {
                let mayComeBack = error.kind.mayPass && !error.isDeath
                guard mayComeBack, !Task.isCancelled, !rivals.control.isStopped else { throw error }
                let now = ContinuousClock.now
                guard let pause = patience.next(after: now - start, at: now - beginning) else { throw before ?? error }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// - Parameter job: the job to end with the command that follows it, when that is given up. A job that somebody has
    ///   begun before is none: what becomes of it is for ``leave(_:after:)`` to say.
    private func follow(
        _ script: Script, _ words: [ShellWord], _ attempt: Attempt, endingWithIt job: JobPlace? = nil,
        input: CommandLine.Input = .none
    ) async throws(Failure) -> JobEnding {
        let (splitter, teller) = (LineSplitter(listener.live), OutputTeller(events))
        let (output, isBehind) = (listener.output, listener.isBehind)
        output?.begin()
        let isInContainer = attempt.method.flatMap { FleetConfig.Method(rawValue: $0) }?.isContainer == true
        let errors = HeldErrors(isOpen: !isInContainer) { bytes in
            teller.take(.error, bytes)
            _ = splitter.take(.error, bytes)
        }
        defer { errors.release() }
        let steps = ScriptSteps(events)
        defer { steps.end(.failed) }
        let limit = WorkLimit(preparing: Self.preparing, working: request.timeout + Self.slack, isBehind: isBehind)
        let result = try await limit.run { () async throws(Failure) in
            try await link.withShell { shell throws(Failure) in
                try await shell.run(
                    script, words, job: job, input: input,
                    deadline: .distant, keeping: .first(Self.keptStreams),
                    live: { stream, bytes in
                        guard stream == .output else {
                            errors.take(bytes)
                            return .more
                        }
                        errors.release()
                        teller.take(stream, bytes)
                        guard let output else { return splitter.take(stream, bytes) }
                        output.take(bytes)
                        return .more
                    }, isBehind: isBehind,
                    told: { words in
                        steps.hear(words)
                        if words == "started" {
                            steps.end(.done)
                            limit.start()
                        }
                        if words.hasPrefix("pip ") { self.tellPip(words.dropFirst(4)) }
                        if words.hasPrefix("progress ") { self.tellProgress(words.dropFirst(9)) }
                    })
            }
        }
        let trailer = JobTrailer(in: result.news)
        errors.end { text in trailer.flatMap { Self.engineReason(in: text, status: $0.status) } != nil }
        splitter.finish()
        teller.finish()
        try check(result, attempt)
        guard let trailer else { throw Failure(.lost, Message("the job ended without its trailer")) }
        return JobEnding(trailer: trailer, streams: Self.streams(of: result, trailer))
    }

    /// - Parameter line: what the worker wrote to its descriptor 3: JSON, or any text.
    private func tellProgress(_ line: some StringProtocol) {
        guard events.isHeard else { return }
        let value = try? JSONText.decode(JSONValue.self, from: line.utf8)
        events.tell(.progress(value ?? .string(HostText(String(line)).line)))
    }

    /// - Parameter line: what pip said while it filled the Python environment.
    private func tellPip(_ line: some StringProtocol) {
        guard events.isHeard else { return }
        events.tell(.progress(.string(HostText("pip: \(line)").line)))
    }

    private func check(_ result: RemoteResult, _ attempt: Attempt) throws(Failure) {
        switch result.status {
        case 0: return
        case 77:
            throw Failure(
                .noMethod, Message("the host can't make the Python environment: \(result.reason)"),
                hint: Message("choose another way with --method python"))
        case 82: throw .openFolder(result.reason, .start)
        case 83: throw Failure.touched(request.package, on: host.name)
        case 70: throw .jobKilled
        case 71: throw Failure(.noSpace, Message("the host has no space left"), hint: .makeRoom(on: host.name))
        case 72: throw .jobUnknown
        case nil:
            throw Failure(
                .lost, Message("the process that follows the job was killed on the host; the job itself may go on"),
                hint: Message("its folder there is \(host.rootWord.text)/runs/\(attempt.id)"))
        default: throw Failure(.start, Message("the job did not start: \(result.reason)"))
        }
    }

    /// - Returns: nil when more was written than was kept, or when something else was written between.
    private static func streams(of result: RemoteResult, _ trailer: JobTrailer) -> (output: [UInt8], error: [UInt8])? {
        guard !result.isCut, Int64(result.output.count) == trailer.outputSize,
            Int64(result.error.count) == trailer.errorSize
        else { return nil }
        return (result.output, result.error)
    }
}

extension Failure {
    fileprivate static let jobKilled = Failure(
        .lost, Message("the job was killed on the host, together with the process that watches it"),
        hint: Message("the host may be out of memory, or somebody ended it there; run it again"))
    fileprivate static let jobUnknown = Failure(
        .lost, Message("the host does not have the job"),
        hint: Message("the job was never started there, or somebody removed its folder; run it again"))

    /// What runs would not be what was pushed.
    fileprivate static func touched(_ package: BuiltPackage?, on host: HostName) -> Failure {
        let (name, version) = (package?.name ?? "–", package?.version ?? "–")
        return Failure(
            .push, Message("the release \(version) of \(name) on the host is not as it was installed"),
            hint: Message("fleet verify \(name) --repair --hosts \(host)"))
    }

    /// The host itself has told that nothing more will come of a job.
    var isDeath: Bool { self == .jobKilled || self == .jobUnknown }
}
