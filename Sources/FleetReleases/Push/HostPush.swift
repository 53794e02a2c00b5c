package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// The push of one package to one host.
package struct HostPush {
    let project: Project
    let package: BuiltPackage
    let host: Host
    let shell: RemoteShell
    /// The signature for a host that takes signed packages only, and `.none` for others.
    let proof: SignatureProof
    /// What all pushes of one operation share.
    let deltas: DeltaStore
    let options: PushOptions
    let pace: Pace?
    /// A run brings what it needs, but does not undo what a person has rolled back.
    let isOfRun: Bool
    private let silentEngines: SilentEngines

    package init(
        project: Project, package: BuiltPackage, host: Host, shell: RemoteShell, proof: SignatureProof,
        deltas: DeltaStore, options: PushOptions = PushOptions(), pace: Pace? = nil,
        isOfRun: Bool = false, silentEngines: SilentEngines = SilentEngines()
    ) {
        self.silentEngines = silentEngines
        (self.project, self.package, self.host, self.shell) = (project, package, host, shell)
        (self.proof, self.deltas, self.options, self.pace) = (proof, deltas, options, pace)
        self.isOfRun = isOfRun
    }

    /// Brings the release, and the first of its images that fits the host; a run that takes another one brings that.
    ///
    /// A dry run plans both and carries out neither.
    func performWithImage() async throws(Failure) -> PushOutcome {
        var outcome = try await perform()
        guard !package.images.isEmpty else { return outcome }
        let image = HostImage(
            package: package, images: package.images, host: host, shell: shell, pace: pace,
            silent: silentEngines)
        outcome.take(try await image.provide(dryRun: options.dryRun))
        return outcome
    }

    var installation: HostInstall {
        HostInstall(name: package.name, host: host, shell: shell, pace: pace, proof: proof)
    }

    package func perform() async throws(Failure) -> PushOutcome {
        let status = try await shell.events.step(.compare, subject) { () async throws(Failure) in
            try await shell.status(of: package.name, on: host)
        }
        let step = try await step(on: status)
        var outcome = PushOutcome(
            from: status.current, to: package.version, step, isPlanned: options.dryRun)
        if let step, !options.dryRun { try await carryOut(step, status, &outcome) }
        return outcome
    }

    var subject: String { "\(package.name) \(package.version)" }

    // MARK: The plan

    /// - Returns: the one step that the host needs; nil for none.
    private func step(on status: PackageStatus) async throws(Failure) -> ReleaseStep? {
        let plan = PushPlan(for: package.version, on: status)
        if isOfRun, status.isHeld, plan != .nothing { throw Failure(held: package, at: status.current, on: host.name) }
        switch plan {
        case .nothing:
            // It may have come before signatures were asked for, or be held.
            return host.requireSigned || !isOfRun && status.isHeld ? .activate : nil
        case .activate: return .activate
        case .send(let base):
            let stream = try await stream(from: options.whole ? nil : base)
            try checkSpace(for: stream, on: status)
            let compression = stream.shrinks ? PackageArchive.Compression(for: status.tools) : nil
            let bytes = try await onDisk { ByteCount(ofFile: try stream.archive(compression)) }
            return .send(
                SentRelease(
                    stream: stream, compression: compression, isResumed: status.incoming.contains(stream.id),
                    bytes: bytes))
        }
    }

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

    // MARK: The work

    private func carryOut(
        _ step: ReleaseStep, _ status: PackageStatus, _ outcome: inout PushOutcome
    ) async throws(Failure) {
        switch step {
        case .send(let release): try await send(release, status, &outcome)
        case .activate: try await activate(&outcome)
        }
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
}
