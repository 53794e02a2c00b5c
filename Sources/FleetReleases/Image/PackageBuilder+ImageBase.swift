import FleetBase
package import FleetConfig
import FleetHosts
import FleetPackage
import Glibc

extension PackageBuilder {
    /// What a package's images stand on.
    struct Bases {
        /// By the owners of the images, what tells one base from another: part of the package's version. Without those
        /// that are nothing, or of this machine's own: whose Python an image has makes no other package.
        var digests: [String?: Digest] = [:]
        /// The owners of images that can't be made here, and for their engines what is missing.
        var omitted: Set<String?> = []
        var missing: [MissingEngine] = []
    }

    func bases(of file: PackageFile, in folder: String, _ cache: inout DigestCache) throws -> Bases {
        var bases = Bases()
        for declared in file.declaredImages {
            if case .runtime(let runtime) = declared.image.base, !Disk.isOnPath(runtime.tool) {
                bases.omitted.insert(declared.owner)
                bases.missing += declared.engines.map { MissingEngine(name: $0.name, tool: runtime.tool) }
                continue
            }
            bases.digests[declared.owner] = try digest(of: declared.image.base, of: file, in: folder, &cache)
        }
        return bases
    }

    /// - Throws: for what images stand on that is not there.
    package func checkBases(of file: PackageFile, in folder: String) throws {
        for image in file.images {
            switch image.base {
            case .scratch, .runtime: break
            case .path(let path): _ = try source(path, of: file, in: folder)
            case .dockerfile(let path):
                guard !Disk.exists("\(folder)/\(path)") else { continue }
                let place = project.packageFile(file.name)
                throw EngineError(.packing, Message("\(place): there is no \(path) to build the image from"))
            }
        }
    }

    private func digest(
        of base: PackageImage.Base, of file: PackageFile, in folder: String, _ cache: inout DigestCache
    ) throws -> Digest? {
        switch base {
        case .scratch, .runtime: return nil
        case .path(let path): return try source(path, of: file, in: folder).digest(using: &cache)
        case .dockerfile:
            // All that the build may read.
            let paths = try FolderListing.files(below: folder) { path, kind in
                path.components.contains { $0.first == UInt8(ascii: ".") } || isBase(path, of: file)
                    || file.content.isLeaving(path, isFolder: kind == .folder)
            }
            let lines = try paths.map { path in
                "\(path)\t\(try FolderListing.isLink(path, in: folder) ? "" : cache.digest(of: "\(folder)/\(path)").hex)\n"
            }
            return FileDigest.of(Array(lines.joined().utf8))
        }
    }

    /// What tells this machine's Python or Java from another one.
    func digest(of runtime: PackageImage.Runtime, _ alarm: Alarm) throws -> Digest {
        var cache = DigestCache(path: project.workFolder + "/digests.json")
        let scratch = try ScratchFolder(in: project.workFolder)
        let listing = scratch.path + "/list"
        try makeRuntime(["list", runtime.rawValue], output: listing, alarm)
        let lines = try (Disk.text(listing) ?? "").split(separator: "\n").map { line in
            guard line.hasPrefix("file=") else { return "\(line)\n" }
            return "\(line)\t\(try cache.digest(of: String(line.dropFirst("file=".count))).hex)\n"
        }
        try cache.save()
        return FileDigest.of(Array((Script.imageRuntime.text + lines.joined()).utf8))
    }

    /// A root file system is not looked through for files of the package: it may hold what no package can.
    func isBase(_ path: BytePath, of file: PackageFile) -> Bool {
        file.images.contains { image in
            guard case .path(let base) = image.base else { return false }
            return path.bytes.elementsEqual(base.utf8)
        }
    }

    private func source(_ path: String, of file: PackageFile, in folder: String) throws -> ImageSource {
        do {
            return try ImageSource(path.hasPrefix("/") ? path : "\(folder)/\(path)")
        } catch {
            let place = project.packageFile(file.name)
            throw EngineError(
                .packing, Message("\(place): the image's base \(path) can't be read"),
                hint: Message(
                    "from: takes scratch, python, java, or what lies there: docker save NAME -o \(folder)/base.tar makes a base of an image"
                ))
        }
    }

    func base(
        _ declared: PackageImage.Base, of file: PackageFile, in folder: String, digest: Digest?, architecture: String,
        _ store: LayerStore, _ alarm: Alarm
    ) throws -> ImageBase {
        guard let digest else { return .scratch }
        let record = "\(imagesFolder)/\(file.name)/base-\(digest.short).json"
        if let known = Self.read(record, as: { ImageBase($0) }) { return known }
        let scratch = try ScratchFolder(in: project.workFolder)
        let source: ImageSource
        var environment: [String] = []
        switch declared {
        case .scratch: return .scratch
        case .runtime(let runtime):
            let root = scratch.path + "/root"
            try makeRuntime(["make", runtime.rawValue, root], output: scratch.path + "/output", alarm)
            source = .rootFolder(root)
            environment = Self.runtimeEnvironment
        case .path(let path): source = try self.source(path, of: file, in: folder)
        case .dockerfile(let path):
            let archive = scratch.path + "/image.tar"
            try build("\(folder)/\(path)", of: file, in: folder, to: archive, alarm)
            source = .tar(archive)
        }
        let base = try read(source, declared, of: file) {
            try source.base(in: store, scratch: scratch.path + "/unpacked", architecture: architecture)
        }.adding(environment: environment)
        try Disk.write(try JSONText.encode(base.json), to: record)
        return base
    }

    /// - Throws: for a base that is damaged, with its name.
    private func read(
        _ source: ImageSource, _ declared: PackageImage.Base, of file: PackageFile, _ body: () throws -> ImageBase
    ) throws -> ImageBase {
        do {
            return try body()
        } catch let error as PackageError where error.code == .badArchive {
            guard case .path(let path) = declared else { throw error }
            let place = project.packageFile(file.name)
            throw EngineError(
                .packing, Message("\(place): the image's base \(path) can't be read: \(error.message)"),
                hint: Message(
                    "a base is a whole archive of docker save or podman save, an OCI layout, or a root file system"))
        }
    }

    /// Where OpenSSL finds certificates differs from one distribution to another.
    private static let runtimeEnvironment = [
        "PATH=/usr/local/bin:/usr/bin:/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
    ]

    /// Runs `Scripts/image-runtime.sh`.
    ///
    /// - Parameter output: the file into which it prints.
    private func makeRuntime(_ words: [String], output: String, _ alarm: Alarm) throws {
        try Disk.makeFolder(buildFolder)
        let log = "\(buildFolder)/image-\(words[1]).log"
        let script = ["/bin/sh", "-c", Script.imageRuntime.text, "fleet", "local"]
        let end = start(script + words, in: project.workFolder, log: log, output: output)?
            .wait(until: .after(.seconds(600)), orFor: alarm, looking: BuildLog(log, events).tell)
        switch end {
        case .ended(.status(0)): return
        case .cancelled: throw Failure(.cancelled, Message("cancelled"))
        default:
            let (kind, reason) = (words[1], Self.lastLine(of: log))
            throw EngineError(
                .buildFailed, Message("no base for images could be made of this machine's \(kind): \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
    }

    /// What a script said last.
    private static func lastLine(of log: String) -> String {
        let lines = (Disk.text(log) ?? "").split(separator: "\n")
        return lines.last.map(String.init) ?? "–"
    }

    /// Has an engine of this machine build an image.
    private func build(
        _ path: String, of file: PackageFile, in folder: String, to archive: String, _ alarm: Alarm
    ) throws {
        try Disk.makeFolder(buildFolder)
        let log = "\(buildFolder)/\(file.name)-image.log"
        let name = "fleet-base-\(ImageSettings.repository(file.name))"
        let words = ["/bin/sh", "-c", Script.imageBuild.text, "fleet", "local", path, folder, name, archive]
        let end = start(words, in: folder, log: log)?.wait(
            until: .after(file.build?.timeout ?? .seconds(1800)), orFor: alarm, looking: BuildLog(log, events).tell)
        switch end {
        case .ended(.status(0)): return
        case .cancelled: throw Failure(.cancelled, Message("cancelled"))
        default:
            let reason = Self.lastLine(of: log)
            throw EngineError(
                .buildFailed, Message("the image of \(file.name) could not be built: \(reason)"),
                hint: Message("its whole output is in \(log)"))
        }
    }

    /// - Parameter output: the file for standard output; that of the log when nil.
    private func start(_ words: [String], in folder: String, log: String, output: String? = nil) -> ChildSession? {
        let paths: [String] = [log, output ?? log]
        let files = paths.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
        defer { for file in files where file >= 0 { close(file) } }
        guard files.allSatisfy({ $0 >= 0 }), ftruncate(files[0], 0) == 0 else { return nil }
        let process = ChildProcess.spawn(
            words, environment: environment, quiet: true,
            descriptors: [STDOUT_FILENO: files[1], STDERR_FILENO: files[0]], ownSession: true, directory: folder)
        return process.flatMap { ChildSession($0) }
    }
}
