import FleetBase
import FleetConfig
import FleetPackage
import Glibc

extension PackageBuilder {
    private var imagesFolder: String { project.workFolder + "/images" }

    /// What tells one base of a package's image from another: part of the package's version.
    ///
    /// - Returns: nil for an image from nothing, and for none.
    func baseDigest(of file: PackageFile, in folder: String, _ cache: inout DigestCache) throws -> Digest? {
        switch file.image?.base {
        case nil, .scratch: return nil
        case .path(let path): return try source(path, of: file, in: folder).digest(using: &cache)
        case .dockerfile:
            // All that the build may read.
            let paths = try FolderListing.files(below: folder) { $0.components.contains { $0.hasPrefix(".") } }
            let lines = try paths.map { path in
                "\(path)\t\(try FolderListing.isLink(path, in: folder) ? "" : cache.digest(of: "\(folder)/\(path)").hex)\n"
            }
            return FileDigest.of(Array(lines.joined().utf8))
        }
    }

    /// A root file system is not looked through for files of the package: it may hold what no package can.
    func isBase(_ path: RelativePath, of file: PackageFile) -> Bool { file.image?.base == .path(path.text) }

    private func source(_ path: String, of file: PackageFile, in folder: String) throws -> ImageSource {
        do {
            return try ImageSource(path.hasPrefix("/") ? path : "\(folder)/\(path)")
        } catch {
            let place = project.packageFile(file.name)
            throw EngineError(
                .packing, Message("\(place): the image's base \(path) can't be read"),
                hint: Message(
                    "from: takes scratch, or what lies there: docker save NAME -o \(folder)/base.tar makes a base of an image"
                ))
        }
    }

    /// Writes the image of a package version, unless it was written before.
    func image(
        of file: PackageFile, _ manifest: Manifest, in folder: String, on base: Digest?, _ alarm: Alarm
    ) throws -> BuiltImage? {
        guard let declared = file.image else { return nil }
        let home = "\(imagesFolder)/\(file.name)"
        let (archive, record) = ("\(home)/\(manifest.version).tar", "\(home)/\(manifest.version).json")
        if Disk.exists(archive), let image = Self.read(record, as: { ContainerImage($0) }) {
            return BuiltImage(image: image, archive: archive)
        }
        try Disk.makeFolder(home + "/layers")
        let store = LayerStore(home + "/layers")
        let lower = try self.base(of: file, in: folder, digest: base, store, alarm)
        let payload = try PayloadLayer(manifest, from: folder, isAlone: lower.layers.isEmpty).add(to: store)
        let settings = ImageSettings(of: file, declared, manifest)
        let image = ContainerImage(settings, on: lower, payload: payload.layer, parts: payload.parts)
        try image.content().write(to: archive, compression: nil)
        try Disk.write(try JSONText.encode(image.json), to: record)
        return BuiltImage(image: image, archive: archive)
    }

    private static func read<Value>(_ path: String, as make: (JSONValue) -> Value?) -> Value? {
        guard let text = Disk.text(path) else { return nil }
        return (try? JSONText.decode(JSONValue.self, from: text.utf8)).flatMap(make)
    }

    private func base(
        of file: PackageFile, in folder: String, digest: Digest?, _ store: LayerStore, _ alarm: Alarm
    ) throws -> ImageBase {
        guard let image = file.image, let digest else { return .scratch }
        let record = "\(imagesFolder)/\(file.name)/base-\(digest.short).json"
        if let known = Self.read(record, as: { ImageBase($0) }) { return known }
        let scratch = try ScratchFolder(in: project.workFolder)
        let source: ImageSource
        switch image.base {
        case .scratch: return .scratch
        case .path(let path): source = try self.source(path, of: file, in: folder)
        case .dockerfile(let path):
            let archive = scratch.path + "/image.tar"
            try build("\(folder)/\(path)", of: file, in: folder, to: archive, alarm)
            source = .tar(archive)
        }
        let base = try source.base(
            in: store, scratch: scratch.path + "/unpacked", architecture: file.imageArchitecture)
        try Disk.write(try JSONText.encode(base.json), to: record)
        return base
    }

    /// Has an engine of this machine build an image.
    private func build(
        _ path: String, of file: PackageFile, in folder: String, to archive: String, _ alarm: Alarm
    ) throws {
        try Disk.makeFolder(buildFolder)
        let log = "\(buildFolder)/\(file.name)-image.log"
        let name = "fleet-base-\(ImageSettings.repository(file.name))"
        let words = ["/bin/sh", "-c", Script.imageBuild.text, "fleet", Nonce().text, path, folder, name, archive]
        let end = start(words, in: folder, log: log)?.wait(
            until: .after(file.build?.timeout ?? .seconds(1800)), orFor: alarm)
        switch end {
        case .ended(.status(0)): return
        case .cancelled: throw Failure(.cancelled, Message("cancelled"))
        default:
            let lines = (Disk.text(log) ?? "").split(separator: "\n").filter { !$0.hasPrefix("@fleet ") }
            let reason = lines.last.map(String.init) ?? ""
            throw EngineError(
                .buildFailed, Message("the image of \(file.name) could not be built: \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
    }

    private func start(_ words: [String], in folder: String, log: String) -> ChildSession? {
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard output >= 0 else { return nil }
        defer { close(output) }
        let process = ChildProcess.spawn(
            words, environment: environment, quiet: true,
            descriptors: [STDOUT_FILENO: output, STDERR_FILENO: output], ownSession: true, directory: folder)
        return process.flatMap { ChildSession($0) }
    }
}

extension ImageSettings {
    fileprivate init(of file: PackageFile, _ declared: PackageImage, _ manifest: Manifest) {
        self.init(name: file.name, version: manifest.version, architecture: file.imageArchitecture)
        entrypoint = declared.entrypoint.map(\.text)
        let engine = file.engines.first { $0.fits(declared) && $0.methods.contains(where: \.isContainer) }
        command = engine?.command.map(\.text) ?? []
        environment = declared.environment
        workingDirectory = declared.workingDirectory ?? Self.payloadFolder
        labels = [
            "org.opencontainers.image.title": file.name, "org.opencontainers.image.version": manifest.version,
            Self.packageLabel: file.name, Self.digestLabel: manifest.digest.hex,
        ]
    }
}

extension PackageFile {
    /// For which machines the image is: those of the first engine that runs in it, else this one's kind.
    fileprivate var imageArchitecture: String {
        let engines = engines.filter { $0.methods.contains(where: \.isContainer) }
        if let declared = engines.compactMap(\.architectures.first).first { return declared }
        var system = utsname()
        uname(&system)
        return withUnsafeBytes(of: &system.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

extension PackageEngine {
    /// Whether the engine's program can run in the image.
    func fits(_ image: PackageImage?) -> Bool { image?.holds(command.first) ?? false }
}
