import Dispatch
package import FleetBase
import Glibc
import Synchronization

/// Digests of files that have not changed since they were last read, kept in a file under `.fleet`.
///
/// A line a file: digest, size, modification, change and inode of its stamp, and its absolute path.
package struct DigestCache: Sendable {
    private struct Record {
        let digest: Digest
        let stamp: SIMD4<Int64>
        /// Whether a later write would surely show in the stamp, so that the record may be kept.
        var isSettled = true
    }

    private let path: String
    private var records: [FilePlace: Record] = [:]
    private var isChanged = false

    /// A cache that is missing or cannot be read is empty; lines that make no sense are skipped.
    package init(path: String) {
        self.path = path
        var text: [UInt8] = []
        guard let file = try? OpenFile(reading: path), (try? file.forEachChunk(of: path) { text += $0 }) != nil else {
            return
        }
        text.withUnsafeBytes { text in
            var rest = text[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                read(rest[..<end])
                rest = rest[(end + 1)...]
            }
        }
    }

    /// Digests those files that have changed, on all processors.
    ///
    /// - Parameter files: absolute paths. One that can't be read is left for ``digest(of:)`` to tell.
    mutating func refresh(_ files: [(place: FilePlace, stamp: FileStamp)]) {
        let stale = files.filter { $0.stamp.kind == .file && records[$0.place]?.stamp != Self.fields($0.stamp) }
            .map(\.place)
        let workers = min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), stale.count)
        guard workers > 1 else { return }
        let found = Mutex<[(FilePlace, FileStamp, Digest)]>([])
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let part = stride(from: worker, to: stale.count, by: workers).compactMap { index in
                (try? FileDigest.stamped(file: stale[index])).map { (stale[index], $0.stamp, $0.digest) }
            }
            found.withLock { $0 += part }
        }
        for (file, stamp, digest) in found.withLock(\.self) { record(digest, stamp, of: file) }
    }

    private mutating func record(_ digest: Digest, _ stamp: FileStamp, of file: FilePlace) {
        guard !file.bytes.contains(UInt8(ascii: "\n")) else { return }
        let record = Record(digest: digest, stamp: Self.fields(stamp), isSettled: Self.isSettled(stamp))
        records[file] = record
        isChanged = isChanged || record.isSettled
    }

    /// The file's digest, read anew only when its stamp differs.
    ///
    /// - Parameter file: an absolute path.
    package mutating func digest(of file: String) throws(PackageError) -> Digest { try digest(of: FilePlace(file)) }

    package mutating func digest(of file: FilePlace) throws(PackageError) -> Digest {
        try digest(of: file, stamp: FileStamp(of: file))
    }

    /// - Parameter stamp: the file's, taken a moment ago.
    mutating func digest(of file: FilePlace, stamp: FileStamp) throws(PackageError) -> Digest {
        if let record = records[file], record.stamp == Self.fields(stamp) { return record.digest }
        let (stamp, digest) = try FileDigest.stamped(file: file)
        record(digest, stamp, of: file)
        return digest
    }

    /// The chunks of a file, kept by its digest in a file of their own.
    package func chunks(of file: String, _ digest: Digest) throws(PackageError) -> [Chunk] {
        let path = "\(path).chunks/\(digest)"
        if let kept = try? MappedFile(path), let chunks = kept.withBytes(Self.chunks), !chunks.isEmpty { return chunks }
        let chunks = try MappedFile(file).withBytes { Chunk.chunks(of: $0) }
        guard mkdir("\(self.path).chunks", 0o755) == 0 || errno == EEXIST else { throw .unwritable(path) }
        try ReplacedFile.write(Array(Chunk.text(of: chunks).utf8), to: path)
        return chunks
    }

    private static func chunks(in text: UnsafeRawBufferPointer) -> [Chunk]? {
        Chunk.chunks(in: String(decoding: text, as: UTF8.self))
    }

    /// Writes the cache when it has learned something.
    package func save() throws(PackageError) {
        guard isChanged else { return }
        var lines: [UInt8] = []
        let settled = records.filter(\.value.isSettled)
        for (file, record) in settled.sorted(by: { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }) {
            let stamp = record.stamp
            lines += "\(record.digest) \(stamp.x) \(stamp.y) \(stamp.z) \(stamp.w) ".utf8
            lines += file.bytes + [UInt8(ascii: "\n")]
        }
        try ReplacedFile.write(lines, to: path)
    }

    private mutating func read(_ line: Slice<UnsafeRawBufferPointer>) {
        var rest = line
        func next() -> Slice<UnsafeRawBufferPointer>? {
            guard let end = rest.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard let hex = next(), let digest = try? Digest(hex: String(decoding: hex, as: UTF8.self)) else { return }
        var stamp = SIMD4<Int64>()
        for index in stamp.indices {
            guard let digits = next(), let number = Self.number(digits) else { return }
            stamp[index] = number
        }
        records[FilePlace(bytes: rest)] = Record(digest: digest, stamp: stamp)
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int64? {
        var value: Int64 = 0
        let isNegative = digits.first == UInt8(ascii: "-")
        for digit in isNegative ? digits.dropFirst() : digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value &* 10 &+ Int64(digit - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    private static func fields(_ stamp: FileStamp) -> SIMD4<Int64> {
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
