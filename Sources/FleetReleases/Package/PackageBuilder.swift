package import FleetBase
package import FleetConfig
package import FleetEvents
import FleetHosts
package import FleetPackage

/// Builds the packages of a project. All calls but `build` block: run them on `ThreadExecutor.disk`.
package struct PackageBuilder: Sendable {
    let project: Project
    /// For programs of this machine that build images, beside this program's own.
    let environment: [String: String]

    /// Signs what is built; nil leaves signatures as they are.
    let signer: ManifestSigner?

    let events: EventSource

    package init(
        _ project: Project, signer: ManifestSigner? = nil, environment: [String: String] = [:],
        events: EventSource = .silent
    ) {
        self.project = project
        self.events = events
        self.signer = signer
        self.environment = environment
    }

    var buildFolder: String { project.workFolder + "/build" }

    /// The names of the packages in the project's folder.
    package var names: [String] {
        Disk.folders(in: project.packagesFolder).filter { Disk.exists(project.packageFile($0)) }
    }

    package func file(_ name: String) throws -> PackageFile {
        guard Disk.exists(project.packageFile(name)) else { throw noPackage(name) }
        let path = project.shown(project.packageFile(name))
        let file = try PackageFile(file: project.packageFile(name), shownAs: path)
        guard file.name == name else {
            throw EngineError(
                .noPackage, Message("\(path): the package is named \(file.name), its folder \(name)"),
                hint: Message("give both the same name"))
        }
        let ignoreFile = "\(project.packagesFolder)/\(name)/\(LeaveOutRule.fileName)"
        return Disk.exists(ignoreFile) ? file.reading(ignoreFile: try Disk.bytes(ignoreFile)) : file
    }

    private func noPackage(_ name: String) -> EngineError {
        let names = names
        guard !names.isEmpty else {
            return EngineError(
                .noPackage, Message("this project has no packages"),
                hint: Message("make one as packages/NAME/package.yaml"))
        }
        guard let nearest = Similarity.nearest(to: name, among: names) else {
            let list = names.joined(separator: ", ")
            return EngineError(
                .noPackage, Message("there is no package \"\(name)\""), hint: Message("there are: \(list)"))
        }
        return EngineError(.noPackage, Message("there is no package \"\(name)\", did you mean \"\(nearest)\"?"))
    }

    /// Runs the package's build step where its inputs have changed, and packs what has not been packed before.
    ///
    /// A build step that runs is ended at its time limit, and when this task is cancelled.
    package func build(_ name: String) async throws -> BuiltPackage {
        let alarm = Alarm()
        return try await withTaskCancellationHandler {
            try await ThreadExecutor.builds.run { try events.step(.pack, name) { try build(name, alarm) } }
        } onCancel: {
            alarm.raise()
        }
    }

    private func build(_ name: String, _ alarm: Alarm) throws -> BuiltPackage {
        let declared = try file(name)
        var cache = DigestCache(path: project.workFolder + "/digests.json")
        try Disk.makeFolder(project.workFolder + "/packages/" + name)
        let folder = "\(project.packagesFolder)/\(name)"
        let missing = try runBuildSteps(of: declared, in: folder, &cache, alarm)
        let file = declared.leavingOut(missing.map(\.name))
        let bases = try bases(of: file, in: folder, &cache)
        let manifest = try manifest(of: file, in: folder, on: bases, &cache)
        try cache.save()
        try checkPrograms(of: file, in: manifest)
        let signature = try signature(of: manifest)
        removeArchivesOlderThanSignature(of: manifest)
        let archive = archivePath(manifest, .zstd)
        try WholeArchive.provide(archive, of: manifest) {
            try PackageArchive.content(manifest, signature: signature, from: folder).write(
                to: archive, compression: .zstd)
        }
        let images = try images(of: file, manifest, in: folder, on: bases, alarm)
        try Disk.write(manifest.version, to: "\(project.workFolder)/packages/\(name)/latest")
        return BuiltPackage(
            file: file, manifest: manifest, signature: signature, archive: archive,
            archiveSize: ByteCount(ofFile: archive), folder: folder, images: images, missingEngines: missing,
            missingImages: bases.missing)
    }

    private func manifest(
        of file: PackageFile, in folder: String, on bases: Bases, _ cache: inout DigestCache
    ) throws -> Manifest {
        let payload = try payload(of: file, in: folder, on: bases)
        return try naming(folder) { try payload.manifest(using: &cache) }
    }

    /// The files of the package, as far as they can be packed.
    func listing(of file: PackageFile, in folder: String) throws -> [RelativePath] {
        try naming(folder) { try selection(of: file, in: folder).files }
    }

    /// Says of a file that can't be packed in which folder it is, and how to leave it out.
    private func naming<Value>(_ folder: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as PackageError where error.code == .unsupportedFile {
            let place = project.shown(folder)
            throw EngineError(
                .packing, Message("\(place): \(error.message)"),
                hint: Message(
                    "leave it out with exclude: in package.yaml or a line in .fleetignore; ? and * fit any bytes"))
        }
    }

    /// A program of the package's own must be in it and executable: better told here than by every host.
    private func checkPrograms(of file: PackageFile, in manifest: Manifest) throws(EngineError) {
        for engine in file.engines {
            guard let program = engine.command.first?.text, program.hasPrefix("./") else { continue }
            let entry = manifest.entries.first { ByteText("./\($0.path)") == ByteText(program) }
            guard let entry else { throw notInPackage(String(program.dropFirst(2)), engine, file) }
            guard case .file(let isExecutable, _, _) = entry.content, !isExecutable else { continue }
            throw notExecutable(String(program.dropFirst(2)), engine, file)
        }
    }

    /// The newest version that was built of each package, without building any: what hosts are compared with.
    package func builtVersions() throws -> [String: String] {
        var versions: [String: String] = [:]
        for name in names { versions[name] = Disk.text("\(project.workFolder)/packages/\(name)/latest") }
        return versions
    }

    /// An archive for people who carry it by hand, its name ending in the time: `NAME-YYYYMMDD-HHMMSS.tar.gz`.
    package func writeTimestamped(_ package: BuiltPackage, at time: Timestamp = .now) throws -> String {
        let path = "\(project.workFolder)/packages/\(package.name)-\(time.compact).tar.gz"
        try PackageArchive.content(package.manifest, signature: package.signature, from: package.folder)
            .write(to: path, compression: .gzip)
        return path
    }

    private func archivePath(_ manifest: Manifest, _ compression: PackageArchive.Compression) -> String {
        "\(project.workFolder)/packages/\(manifest.name)/\(manifest.version).\(PackageArchive.fileExtension(compression))"
    }

    /// - Parameter bases: of the package's images, which are no files of the package but make another version.
    private func payload(of file: PackageFile, in folder: String, on bases: Bases) throws -> Payload {
        let files = try listing(of: file, in: folder)
        var metadata = try YAMLNode(parsing: Disk.text(folder + "/package.yaml") ?? "", file: "package.yaml").json
        for (owner, digest) in bases.digests {
            let path = (owner.map { ["engines", $0] } ?? []) + ["image", "digest"]
            metadata = metadata.placing(.string(digest.hex), at: path[...])
        }
        return Payload(name: file.name, version: file.version, metadata: metadata, folder: folder, files: files)
    }
}
