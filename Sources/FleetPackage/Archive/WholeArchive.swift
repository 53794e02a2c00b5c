import FleetBase
import Synchronization

/// Whether an archive that this master keeps is as it was written: a full disk or a power cut may have torn it.
///
/// What fleet writes is whole, and what it finds is read to its end, once a boot, by one at a time. A
/// ``WholeArchiveList`` remembers both from one command to the next.
package enum WholeArchive {
    /// The stamp of one archive when it was whole; held by who reads or writes it, so that nobody else does the same.
    private final class Known: Sendable {
        let stamp = Mutex<FileStamp?>(nil)
    }

    private static let all = Mutex<[FilePlace: Known]>([:])

    private static func known(_ place: FilePlace) -> Known {
        all.withLock { all in
            if let known = all[place] { return known }
            let known = Known()
            all[place] = known
            return known
        }
    }

    package static func isWhole(_ path: String) -> Bool {
        let place = FilePlace(path)
        return known(place).stamp.withLock { isWhole(place, nil, &$0) }
    }

    /// Has an archive written unless it is there and whole; who asks for the same one meanwhile waits for it.
    ///
    /// - Parameters:
    ///   - manifest: what an archive must hold, byte for byte, that fleet does not remember.
    ///   - write: puts the archive there.
    package static func provide<Problem: Error>(
        _ path: String, of manifest: Manifest? = nil, _ write: () throws(Problem) -> Void
    ) throws(Problem) {
        let place = FilePlace(path)
        try known(place).stamp.withLock { known throws(Problem) in
            guard !isWhole(place, manifest, &known) else { return }
            try write()
            if let stamp = try? FileStamp(of: place) { remember(place, stamp, &known) }
        }
    }

    // MARK: One archive

    private static func isWhole(_ place: FilePlace, _ manifest: Manifest?, _ known: inout FileStamp?) -> Bool {
        // Taken first: what changes while it is read is read again.
        guard let stamp = try? FileStamp(of: place) else { return false }
        if known == stamp { return true }
        if WholeArchiveList(beside: place).contains(place, stamp) {
            known = stamp
            return true
        }
        guard manifest.map({ holds($0, in: place) }) ?? isReadable(place) else { return false }
        remember(place, stamp, &known)
        return true
    }

    private static func remember(_ place: FilePlace, _ stamp: FileStamp, _ known: inout FileStamp?) {
        known = stamp
        WholeArchiveList(beside: place).add(place, stamp)
    }

    private static func isReadable(_ place: FilePlace) -> Bool { (try? read(place) { _, _ in true }) == true }

    private static func holds(_ manifest: Manifest, in place: FilePlace) -> Bool {
        var digests: [[UInt8]: Digest] = [Array(Manifest.fileName.utf8): manifest.digest]
        for entry in manifest.entries {
            if case .file(_, _, let digest) = entry.content { digests[Array(entry.path.text.utf8)] = digest }
        }
        let isRight = try? read(place) { name, digest in
            guard let expected = digests.removeValue(forKey: name) else { return true }
            return expected == digest
        }
        return isRight == true && digests.isEmpty
    }

    /// - Parameter isRight: gets the path and the digest of each file.
    private static func read(_ place: FilePlace, _ isRight: ([UInt8], Digest) -> Bool) throws(PackageError) -> Bool {
        let file = try OpenFile(reading: place)
        return try ArchiveReader(descriptor: file.descriptor, from: .fleet).allFiles(isRight)
    }
}
