import FleetBase

/// The files of an extraction, a million of them within 231 MB: paths stand in one run of bytes, digests
/// are no texts, and a ``Extraction/File`` is made when it is asked for.
package struct FileList: Sendable {
    /// A SHA-256 digest as numbers.
    struct Sum: Sendable {
        let words: SIMD4<UInt64>

        init(_ digest: Digest) {
            let digits = Array(digest.hex.utf8)
            var words = SIMD4<UInt64>()
            for index in 0..<4 {
                words[index] = digits[16 * index..<16 * (index + 1)].reduce(0) { $0 << 4 | Self.value($1) }
            }
            self.words = words
        }

        var digest: Digest {
            Digest(bytes: (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) })
        }

        private static func value(_ digit: UInt8) -> UInt64 {
            UInt64(digit) - UInt64(digit < UInt8(ascii: "a") ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
        }
    }

    private struct Record: Sendable {
        let start: Int
        let length: Int32
        let size: Int64
        let sum: Sum
    }

    private var names: [UInt8] = []
    private var records: [Record] = []

    init() {}

    mutating func append(_ path: BytePath, size: Int64, _ sum: Sum) {
        records.append(Record(start: names.count, length: Int32(path.bytes.count), size: size, sum: sum))
        names += path.bytes
    }

    func size(at index: Int) -> Int64 { records[index].size }
    func sum(at index: Int) -> Sum { records[index].sum }
    func path(at index: Int) -> ArraySlice<UInt8> { name(of: records[index]) }

    /// The same files by the order of their paths.
    var sorted: FileList {
        var list = self
        list.records = names.withUnsafeBytes { names in
            records.sorted { left, right in
                let (left, right) = (Self.name(of: left, in: names), Self.name(of: right, in: names))
                return left.lexicographicallyPrecedes(right)
            }
        }
        return list
    }

    private static func name(of record: Record, in names: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        names[record.start..<record.start + Int(record.length)]
    }

    private func name(of record: Record) -> ArraySlice<UInt8> {
        names[record.start..<record.start + Int(record.length)]
    }
}

extension FileList: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { records.count }

    package subscript(index: Int) -> Extraction.File {
        guard let path = BytePath(path(at: index)) else { preconditionFailure("only paths are added") }
        return Extraction.File(path: path, size: size(at: index), digest: sum(at: index).digest)
    }

    /// The file at a path, found in a sorted list.
    package subscript(path: String) -> Extraction.File? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.path(at: middle).lexicographicallyPrecedes(path.utf8) { low = middle + 1 } else { high = middle }
        }
        return low < count && self.path(at: low).elementsEqual(path.utf8) ? self[low] : nil
    }
}
