package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// How a push goes about it.
package struct PushOptions: Sendable, Codable {
    /// Finds out and changes nothing.
    package var dryRun = false
    /// Sends whole releases, also where a difference would do.
    package var whole = false
    /// So many bytes a second, for all hosts together.
    package var rate: ByteCount?
    /// On how many hosts at once.
    package var width = Fleet.width
    /// So many hosts come after the other; all together when nil.
    package var batch: HostShare?
    /// With batches: no further one begins when more hosts than these have failed.
    package var maxFailures = HostShare.count(0)

    package init() {}
}

extension Fleet {
    package static let asking = Duration.seconds(20)
    /// For what is quick, once no other push of the package has the host.
    static let waiting = Duration.seconds(3600)

    /// Brings a package to hosts; to each what it lacks.
    package func push(
        _ package: BuiltPackage, to hosts: [Host], _ options: PushOptions = PushOptions(),
        finished: @Sendable (HostOutcome<PushOutcome>) -> Void = { _ in }
    ) async -> [HostOutcome<PushOutcome>] {
        let deltas = DeltaStore(project)
        guard let batch = options.batch else {
            return await pushAtOnce(package, to: hosts, options, deltas, finished: finished)
        }
        let size = max(1, batch.count(of: hosts.count))
        var outcomes: [HostOutcome<PushOutcome>] = []
        while outcomes.count < hosts.count {
            let failed = outcomes.count { $0.value == nil }
            guard failed <= options.maxFailures.count(of: hosts.count) else { break }
            let next = Array(hosts[outcomes.count...].prefix(size))
            outcomes += await pushAtOnce(package, to: next, options, deltas, finished: finished)
        }
        let failed = outcomes.count { $0.value == nil }
        for host in hosts[outcomes.count...] {
            let failure = Failure(
                .push, Message("left as it is: hosts that failed before it: \(failed)"),
                hint: Message("mend those, or allow more with --max-failures"))
            outcomes.append(HostOutcome(host: host.name, result: .failure(failure)))
            if let outcome = outcomes.last { finished(outcome) }
        }
        return outcomes
    }

    private func pushAtOnce(
        _ package: BuiltPackage, to hosts: [Host], _ options: PushOptions, _ deltas: DeltaStore,
        finished: @Sendable (HostOutcome<PushOutcome>) -> Void
    ) async -> [HostOutcome<PushOutcome>] {
        let proofs = await proof(of: package, for: hosts)
        let pace = options.rate.map(Pace.init)
        return await onEach(of: hosts, width: options.width, finished: finished) { host throws(Failure) in
            let proof = try proofs.proof(for: host)
            let start = ContinuousClock.now
            var outcome = try await withShell(on: host) { shell throws(Failure) in
                try await HostPush(
                    project: project, package: package, host: host, shell: shell, proof: proof, deltas: deltas,
                    options: options, pace: pace
                ).performWithImage()
            }
            outcome.duration = .now - start
            return outcome
        }
    }
}

/// The push of one package to one host.
package struct HostPush {
    let project: Project
    let package: BuiltPackage
    let host: Host
    let shell: RemoteShell
    /// Of a host that takes signed packages only, and `.none` for others.
    let proof: SignatureProof
    /// What all pushes of one operation share.
    let deltas: DeltaStore
    let options: PushOptions
    let pace: Pace?
    /// A run brings what it needs, but does not undo what a person has rolled back.
    let isOfRun: Bool

    package init(
        project: Project, package: BuiltPackage, host: Host, shell: RemoteShell, proof: SignatureProof,
        deltas: DeltaStore, options: PushOptions = PushOptions(), pace: Pace? = nil,
        isOfRun: Bool = false
    ) {
        (self.project, self.package, self.host, self.shell) = (project, package, host, shell)
        (self.proof, self.deltas, self.options, self.pace) = (proof, deltas, options, pace)
        self.isOfRun = isOfRun
    }

    /// Brings the release, and the first of its images that fits the host; a run that takes another one brings that.
    func performWithImage() async throws(Failure) -> PushOutcome {
        var outcome = try await perform()
        guard !package.images.isEmpty else { return outcome }
        let image = HostImage(
            package: package, images: package.images, host: host, shell: shell, pace: pace)
        outcome.take(try await image.provide(dryRun: options.dryRun))
        return outcome
    }

    private var installation: HostInstall {
        HostInstall(name: package.name, host: host, shell: shell, pace: pace, proof: proof)
    }

    package func perform() async throws(Failure) -> PushOutcome {
        let status = try await shell.events.step(.compare, subject) { () async throws(Failure) in
            try await shell.status(of: package.name, on: host)
        }
        var outcome: PushOutcome
        let plan = PushPlan(for: package.version, on: status)
        if isOfRun, status.isHeld, plan != .nothing { throw Failure(held: package, at: status.current) }
        switch plan {
        case .nothing:
            outcome = self.outcome(.unchanged, status)
            // It may have come before signatures were asked for, or be held.
            let isOpen = host.requireSigned || !isOfRun && status.isHeld
            if isOpen, !options.dryRun { try await activate(&outcome) }
        case .activate where options.dryRun: outcome = self.outcome(.planned, status)
        case .activate:
            outcome = self.outcome(.activated, status)
            try await activate(&outcome)
        case .send(let base):
            let stream = try await stream(from: options.whole ? nil : base)
            outcome = self.outcome(options.dryRun ? .planned : .pushed, status)
            outcome.base = stream.base
            if options.dryRun {
                outcome.bytesSent = try await size(of: stream, status)
            } else {
                try await send(stream, status, &outcome)
            }
        }
        return outcome
    }

    private var subject: String { "\(package.name) \(package.version)" }

    private func outcome(_ state: PushOutcome.State, _ status: PackageStatus) -> PushOutcome {
        PushOutcome(from: status.current, to: package.version, state: state)
    }

    private func activate(_ outcome: inout PushOutcome) async throws(Failure) {
        let mode = isOfRun ? "run" : "push"
        let words = [host.rootWord] + [package.name, package.version, mode].map { ShellWord($0) } + proof.activateWords
        let result = try await shell.events.step(
            .activate, subject, ending: { ($0.status == 0 ? .done : .failed, nil) }
        ) { () async throws(Failure) in
            try await shell.run(.activate, words, deadline: .after(Fleet.waiting))
        }
        if result.status == 75 {
            let (name, reason) = (package.name, result.reason)
            throw Failure(
                .push, Message("\(name) is damaged on the host: \(reason)"),
                hint: Message("bring it back with: fleet verify --repair"))
        }
        guard result.status == 0 else { throw installation.failure(result) }
        outcome.notes += HostInstall.notes(in: result.errorText)
    }

    // MARK: What to send

    private func stream(from base: String?) async throws(Failure) -> PushStream {
        guard let base else { return package.wholeStream }
        let stream = try await deltas.stream(to: package, from: base) { () async throws(Failure) in
            try await manifest(of: base)
        }
        return stream ?? package.wholeStream
    }

    /// The host's own manifest of a release. Its digest is part of the version, so it proves itself.
    private func manifest(of version: String) async throws(Failure) -> Manifest? {
        let words = [host.rootWord, ShellWord(package.name), ShellWord(version)]
        // One that is too long for this is as good as none: everything is sent then.
        let result = try await shell.run(
            .manifest, words, deadline: .after(Fleet.asking * 3), keeping: .first(64 << 20))
        guard result.status == 0, let manifest = try? Manifest(bytes: result.output), manifest.version == version
        else { return nil }
        return manifest
    }

    private func size(of stream: PushStream, _ status: PackageStatus) async throws(Failure) -> Int64 {
        let compression = compression(for: stream, status)
        return try await onDisk { ByteCount(ofFile: try stream.archive(compression)).bytes }
    }

    private func compression(for stream: PushStream, _ status: PackageStatus) -> PackageArchive.Compression? {
        stream.shrinks ? PackageArchive.Compression(for: status.tools) : nil
    }

    // MARK: Sending

    private func send(
        _ stream: PushStream, _ status: PackageStatus, _ outcome: inout PushOutcome
    ) async throws(Failure) {
        try checkSpace(for: stream, on: status)
        let isResumed = status.incoming.contains(stream.id)
        let doubt =
            if isResumed {
                try await resume(stream, status, &outcome)
            } else {
                try await install(stream, status, &outcome)
            }
        guard let doubt else { return }
        guard stream.base != nil || isResumed else { throw doubt }
        let reason = doubt.message
        outcome.notes.append(Message("everything was sent anew: \(reason)"))
        outcome.base = nil
        if let doubt = try await install(package.wholeStream, status, &outcome) { throw doubt }
    }

    private func checkSpace(for stream: PushStream, on status: PackageStatus) throws(Failure) {
        guard let free = status.free, let space = stream.space, space > free else { return }
        throw Failure(
            .push, Message("the release takes \(space), and the host has \(free) left"),
            hint: Message("make room there, for instance with: fleet prune"))
    }

    /// Goes on where a push of the same stream was cut off.
    private func resume(
        _ stream: PushStream, _ status: PackageStatus, _ outcome: inout PushOutcome
    ) async throws(Failure) -> Failure? {
        let compression = compression(for: stream, status)
        let answer = try await shell.run(
            .arrived, [host.rootWord, ShellWord(stream.id)], deadline: .after(Fleet.asking * 3))
        guard answer.status == 0 else { return installation.failure(answer) }
        let arrived = Self.sizes(in: answer)
        let (sizes, folder) = (arrived, project.workFolder)
        let scratch = try await onDisk { Scratch(folder: try ScratchFolder(in: folder)) }
        let file = "\(scratch.folder.path)/rest"
        try await onDisk { try stream.rest(after: sizes, compression, to: file) }
        let doubt = try await installation.perform(file, of: stream, compression, mode: .resume, &outcome)
        outcome.notes.append(Message("it went on where an earlier push was cut off"))
        return doubt
    }

    /// What `Scripts/arrived.sh` tells, by path. A path is compared with those of the stream and leads nowhere; a size that
    /// is none is none that arrived.
    private static func sizes(in answer: RemoteResult) -> [BytePath: Int64] {
        var sizes: [BytePath: Int64] = [:]
        for line in answer.output.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard words.count == 2, words[1].starts(with: "./".utf8),
                let size = Int64(digits: String(decoding: words[0], as: UTF8.self)),
                HostAnswerLine.bytes.contains(size), let path = BytePath(words[1].dropFirst(2))
            else { continue }
            sizes[path] = size
        }
        return sizes
    }

    private func install(
        _ stream: PushStream, _ status: PackageStatus, _ outcome: inout PushOutcome
    ) async throws(Failure) -> Failure? {
        let compression = compression(for: stream, status)
        let archive = try await onDisk { try stream.archive(compression) }
        return try await installation.perform(archive, of: stream, compression, &outcome)
    }

    private func onDisk<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await ThreadExecutor.disk.run(body)
        } catch {
            throw Failure(onMaster: error)
        }
    }
}

extension RemoteShell {
    /// What a host has of a package.
    func status(of package: String, on host: Host) async throws(Failure) -> PackageStatus {
        let result = try await run(.status, [host.rootWord, ShellWord(package)], deadline: .after(Fleet.asking))
        return try PackageStatus(
            HostAnswer(result) { Message("the host does not tell what it has of \(package): \($0)") })
    }
}

extension Failure {
    /// - Parameter version: what the host was rolled back to.
    package init(held package: BuiltPackage, at version: String?) {
        let (name, has, wants) = (package.name, version ?? "–", package.version)
        self.init(
            .push, Message("the host was rolled back to \(has) of \(name), and \(wants) is to be run"),
            hint: Message("a push ends that: fleet push \(name)"))
    }

    /// Something on the master that keeps a push from going on.
    package init(onMaster error: any Error) {
        if let error = error as? any DescribedError {
            self.init(.push, error.message, hint: error.hint)
        } else {
            let reason = String(describing: error)
            self.init(.push, Message("the package can't be read: \(reason)"))
        }
    }
}

/// Keeps a folder as long as somebody needs it.
private final class Scratch: Sendable {
    let folder: ScratchFolder
    init(folder: consuming ScratchFolder) { self.folder = folder }
}
