package import FleetBase
package import FleetConfig
import FleetPackage

/// Builds the packages of a project. All calls block: run them on `ThreadExecutor.disk`.
package struct PackageBuilder: Sendable {
    private let project: Project

    package init(_ project: Project) { self.project = project }

    var buildFolder: String { project.workFolder + "/build" }

    /// The names of the packages in the project's folder.
    package var names: [String] {
        Disk.folders(in: project.packagesFolder).filter { Disk.exists(project.packageFile($0)) }
    }

    package func file(_ name: String) throws -> PackageFile {
        guard Disk.exists(project.packageFile(name)) else { throw noPackage(name) }
        let file = try PackageFile(file: project.packageFile(name))
        guard file.name == name else {
            let path = project.packageFile(name)
            throw EngineError(
                .noPackage, Message("\(path): the package is named \(file.name), its folder \(name)"),
                hint: Message("give both the same name"))
        }
        return file
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
    package func build(_ name: String) throws -> BuiltPackage {
        let file = try file(name)
        var cache = DigestCache(path: project.workFolder + "/digests.json")
        try Disk.makeFolder(project.workFolder + "/packages/" + name)
        let folder = "\(project.packagesFolder)/\(name)"
        try runBuildStep(of: file, in: folder, &cache)
        let manifest = try payload(of: file, in: folder).manifest(using: &cache)
        try cache.save()
        try checkPrograms(of: file, in: manifest)
        let archive = archivePath(manifest, .zstd)
        if !Disk.exists(archive) {
            try PackageArchive.write(manifest, from: folder, to: archive, compression: .zstd)
        }
        try Disk.write(manifest.version, to: "\(project.workFolder)/packages/\(name)/latest")
        return BuiltPackage(
            file: file, manifest: manifest, archive: archive, archiveSize: ByteCount(ofFile: archive), folder: folder)
    }

    /// A program of the package's own must be in it and executable: better told here than by every host.
    private func checkPrograms(of file: PackageFile, in manifest: Manifest) throws(EngineError) {
        for engine in file.engines {
            guard let program = engine.command.first?.text, program.hasPrefix("./") else { continue }
            let path = project.packageFile(file.name)
            let entry = manifest.entries.first { "./\($0.path)" == program }
            guard let entry else {
                throw EngineError(
                    .packing, Message("\(path): the engine \(engine.name) runs \(program), which is not in the package")
                )
            }
            guard case .file(let isExecutable, _, _) = entry.content, !isExecutable else { continue }
            throw EngineError(
                .packing, Message("\(path): the engine \(engine.name) runs \(program), which is not executable"),
                hint: Message("make it so: chmod +x \(program)"))
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
        try PackageArchive.write(package.manifest, from: package.folder, to: path, compression: .gzip)
        return path
    }

    private func archivePath(_ manifest: Manifest, _ compression: PackageArchive.Compression) -> String {
        "\(project.workFolder)/packages/\(manifest.name)/\(manifest.version).\(compression.fileExtension)"
    }

    private func payload(of file: PackageFile, in folder: String) throws -> Payload {
        let files = try FolderListing.files(below: folder).filter(file.content.contains)
        let metadata = try YAMLNode(parsing: Disk.text(folder + "/package.yaml") ?? "", file: "package.yaml").json
        return Payload(name: file.name, version: file.version, metadata: metadata, folder: folder, files: files)
    }
}
