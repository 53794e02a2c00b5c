import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases
import Glibc

extension TaskAttempt {
    private static let collecting = Duration.seconds(3600)

    /// Brings home what the job left, beside the place where it belongs: see ``place(_:at:replaced:)``.
    func bringHome(
        _ attempt: Attempt, _ ending: JobEnding, _ outcome: inout TaskOutcome
    ) async throws(Failure) {
        let part = part(of: attempt)
        try await ThreadExecutor.disk.run { () throws(Failure) in
            // What a connection that broke has left.
            Disk.remove(part)
            try Self.make(part)
        }
        do throws(Failure) {
            try await bringHome(attempt, ending, into: part, &outcome)
        } catch {
            outcome.results = nil
            await ThreadExecutor.disk.run { Disk.remove(part) }
            throw error
        }
    }

    private func bringHome(
        _ attempt: Attempt, _ ending: JobEnding, into part: String, _ outcome: inout TaskOutcome
    ) async throws(Failure) {
        let extraction: Extraction
        if let streams = ending.streams, !ending.trailer.hasFiles, request.outputs.isEmpty {
            extraction = try await write(streams, into: part)
        } else {
            extraction = try await events.step(.collect, attempt.id) { () async throws(Failure) in
                try await collect(attempt, into: part, &outcome)
            }
        }
        outcome.notes += try ending.trailer.check(extraction)
        outcome.results = part
        outcome.missing += extraction.refused.map { MissingResult($0) }
        outcome.missingCount = outcome.missing.count + extraction.refusedCount - extraction.refused.count
        readMetrics(part + "/out/metrics.json", &outcome)
        outcome.digest = request.digest(of: extraction, outcome.metrics)
    }

    /// Where the host keeps what a job has left.
    func place(of attempt: Attempt) -> String { "\(host.name):\(host.rootWord.text)/runs/\(attempt.id)" }

    private func part(of attempt: Attempt) -> String { folder + PartialResults.mark + "\(attempt.number)" }

    /// Puts results where they belong, in no more time than it takes to rename: those that were there get another name.
    ///
    /// - Returns: why they could not be put there.
    static func place(_ part: String, at folder: String, replaced: String) -> Failure? {
        if rename(folder, replaced) != 0, errno != ENOENT {
            // A folder of that name is left of an earlier try.
            Disk.remove(replaced)
            rename(folder, replaced)
        }
        guard rename(part, folder) != 0 else { return nil }
        let reason = Message(systemError: errno)
        return Failure(.master, Message("can't write \(folder): \(reason)"))
    }

    private func write(
        _ streams: (output: [UInt8], error: [UInt8]), into folder: String
    ) async throws(Failure) -> Extraction {
        do {
            return try await ThreadExecutor.disk.run { () throws -> Extraction in
                try .writing(
                    [(RelativePath("stdout"), streams.output), (RelativePath("stderr"), streams.error)], into: folder)
            }
        } catch {
            throw Failure(onMaster: error)
        }
    }

    private func collect(
        _ attempt: Attempt, into folder: String, _ outcome: inout TaskOutcome
    ) async throws(Failure) -> Extraction {
        let archive = folder + ".tar"
        let result = try await downloadPersistently(attempt, to: archive)
        guard result.status == 0 else {
            await ThreadExecutor.disk.run { Disk.remove(archive) }
            throw Failure(.lost, Message("the results can't be read on the host: \(result.reason)"))
        }
        let told = Self.told(in: result.errorText)
        outcome.notes += told.notes
        outcome.missing += told.unreadable.map { MissingResult(unreadable: $0) }
        return try await extract(archive, of: attempt, into: folder)
    }

    /// The work is done, and must not be done again for a connection that breaks: the host may come back.
    private func downloadPersistently(_ attempt: Attempt, to archive: String) async throws(Failure) -> RemoteResult {
        let limit = request.limits.archiveSize
        var patience = Patience(each: self.patience, whole: self.patience + Self.collecting)
        let beginning = ContinuousClock.now
        while true {
            let start = ContinuousClock.now
            let file = try await ThreadExecutor.disk.run { () throws(Failure) in
                try DownloadFile(archive, limit: limit)
            }
            do throws(Failure) {
                return try await download(attempt, to: file)
            } catch {
                file.remove()
                guard error.kind.mayPass, !Task.isCancelled, !rivals.control.isStopped else { throw error }
                let now = ContinuousClock.now
                guard let pause = patience.next(after: now - start, at: now - beginning) else { throw error }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// How many lines of a host's are taken.
    private static let mostTold = 1000
    private static let mostNotes = 20

    /// What `Scripts/collect.sh` tells of files that did not come, or not as they were.
    static func told(in text: String) -> (unreadable: [String], notes: [Message]) {
        var (unreadable, notes, others): ([String], [Message], Int) = ([], [], 0)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let rest = parts.dropFirst().first else { continue }
            switch parts[0] {
            case "@unreadable" where unreadable.count < mostTold:
                unreadable.append(HostText(rest).line(atMost: 500))
            case "@tar" where notes.count < mostNotes: notes.append(Message("tar said on the host: \(rest)"))
            case "@tar", "@unreadable": others += 1
            default: continue
            }
        }
        return (unreadable, others == 0 ? notes : notes + [Message("and \(others) more notes of this kind")])
    }

    private func download(_ attempt: Attempt, to file: DownloadFile) async throws(Failure) -> RemoteResult {
        let words = [host.rootWord, ShellWord(attempt.id)] + request.outputs.map { ShellWord($0) }
        let result: RemoteResult
        do throws(Failure) {
            result = try await link.withShell { shell throws(Failure) in
                try await shell.run(
                    .collect, words, deadline: .after(Self.collecting), keeping: .first(1 << 20),
                    live: { file.take($0, $1) }, isBehind: { file.isBehind })
            }
        } catch {
            // A command that is cut off leaves no trailer: why it was is the better answer.
            try await file.finish()
            throw error
        }
        try await file.finish()
        return result
    }

    private static func make(_ folder: String) throws(Failure) {
        do {
            try Disk.makeFolder(folder)
        } catch {
            throw Failure(.master, error.message, hint: error.hint)
        }
    }

    private func extract(
        _ archive: String, of attempt: Attempt, into folder: String
    ) async throws(Failure) -> Extraction {
        let limits = request.limits.dissolving("work")
        do {
            return try await ThreadExecutor.disk.run { () throws(PackageError) in
                try DownloadFile.extract(archive, into: folder, limits: limits, of: attempt.id)
            }
        } catch {
            // What came was all that the host sent: it makes no sense, or this machine can't keep it.
            let kind: FailureClass = error.code == .unwritable || error.code == .unreadable ? .master : .incomplete
            throw Failure(
                kind, error.message, hint: error.hint ?? Message("the host keeps it in \(place(of: attempt))"))
        }
    }

    /// Ends what is left of the job and removes its folder, also when this task is cancelled.
    func discardLater(_ attempt: Attempt) async {
        let link = link
        await Task { await link.end(attempt.id) }.value
    }
}

extension Message {
    static func makeRoom(on host: HostName) -> Message {
        Message(
            "make room there: fleet runs reap --hosts \(host) and fleet prune --hosts \(host) remove what fleet left")
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
