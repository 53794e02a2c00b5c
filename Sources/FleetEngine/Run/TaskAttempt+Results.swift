import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage

extension TaskAttempt {
    private static let collecting = Duration.seconds(3600)
    private static let discarding = Duration.seconds(20)

    /// Brings home what the job left, and removes it from the host.
    func collect(
        _ attempt: Attempt, _ trailer: JobTrailer, _ outcome: inout TaskOutcome, _ shell: RemoteShell
    ) async throws(Failure) {
        let folder = "\(fleet.project.workFolder)/results/\(run)/\(host.name)"
        let archive = folder + ".tar"
        let limits = request.limits
        let file = try await ThreadExecutor.disk.run { () throws(Failure) in
            // What an attempt that could not start has left.
            Disk.remove(folder)
            try Self.make(folder)
            return try DownloadFile(archive, limit: limits.archiveSize)
        }
        let said: String
        do throws(Failure) {
            said = try await download(attempt, to: file, shell)
        } catch {
            file.remove()
            throw error
        }
        let extraction = try await extract(archive, into: folder)
        outcome.notes += Self.notes(in: said)
        outcome.notes += try trailer.check(extraction)
        outcome.results = folder
        outcome.refused = extraction.refused.map(\.path)
        outcome.digest = extraction.digest
        readMetrics(folder + "/out/metrics.json", &outcome)
        // Everything is at home and whole: now the host may forget it.
        let removal = try? await shell.run(
            .discard, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.discarding))
        if let removal, removal.status != 0 {
            let reason = removal.reason
            outcome.notes.append(Message("the job's folder stays on the host: \(reason)"))
        }
    }

    /// What `Scripts/collect.sh` tells of files that did not come, or not as they were.
    static func notes(in text: String) -> [Message] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let rest = parts.dropFirst().first else { return nil }
            switch parts[0] {
            case "@unreadable": return Message("\(rest) can't be read on the host and is left out")
            case "@tar": return Message("tar said on the host: \(rest)")
            default: return nil
            }
        }
    }

    /// - Returns: what the host had to say beside it.
    private func download(
        _ attempt: Attempt, to file: DownloadFile, _ shell: RemoteShell
    ) async throws(Failure) -> String {
        let result: RemoteResult
        do throws(Failure) {
            result = try await shell.run(
                .collect, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.collecting),
                keepsOutput: false, live: { file.take($0, $1) })
        } catch {
            // A command that is cut off leaves no trailer: why it was is the better answer.
            try file.check()
            throw error
        }
        try await ThreadExecutor.disk.run { () throws(Failure) in try file.finish() }
        guard result.status == 0 else {
            throw Failure(.lost, Message("the results can't be read on the host: \(result.reason)"))
        }
        return result.errorText
    }

    /// Metrics that are not as declared are told, and kept as they are: the results are there all the same.
    private func readMetrics(_ path: String, _ outcome: inout TaskOutcome) {
        guard let text = Disk.text(path) else { return }
        guard let value = try? JSONText.decode(JSONValue.self, from: text.utf8), case .object(let members) = value
        else {
            outcome.notes.append(Message("out/metrics.json is not a JSON object, so there are no metrics"))
            return
        }
        outcome.metrics = value
        for metric in request.package.file.metrics {
            guard let member = members[metric.name], !metric.kind.fits(member) else { continue }
            let (name, kind) = (metric.name, metric.kind.rawValue)
            outcome.notes.append(Message("the metric \(name) is declared as \(kind), which it is not"))
        }
    }

    private static func make(_ folder: String) throws(Failure) {
        do {
            try Disk.makeFolder(folder)
        } catch {
            throw Failure(.lost, error.message, hint: error.hint)
        }
    }

    private func extract(_ archive: String, into folder: String) async throws(Failure) -> Extraction {
        let limits = request.limits
        do {
            return try await ThreadExecutor.disk.run { () throws(PackageError) in
                try DownloadFile.extract(archive, into: folder, limits: limits)
            }
        } catch {
            throw Failure(.lost, error.message, hint: error.hint)
        }
    }

    func judge(_ trailer: JobTrailer, _ outcome: inout TaskOutcome) {
        outcome.exit = trailer.status
        outcome.state = trailer.status == 0 ? .done : .failed
        let results = outcome.results ?? ""
        let wasLong = (outcome.duration ?? .zero) >= request.timeout
        if let problem = engineProblem(outcome) {
            let (name, reason) = (problem.engine.rawValue, problem.reason)
            outcome.engineProblem = problem
            outcome.failure = Failure(
                .exit, Message("\(name) could not start the container: \(reason)"),
                hint: Message("what it said is in \(results)/stderr"))
            return
        }
        switch trailer.status {
        case 0: break
        // timeout(1) of coreutils ends with 124, or 137 after a KILL; busybox leaves the TERM that it sent.
        case 124 where wasLong, 137 where wasLong, 143 where wasLong:
            outcome.failure = Failure(
                .timeOut, Message("the worker was stopped at its time limit"),
                hint: Message("give it longer with --timeout"))
        case let status where trailer.signal != nil:
            let signal = status - 128
            outcome.failure = Failure(.signal, Message("the worker was killed by signal \(signal)"))
        default:
            outcome.failure = Failure(
                .exit, Message("the worker ended with status \(trailer.status)"),
                hint: Message("what it said is in \(results)/stderr"))
        }
    }

    /// Why the engine could not start the container; nil when it was the worker that failed.
    ///
    /// docker-run(1) and podman-run(1): 125 when it was not the command, 126 and 127 when that can't be started, with
    /// which a worker may end too.
    private func engineProblem(_ outcome: TaskOutcome) -> EngineProblem? {
        guard let method = outcome.method, method.isContainer, let status = outcome.exit, (125...127).contains(status),
            let results = outcome.results
        else { return nil }
        let lines = (Disk.text(results + "/stderr") ?? "").split(separator: "\n")
        let said = lines.last { $0.hasPrefix("docker: ") || $0.hasPrefix("Error: ") }
        guard said != nil || status == 125 else { return nil }
        return EngineProblem(engine: method, reason: String(said ?? lines.last ?? "–"))
    }

    /// Ends what is left of the job and removes its folder, also when this task is cancelled.
    func discardLater(_ attempt: Attempt) async {
        let host = host
        await Task {
            _ = try? await fleet.withShell(on: host) { shell throws(Failure) in
                _ = try await shell.run(
                    .discard, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.discarding))
            }
        }.value
    }
}

extension JobTrailer {
    /// The files that came home are at least as long as the supervisor found them: a process that left the job's
    /// session may still write.
    ///
    /// - Returns: notes of those that are longer.
    func check(_ extraction: Extraction) throws(Failure) -> [Message] {
        var notes: [Message] = []
        for (path, size) in [("stdout", outputSize), ("stderr", errorSize)] {
            guard let found = extraction.files.first(where: { $0.path.text == path })?.size, found >= size else {
                throw Failure(
                    .lost, Message("\(path) came back shorter than it was on the host"),
                    hint: Message("run it again"))
            }
            if found > size { notes.append(Message("\(path) still grew when the worker had ended")) }
        }
        return notes
    }
}

extension Metric.Kind {
    /// Whether a worker's value is of the declared kind; a whole number is also a float.
    fileprivate func fits(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.int, .integer), (.float, .integer), (.float, .number), (.string, .string), (.bool, .bool): true
        default: false
        }
    }
}
