import FleetBase
package import FleetConfig
import FleetHosts
import FleetPackage

/// The differences between releases: each is found once, kept in `.fleet`, and sent to every host that has the old one.
package actor DeltaStore {
    private typealias Making = SharedWork<PushStream?>

    private let project: Project
    private var streams: [String: Making] = [:]

    package init(_ project: Project) { self.project = project }

    /// - Parameter hostManifest: asks the host for the manifest of the old release, when this master has not got it.
    /// - Returns: nil when the whole release is no more than the difference.
    func stream(
        to package: BuiltPackage, from base: String, hostManifest: () async throws(Failure) -> Manifest?
    ) async throws(Failure) -> PushStream? {
        let key = "\(package.name)@\(package.version)\(package.signatureTag)@\(base)"
        if let known = usable(key) { return try await known.value() }
        let archive = "\(project.workFolder)/packages/\(package.name)/\(base).tar.zst"
        guard let source = Disk.exists(archive) ? .archive(archive) : try await hostManifest().map(Source.manifest)
        else { return nil }
        // Another host may have begun it while this one was asked.
        let making = usable(key) ?? start(Delta(package: package, base: base, source: source, project: project))
        streams[key] = making
        return try await making.value()
    }

    /// A full disk, for one, is no reason for the next host, or the next day; nor is it that all who waited have left.
    private func usable(_ key: String) -> Making? {
        streams[key].flatMap { $0.hasFailed || $0.isAbandoned ? nil : $0 }
    }

    private func start(_ delta: Delta) -> Making {
        SharedWork { () async throws(Failure) in
            do {
                return try await ThreadExecutor.disk.run { try delta.stream() }
            } catch {
                throw Failure(onMaster: error)
            }
        }
    }

    /// What this master knows of the old release.
    private enum Source {
        /// Everything.
        case archive(String)
        /// Its files' digests, and the chunks of the large ones.
        case manifest(Manifest)
    }

    private struct Delta: Sendable {
        /// How deltas are made: a host that has the beginning of one made otherwise must not go on with this one.
        private static let edition = 1

        let package: BuiltPackage
        let base: String
        let source: Source
        let project: Project

        func stream() throws -> PushStream? {
            let kind = if case .archive = source { "b" } else { "c" }
            let folder = "\(project.workFolder)/packages/\(package.name)"
            let version = package.version + package.signatureTag
            let path = "\(folder)/\(version).from.\(base).\(kind)\(Self.edition)"
            let isKnown = PackageArchive.forms.contains {
                Disk.exists("\(path).\(PackageArchive.fileExtension($0))")
            }
            // Without a difference that can be found, for instance where the old archive is damaged, the whole is sent.
            let found = isKnown ? nil : try? content()
            guard isKnown || found.map(isWorthwhile) == true else { return nil }
            return PushStream(
                id: "\(package.name)@\(version)@\(base).\(kind)\(Self.edition)", version: package.version,
                base: base, path: path
            ) {
                guard let content = try found ?? content() else { preconditionFailure("it was made before") }
                return content
            }
        }

        private func isWorthwhile(_ content: ArchiveContent) -> Bool {
            content.size.bytes * 10 < package.manifest.size.bytes * 9
        }

        /// - Returns: nil when the two releases have nothing to do with each other.
        private func content() throws -> ArchiveContent? {
            let (new, signature, folder) = (package.manifest, package.signature, package.folder)
            switch source {
            case .manifest(let old):
                return try ReleaseDelta(from: old, to: new, signature: signature, in: folder, oldFiles: nil)?.content
            case .archive(let archive):
                let scratch = try ScratchFolder(in: project.workFolder)
                let path = scratch.path
                try PackageArchive.extractManifest(of: archive, into: path)
                let old = try Manifest(file: "\(path)/\(Manifest.fileName)")
                try PackageArchive.extract(ReleaseDelta.pairs(from: old, to: new), of: archive, into: path)
                return try ReleaseDelta(
                    from: old, to: new, signature: signature, in: folder, oldFiles: .init(folder: path))?.content
            }
        }
    }
}
