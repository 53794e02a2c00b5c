import FleetBase
import Synchronization

/// Whether an archive that this master keeps is as it was written: a full disk or a power cut may have torn it.
package enum WholeArchive {
    private static let known = Mutex<[FilePlace: FileStamp]>([:])

    /// Reads an archive to its end, once for as long as nobody touches it.
    package static func isWhole(_ path: String) -> Bool {
        let place = FilePlace(path)
        guard let stamp = try? FileStamp(of: place) else { return false }
        if known.withLock({ $0[place] }) == stamp { return true }
        guard (try? read(path) { _, _ in true }) == true else { return false }
        known.withLock { $0[place] = stamp }
        return true
    }

    /// Whether the archive of a package holds what its manifest says, byte for byte.
    package static func holds(_ manifest: Manifest, in path: String) -> Bool {
        var digests: [[UInt8]: Digest] = [Array(Manifest.fileName.utf8): manifest.digest]
        for entry in manifest.entries {
            if case .file(_, _, let digest) = entry.content { digests[Array(entry.path.text.utf8)] = digest }
        }
        let isRight = try? read(path) { name, digest in
            guard let expected = digests.removeValue(forKey: name) else { return true }
            return expected == digest
        }
        return isRight == true && digests.isEmpty
    }

    /// - Parameter isRight: gets the path and the digest of each file.
    private static func read(_ path: String, _ isRight: ([UInt8], Digest) -> Bool) throws(PackageError) -> Bool {
        let file = try OpenFile(reading: path)
        return try ArchiveReader(descriptor: file.descriptor, from: .fleet).allFiles(isRight)
    }
}
