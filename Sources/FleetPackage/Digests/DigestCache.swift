package import FleetBase
import Glibc

/// Digests of files that have not changed since they were last read, kept in a file under `.fleet`.
///
/// A line a file: digest, size, modification, change and inode of its stamp, and its absolute path.
package struct DigestCache: Sendable {
    private struct Record {
        let digest: Digest
        let stamp: [Int64]
    }

    private let path: String
    private var records: [String: Record] = [:]
    private var isChanged = false

    /// A cache that is missing or cannot be read is empty; lines that make no sense are skipped.
    package init(path: String) {
        self.path = path
        var text: [UInt8] = []
        guard let file = try? OpenFile(reading: path), (try? file.forEachChunk(of: path) { text += $0 }) != nil else {
            return
        }
        for line in text.split(separator: UInt8(ascii: "\n")) { read(String(decoding: line, as: UTF8.self)) }
    }

    /// The file's digest, read anew only when its stamp differs.
    ///
    /// - Parameter file: an absolute path.
    package mutating func digest(of file: String) throws(PackageError) -> Digest {
        if let record = records[file], record.stamp == Self.fields(try FileStamp(of: file)) { return record.digest }
        let (stamp, digest) = try FileDigest.stamped(file: file)
        if Self.isSettled(stamp), !file.contains("\n") {
            records[file] = Record(digest: digest, stamp: Self.fields(stamp))
            isChanged = true
        }
        return digest
    }

    /// Writes the cache when it has learned something.
    package func save() throws(PackageError) {
        guard isChanged else { return }
        let lines = records.sorted { $0.key < $1.key }.map { path, record in
            "\(record.digest) \(record.stamp.map(String.init).joined(separator: " ")) \(path)\n"
        }
        let target = try ReplacedFile(path)
        let bytes = Array(lines.joined().utf8)
        try bytes.withUnsafeBufferPointer { bytes throws(PackageError) in
            try target.file.write(UnsafeRawBufferPointer(bytes), to: path)
        }
        try target.finish()
    }

    private mutating func read(_ line: String) {
        let parts = line.split(separator: " ", maxSplits: 5)
        guard parts.count == 6, let digest = try? Digest(hex: String(parts[0])) else { return }
        let stamp = parts[1...4].compactMap { Int64($0) }
        records[String(parts[5])] = Record(digest: digest, stamp: stamp)
    }

    private static func fields(_ stamp: FileStamp) -> [Int64] {
        [stamp.size, stamp.modified, stamp.changed, Int64(bitPattern: stamp.inode)]
    }

    /// Whether a later write would surely show in the stamp: file systems keep time in steps, so a file that changed a
    /// moment ago can change again and look the same.
    private static func isSettled(_ stamp: FileStamp) -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return max(stamp.modified, stamp.changed) < (Int64(now.tv_sec) - 2) * 1_000_000_000
    }
}
