import FleetBase
import Glibc

@testable import FleetPackage

/// Bytes that come from hosts and disks.
enum ArchiveTargets {
    static func manifest(_ bytes: [UInt8]) {
        guard let manifest = try? Manifest(bytes: bytes) else { return }
        guard let again = try? Manifest(bytes: manifest.canonicalBytes) else { fatalError("not read again") }
        require(again.digest == manifest.digest, "another digest")
        for entry in manifest.entries {
            let names = entry.path.components
            require(names.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }, "\(entry.path)")
        }
        _ = (manifest.sums, manifest.layout, manifest.version)
    }

    /// Two files of the same input: what a delta says makes the second of the first.
    static func delta(_ bytes: [UInt8]) {
        let (old, new) = (Array(bytes.prefix(bytes.count / 2)), Array(bytes.dropFirst(bytes.count / 2)))
        let delta = old.withUnsafeBytes { old in
            new.withUnsafeBytes { FileDelta(from: old, Chunk.chunks(of: old), to: $0, Chunk.chunks(of: $0)) }
        }
        let made = delta.steps.flatMap { step in
            switch step {
            case .copy(let range): old[range]
            case .literal(let range): new[range]
            }
        }
        require(made == new, "another file")
        _ = Chunk.chunks(in: text(bytes))
    }

    private static let scratch: String = {
        var name = Array("/tmp/fleet-fuzz-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { fatalError("no folder in /tmp") }
        return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }()

    static func tar(_ bytes: [UInt8]) {
        let (archive, home) = (scratch + "/archive", scratch + "/home")
        mkdir(home, 0o700)
        let file = open(archive, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { fatalError("no archive") }
        defer { close(file) }
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        lseek(file, 0, SEEK_SET)
        var limits = ExtractionLimits()
        (limits.totalSize, limits.entries) = (ByteCount(1 << 20), 200)
        let origin = ArchiveOrigin(ending: "runs/job", inContainer: "/job")
        let reader = try? ArchiveReader(descriptor: file, from: .host)
        guard let reader else { return }
        if let found = try? reader.extract(into: home + "/in", limits: limits, origin: origin) {
            require(found.size <= limits.totalSize, "\(found.size)")
            require(found.refused.allSatisfy { $0.path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }, "a bare byte")
            _ = found.digest
        }
        require(
            (try? FolderListing.names(in: FilePlace(home)).allSatisfy { $0.0.bytes == Array("in".utf8) }) == true,
            "written outside")
        if let path = BytePath("home/in".utf8) { remove(path) }
    }

    /// Of a path of any bytes below the scratch folder.
    private static func remove(_ path: BytePath) {
        let place = FilePlace(path, in: scratch)
        if place.withPath({ unlink($0) }) == 0 { return }
        for (name, _) in (try? FolderListing.names(in: place)) ?? [] { remove(path.appending(name)) }
        _ = place.withPath { rmdir($0) }
    }

    static func signature(_ bytes: [UInt8]) { _ = try? ManifestSignature(parsing: text(bytes)) }
}
