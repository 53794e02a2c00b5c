package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// What became of a package's image on one host.
package struct ImageOutcome: Sendable, Hashable {
    package enum State: String, Sendable {
        case loaded
        /// It was there: nothing was sent.
        case unchanged
        /// What a dry run found that would be sent, or given its names.
        case planned
        /// No engine of the host takes it.
        case none
    }

    package var state: State
    /// What the engine needs, or needed; nil for nothing.
    package var step: ImageStep?
    /// As docker and podman print it; nil where no engine was asked.
    package var id: String?
    package var engine: FleetConfig.Method?
    /// What went to the host's standard input.
    package var bytesSent: Int64 = 0
    /// How many layers were not sent since the engine had them.
    package var layersKept = 0
    package var problems: [EngineProblem] = []
    package var notes: [Message] = []
}

/// The container image of a package on one host: brings it into the engine that a run there would take.
package struct HostImage: Sendable {
    /// Loading may take as long as its bytes do.
    private static let loading = Duration.seconds(24 * 3600)
    /// A daemon that does not answer is given up on the host before.
    private static let asking = Duration.seconds(45)

    let package: BuiltPackage
    /// Those in question: the first one that fits the host.
    let images: [PlannedImage]
    let host: Host
    let shell: RemoteShell
    var pace: Pace?
    /// Those in question; all by which the package can run when nil.
    var engines: [FleetConfig.Method]?
    /// Those that nobody asks again.
    let silent: SilentEngines

    package init(
        package: BuiltPackage, images: [PlannedImage], host: Host, shell: RemoteShell, pace: Pace? = nil,
        engines: [FleetConfig.Method]? = nil, silent: SilentEngines
    ) {
        self.silent = silent
        (self.package, self.images, self.host, self.shell) = (package, images, host, shell)
        (self.pace, self.engines) = (pace, engines)
    }

    /// By which engines a run in an image may be started, best first.
    private func engines(of image: PlannedImage) -> [FleetConfig.Method] {
        let declared = package.file.engines.filter { image.engines.contains($0.name) }.flatMap(\.methods)
        return FleetConfig.Method.allCases.filter {
            $0.isContainer && declared.contains($0) && engines?.contains($0) != false
        }
    }

    /// Sees to it that the engine has the image, under its version and as the latest; sends the layers that it lacks.
    ///
    /// - Parameter dryRun: finds out what is to be done, and does not do it.
    /// - Throws: push, when the engine has not got it in the end.
    package func provide(dryRun: Bool = false) async throws(Failure) -> ImageOutcome {
        try await shell.events.step(
            .image, package.name, ending: { ($0.state == .unchanged ? .unchanged : .done, $0.bytesSent) }
        ) { () async throws(Failure) in
            var outcome = try await plan()
            switch outcome.step {
            case .load(let image) where dryRun:
                (outcome.state, outcome.bytesSent) = (.planned, image.bytes.bytes)
            case .load(let image):
                outcome.state = .loaded
                try await send(image, &outcome)
            case .name where dryRun: outcome.state = .planned
            case .name(let image):
                if let doubt = try await load(nil, image, .layers(leavingOut: 0), &outcome) { throw doubt }
            case nil: break
            }
            return outcome
        }
    }

    // MARK: The plan

    private func plan() async throws(Failure) -> ImageOutcome {
        let wanted = images.flatMap(engines)
        let (skipped, engines) = split(FleetConfig.Method.allCases.filter(wanted.contains))
        guard !engines.isEmpty else { return ImageOutcome(state: .none, problems: skipped) }
        let answer = try await shell.run(
            .imageStatus, engines.map { ShellWord($0.rawValue) }, deadline: .after(Self.asking))
        let status = try ImageStatus(
            HostAnswer(answer) { Message("the host does not tell what images it has: \($0)") })
        var outcome = ImageOutcome(state: .none, engine: status.engine, problems: skipped + status.problems)
        for problem in status.problems where problem.reason == EngineProblem.noAnswer {
            silent.remember(problem.engine, on: host.name)
        }
        guard let engine = status.engine,
            let planned = images.first(where: {
                $0.architecture == status.architecture && self.engines(of: $0).contains(engine)
            })
        else { return outcome }
        let image = try await planned.built()
        (outcome.state, outcome.id) = (.unchanged, "sha256:\(image.image.id)")
        outcome.step = try await step(for: image, engine, status)
        if case .load(let sent) = outcome.step { outcome.layersKept = sent.layersKept }
        return outcome
    }

    /// - Returns: why some are not asked, and those that are.
    private func split(_ engines: [FleetConfig.Method]) -> ([EngineProblem], [FleetConfig.Method]) {
        let skipped = engines.filter { silent.contains($0, on: host.name) }
        let problems = skipped.map { EngineProblem(engine: $0, reason: EngineProblem.noAnswer) }
        return (problems, engines.filter { !skipped.contains($0) })
    }

    private func step(
        for image: BuiltImage, _ engine: FleetConfig.Method, _ status: ImageStatus
    ) async throws(Failure) -> ImageStep? {
        if let tags = status.tags(of: image.image) {
            let isNamed = tags.contains(image.reference) && tags.contains("\(image.image.repository):latest")
            return isNamed ? nil : .name(SentImage(image: image, engine: engine))
        }
        var sent = SentImage(
            image: image, engine: engine, layersKept: status.layers(of: image.image),
            compression: PackageArchive.Compression(for: status.tools))
        for way in Way.all(for: sent) {
            guard let file = try await file(for: way, of: sent) else { continue }
            sent.bytes = ByteCount(ofFile: file)
            break
        }
        return .load(sent)
    }

    // MARK: The work

    /// Ways to send an image, the shortest first; each is tried when the engine refuses what came of the one before.
    private enum Way: Sendable {
        /// The host puts in the files of the package, which it has.
        case recipe(leavingOut: Int)
        case layers(leavingOut: Int)

        static func all(for image: SentImage) -> [Way] {
            let kept = image.layersKept
            return [.recipe(leavingOut: kept), .layers(leavingOut: kept)] + (kept > 0 ? [.layers(leavingOut: 0)] : [])
        }
    }

    private func send(_ image: SentImage, _ outcome: inout ImageOutcome) async throws(Failure) {
        var doubt: Failure?
        for way in Way.all(for: image) {
            guard let file = try await file(for: way, of: image) else { continue }
            if case .layers(leavingOut: 0) = way { outcome.layersKept = 0 }
            let reason = doubt?.message
            doubt = try await load(file, image, way, &outcome)
            if let reason { outcome.notes.append(Message("more of the image was sent: \(reason)")) }
            if doubt == nil { return }
        }
        if let doubt { throw doubt }
    }

    /// - Returns: nil when the way leads nowhere on this host.
    private func file(for way: Way, of sent: SentImage) async throws(Failure) -> String? {
        let (image, compression) = (sent.image, sent.compression)
        do {
            return try await ThreadExecutor.disk.run { () throws(PackageError) -> String? in
                switch way {
                case .recipe(let count):
                    guard let compression else { return nil }
                    return try image.recipe(leavingOut: count, compression)
                case .layers(let count): return try image.stream(leavingOut: count, compression)
                }
            }
        } catch {
            throw Failure(onMaster: error)
        }
    }

    /// - Parameters:
    ///   - file: nil when the image is there and only lacks its names.
    ///   - way: what the file is.
    /// - Returns: why the engine has not got the image; nil when it has.
    private func load(
        _ file: String?, _ sent: SentImage, _ way: Way, _ outcome: inout ImageOutcome
    ) async throws(Failure) -> Failure? {
        var release = ""
        if case .recipe = way { release = "\(package.name)/\(package.version)" }
        let (image, engine) = (sent.image.image, sent.engine)
        let format = file == nil ? "none" : sent.compression?.tool ?? "plain"
        let words: [ShellWord] = [
            host.rootWord, ShellWord(engine.rawValue), ShellWord(format), ShellWord(image.repository),
            ShellWord(image.tag), ShellWord(release), ShellWord("sha256:\(image.id)"),
            ShellWord("sha256:\(image.manifestDigest)"),
        ]
        let result = try await shell.run(
            .imageLoad, words, input: file.map { .file($0) } ?? .none, pace: pace, deadline: .after(Self.loading))
        outcome.bytesSent += result.bytesSent
        guard result.status != 0 else { return nil }
        let (name, reason) = (engine.rawValue, result.reason)
        return Failure(
            .push, Message("\(name) did not take the image: \(reason)"),
            hint: Message("is there room on its disk? see: \(name) info"))
    }
}

extension PackageArchive.Compression {
    /// The best one that a host reads; nil when it reads none.
    init?(for tools: Set<String>) {
        guard let best = Self.allCases.first(where: { tools.contains($0.tool) }) else { return nil }
        self = best
    }
}
