package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// A way back that a host went.
package struct Rollback: Sendable, Hashable {
    package let from: String?
    package let to: String
}

/// What `fleet prune` removes, or would.
package struct PrunedRelease: Sendable, Hashable {
    package let release: RemoteRelease
    /// It stays, since a job, a schedule or Slurm uses it.
    package let isUsed: Bool
    /// What its folder took; files that it shared with other releases are counted too.
    package let size: ByteCount
}

/// What `fleet verify` found.
package struct Verification: Sendable, Hashable {
    package enum Signature: String, Sendable {
        case good
        /// None of those who may sign now has made it, or not for this manifest.
        case wrong
        case missing
        /// The host has no program that can tell.
        case unchecked

        static let uncheckedNote = Message(
            "the host can't check signatures: it has neither ssh-keygen nor an openssl that can")
    }

    /// How many files each release has.
    package var checked: [RemoteRelease: Int] = [:]
    /// The most damaged files of a release that a host tells.
    static let mostDamaged = 5000
    /// The files that are not as they were installed.
    package var damaged: [RemoteRelease: [String]] = [:]
    /// Of each release, where the project says who may sign.
    package var signatures: [RemoteRelease: Signature] = [:]
    /// Those whose signature does not hold, or is missing on a host that takes signed packages only.
    package var untrusted: Set<RemoteRelease> = []
    package var repaired: Set<RemoteRelease> = []
    /// Why a damaged release was not repaired.
    package var problems: [RemoteRelease: Failure] = [:]
    package var bytesSent: Int64 = 0

    /// No release was there.
    package var isEmpty: Bool { checked.isEmpty && damaged.isEmpty }

    package init() {}
}

extension Fleet {
    private static let reading = Duration.seconds(3600)
    private static let wordsAtOnce = 200

    /// Makes an earlier release current: a given one, or the one that was current before.
    package func rollBack(
        _ name: String, to version: String?, on hosts: [Host],
        finished: @Sendable (HostOutcome<Rollback>) -> Void = { _ in }
    ) async -> [HostOutcome<Rollback>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let signers = host.requireSigned ? try await signers(for: host) : ""
                let words = [host.rootWord, ShellWord(name), ShellWord(version ?? ""), ShellWord(signers)]
                let result = try await shell.run(.rollback, words, deadline: .after(Fleet.waiting))
                guard ![79, 80, 81, 82].contains(result.status) else {
                    throw HostInstall(name: name, host: host, shell: shell).failure(result)
                }
                guard result.status == 0 else {
                    let reason = result.reason
                    throw Failure(
                        .push, Message("the host can't go back: \(reason)"),
                        hint: Message("see what is there with: fleet versions"))
                }
                return try Rollback(HostAnswer(result))
            }
        }
    }

    /// Removes old releases: all but the current one and those that were current last.
    ///
    /// - Parameter keep: with 0 the current one goes as well.
    package func prune(
        _ names: [String], keep: Int, on hosts: [Host], dryRun: Bool,
        finished: @Sendable (HostOutcome<[PrunedRelease]>) -> Void = { _ in }
    ) async -> [HostOutcome<[PrunedRelease]>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let fixed = [host.rootWord, ShellWord("\(keep)"), ShellWord(dryRun ? "show" : "remove")]
                let result = try await shell.run(
                    .prune, fixed + names.map { ShellWord($0) }, deadline: .after(Self.reading))
                guard result.status == 0 else {
                    let reason = result.reason
                    throw Failure(.push, Message("not everything was removed: \(reason)"))
                }
                let found = try PrunedRelease.list(HostAnswer(result), of: names)
                let removed = found.filter { !$0.isUsed }.map(\.release)
                if !dryRun { try await forgetImages(of: removed, on: host, shell) }
                return found
            }
        }
    }

    /// The image of a release goes with it.
    private func forgetImages(
        of releases: [RemoteRelease], on host: Host, _ shell: RemoteShell
    ) async throws(Failure) {
        var images = releases.map { release in
            ShellWord("\(ImageSettings.repository(release.name)):\(ImageSettings.tag(release.version))")
        }[...]
        // One command line holds so many words.
        while !images.isEmpty {
            let words = [host.rootWord] + images.prefix(Self.wordsAtOnce)
            _ = try await shell.run(.imageForget, words, deadline: .after(Self.reading))
            images = images.dropFirst(Self.wordsAtOnce)
        }
    }

    /// Reads every file of the releases on hosts again, and checks their signatures where the project says who may sign.
    ///
    /// - Parameter repairs: whether damaged releases are sent anew, where this master has their archive.
    package func verify(
        _ names: [String], on hosts: [Host], repairs: Bool,
        finished: @Sendable (HostOutcome<Verification>) -> Void = { _ in }
    ) async -> [HostOutcome<Verification>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let signers = ShellWord(try await signers(for: host))
                let result = try await shell.run(
                    .verify, [host.rootWord, signers] + names.map { ShellWord($0) }, deadline: .after(Self.reading))
                guard result.status == 0 else {
                    let reason = result.reason
                    throw Failure(.push, Message("the files can't be checked: \(reason)"))
                }
                var found = try Verification(HostAnswer(result), of: names, requiresSignatures: host.requireSigned)
                if repairs {
                    for release in found.untrusted.union(found.damaged.keys) {
                        await repair(release, on: host, shell, &found)
                    }
                }
                return found
            }
        }
    }

    private func repair(
        _ release: RemoteRelease, on host: Host, _ shell: RemoteShell, _ found: inout Verification
    ) async {
        do throws(Failure) {
            let isSigned = host.requireSigned || found.untrusted.contains(release)
            found.bytesSent += try await repair(release, isSigned: isSigned, on: host, shell)
            found.repaired.insert(release)
        } catch {
            found.problems[release] = error
        }
    }

    /// - Parameter isSigned: whether somebody who may must have signed what is sent.
    /// - Returns: how many bytes were sent.
    private func repair(
        _ release: RemoteRelease, isSigned: Bool, on host: Host, _ shell: RemoteShell
    ) async throws(Failure) -> Int64 {
        let path = "\(project.workFolder)/packages/\(release.name)/\(release.version)"
        let forms = PackageArchive.forms.filter { Disk.exists("\(path).\(PackageArchive.fileExtension($0))") }
        // A host may name thousands of releases: those that are not here cost no question.
        let tools = forms.isEmpty ? [] : try await shell.status(of: release.name, on: host).tools
        guard let compression = forms.first(where: { $0.map { tools.contains($0.tool) } != false }) else {
            let version = release.version
            throw Failure(
                .push, Message("this machine has no archive of \(version)"),
                hint: Message("repair it from where it was pushed, or push another version"))
        }
        let stream = PushStream(
            id: "\(release.name)@\(release.version)", version: release.version, base: nil, path: path
        ) { preconditionFailure("its archive is there") }
        var outcome = PushOutcome(from: nil, to: release.version, nil)
        let archive = "\(path).\(PackageArchive.fileExtension(compression))"
        let proof = isSigned ? try await proof(in: archive) : .none
        let doubt = try await HostInstall(name: release.name, host: host, shell: shell, proof: proof).perform(
            archive, of: stream, compression, mode: .repair, &outcome)
        if let doubt { throw doubt }
        return outcome.bytesSent
    }

    /// Who may sign; nothing when the project does not say so and the host does not ask.
    private func signers(for host: Host) async throws(Failure) -> String {
        let signers = await ThreadExecutor.disk.run { [project] in
            Result { () throws(Failure) in
                guard host.requireSigned || Disk.exists(project.allowedSignersFile) else { return "" }
                return SignatureProof.lines(of: try SignatureProof.allowedSigners(of: project))
            }
        }
        return try signers.get()
    }

    /// The proof for what an archive holds.
    private func proof(in archive: String) async throws(Failure) -> SignatureProof {
        let project = project
        let found = await ThreadExecutor.disk.run { () -> Result<SignatureProof, any Error> in
            Result {
                let scratch = try ScratchFolder(in: project.workFolder)
                let path = scratch.path
                try PackageArchive.extractManifest(of: archive, into: path, withSignature: true)
                let manifest = try Manifest(file: "\(path)/\(Manifest.fileName)")
                let text = Disk.text("\(path)/\(Manifest.signatureName)")
                return try SignatureProof(for: manifest, text.map(ManifestSignature.init(parsing:)), in: project)
            }
        }
        do {
            return try found.get()
        } catch {
            throw error as? Failure ?? Failure(onMaster: error)
        }
    }

    /// Which version of a package is current on each host; nil for none.
    package func currentVersions(of name: String, on hosts: [Host]) async -> [HostOutcome<String?>] {
        await onEach(of: hosts) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let status = try await shell.status(of: name, on: host)
                return status.current.flatMap { status.versions.contains($0) ? $0 : nil }
            }
        }
    }
}

extension Rollback {
    fileprivate init(_ answer: HostAnswer) throws(Failure) {
        guard let line = answer.all("to").last else { throw HostAnswerLine(key: "to", value: "").senseless }
        to = try line.version(line.value)
        let before = answer.all("from").last { !$0.value.isEmpty }
        from = try before.map { line throws(Failure) in try line.version(line.value) }
    }
}

extension PrunedRelease {
    /// How many releases a host may have.
    private static let mostReleases = 2000
    /// What a folder may take, in KiB.
    private static let sizes: ClosedRange<Int64> = 0...1 << 50

    /// - Parameter names: of the packages in question; all when empty.
    fileprivate static func list(_ answer: HostAnswer, of names: [String]) throws(Failure) -> [PrunedRelease] {
        var found: [PrunedRelease] = []
        for line in answer.lines where ["removed", "used"].contains(line.key) {
            let words = try line.words(3)
            let release = try line.release(words[0], words[1])
            guard names.isEmpty || names.contains(release.name), found.count < mostReleases else {
                throw line.senseless
            }
            let size = ByteCount(try line.number(words[2], in: sizes) << 10)
            found.append(PrunedRelease(release: release, isUsed: line.key == "used", size: size))
        }
        return found
    }
}

extension Verification {
    /// How many releases a host may have.
    private static let mostReleases = 2000
    /// How many files a release may have.
    private static let counts: ClosedRange<Int64> = 0...Int64(Int32.max)

    /// - Parameter names: of the packages in question; all when empty.
    fileprivate init(_ answer: HostAnswer, of names: [String], requiresSignatures: Bool) throws(Failure) {
        self.init()
        for line in answer.lines where ["checked", "damaged", "signature"].contains(line.key) {
            let words = try line.words(3)
            let (release, rest) = (try line.release(words[0], words[1]), words[2])
            // A host is sent what was asked about, and nothing else.
            guard names.isEmpty || names.contains(release.name), checked.count < Self.mostReleases,
                damaged.count < Self.mostReleases
            else { throw line.senseless }
            switch line.key {
            case "checked": checked[release] = Int(try line.number(rest, in: Self.counts))
            case "damaged": damaged[release, default: []].append(rest)
            default:
                guard let signature = Signature(rawValue: rest) else { throw line.senseless }
                signatures[release] = signature
            }
        }
        let refused: Set<Signature> = requiresSignatures ? [.wrong, .missing] : [.wrong]
        untrusted = Set(signatures.filter { refused.contains($0.value) }.keys)
    }
}
