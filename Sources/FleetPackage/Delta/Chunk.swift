import FleetBase

/// A piece of a large file, cut where its content says so: an insertion moves the cuts behind it along, and the pieces
/// after it are the same as before.
package struct Chunk: Hashable, Sendable {
    package let length: Int
    /// The first 8 bytes of its SHA-256. Enough to find a piece again; the whole file is checked by its own digest.
    package let mark: UInt64

    package init(length: Int, mark: UInt64) {
        self.length = length
        self.mark = mark
    }

    /// Files from this size on are cut into chunks.
    package static let threshold: Int64 = 1 << 20

    /// Cuts bytes into chunks of 16 to 256 KiB, about 64 KiB on the average.
    ///
    /// FastCDC with normalised chunking at level 2 (Xia et al., "FastCDC: a Fast and Efficient Content-Defined Chunking
    /// Approach for Data Deduplication", USENIX ATC 2016): a Gear hash over the last 64 bytes, a strict mask before the
    /// average and a loose one after it.
    package static func chunks(of bytes: UnsafeRawBufferPointer) -> [Chunk] {
        var chunks: [Chunk] = []
        var start = 0
        while start < bytes.count {
            let length = Gear.cut(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            let digest = FileDigest.of(UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
            chunks.append(Chunk(length: length, mark: digest.mark))
            start += length
        }
        return chunks
    }
}

private enum Gear {
    private static let shortest = 16 << 10
    private static let average = 64 << 10
    static let longest = 256 << 10
    /// 18 and 14 bits, two more and two less than the average's 16. The high bits depend on the most bytes.
    private static let strictMask: UInt64 = ~0 << (64 - 18)
    private static let looseMask: UInt64 = ~0 << (64 - 14)

    /// Fixed for ever: another table would cut the same files in other places. The numbers of SplitMix64 (Steele, Lea,
    /// Flood 2014) from 0.
    private static let table: [UInt64] = {
        var state: UInt64 = 0
        return (0..<256).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }()

    /// The length of the first chunk.
    static func cut(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count > shortest else { return bytes.count }
        let (middle, end) = (min(average, bytes.count), min(longest, bytes.count))
        return table.withUnsafeBufferPointer { table in
            var hash: UInt64 = 0
            for index in shortest..<middle {
                hash = (hash << 1) &+ table[Int(bytes[index])]
                if hash & strictMask == 0 { return index + 1 }
            }
            for index in middle..<max(middle, end) {
                hash = (hash << 1) &+ table[Int(bytes[index])]
                if hash & looseMask == 0 { return index + 1 }
            }
            return end
        }
    }
}

extension Digest {
    fileprivate var mark: UInt64 { UInt64(hex.prefix(16), radix: 16) ?? 0 }
}

extension Chunk {
    /// `LENGTH MARK LENGTH MARK…`, decimal and hexadecimal.
    static func text(of chunks: [Chunk]) -> String {
        chunks.map { "\($0.length) \(String($0.mark, radix: 16))" }.joined(separator: " ")
    }

    /// - Returns: nil when the text is no list of chunks.
    static func chunks(in text: String) -> [Chunk]? {
        let words = text.split(separator: " ")
        guard words.count.isMultiple(of: 2) else { return nil }
        var chunks: [Chunk] = []
        for index in stride(from: 0, to: words.count, by: 2) {
            guard let length = Int(words[index]), (1...Gear.longest).contains(length),
                let mark = UInt64(words[index + 1], radix: 16)
            else {
                return nil
            }
            chunks.append(Chunk(length: length, mark: mark))
        }
        return chunks
    }
}
