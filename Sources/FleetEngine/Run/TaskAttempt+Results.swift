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
        try Self.make(folder)
        let file = try DownloadFile(archive)
        let result = try await shell.run(
            .collect, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.collecting),
            keepsOutput: false, live: { file.take($0, $1) })
        try file.finish()
        guard result.status == 0 else {
            throw Failure(.lost, Message("the results can't be read on the host: \(result.reason)"))
        }
        let extraction = try await Self.extract(archive, into: folder)
        try trailer.check(extraction)
        outcome.results = folder
        outcome.refused = extraction.refused.map(\.path)
        outcome.digest = extraction.digest
        readMetrics(folder + "/out/metrics.json", &outcome)
        // Everything is at home and whole: now the host may forget it.
        _ = try? await shell.run(
            .discard, [host.rootWord, ShellWord(attempt.id)], deadline: .after(Self.discarding))
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

    private static func extract(_ archive: String, into folder: String) async throws(Failure) -> Extraction {
        do {
            return try await ThreadExecutor.disk.run { () throws(PackageError) in
                try DownloadFile.extract(archive, into: folder)
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
    /// The files that came home are as long as the supervisor found them.
    fileprivate func check(_ extraction: Extraction) throws(Failure) {
        for (path, size) in [("stdout", outputSize), ("stderr", errorSize)] {
            let found = extraction.files.first { $0.path.text == path }?.size
            guard found == size else {
                throw Failure(
                    .lost, Message("\(path) came back with another length than it had on the host"),
                    hint: Message("run it again"))
            }
        }
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
