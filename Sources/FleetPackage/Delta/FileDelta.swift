/// How a file is made from an older one: ranges of the old file, and literals of the new one, in their order.
package struct FileDelta: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        /// From the old file.
        case copy(Range<Int>)
        /// From the new file.
        case literal(Range<Int>)
    }

    package private(set) var steps: [Step] = []

    /// A file that is the same under another name.
    init(copying size: Int) { append(copy: 0..<size) }

    /// How many bytes have to be sent.
    package var literalSize: Int {
        steps.reduce(0) { size, step in
            guard case .literal(let range) = step else { return size }
            return size + range.count
        }
    }

    /// From the chunks alone, when the old bytes are elsewhere.
    package init(from old: [Chunk], to new: [Chunk]) {
        let places = Self.places(of: old)
        var position = 0
        for chunk in new {
            if let place = places[chunk] {
                append(copy: place..<place + chunk.length)
            } else {
                append(literal: position..<position + chunk.length)
            }
            position += chunk.length
        }
    }

    /// With both files at hand: chunks find what is the same, and every match then grows byte by byte in both
    /// directions, so that a change costs its own bytes and not those of its chunk.
    package init(
        from old: UnsafeRawBufferPointer, _ oldChunks: [Chunk], to new: UnsafeRawBufferPointer, _ newChunks: [Chunk]
    ) {
        let places = Self.places(of: oldChunks)
        var position = 0
        // What of both files is behind the last match.
        var (oldEnd, newEnd) = (0, 0)
        for chunk in newChunks {
            let start = position
            position += chunk.length
            // The match before may have grown into this chunk.
            let covered = max(0, newEnd - start)
            guard covered < chunk.length, let place = places[chunk] else { continue }
            let grown = covered > 0 ? 0 : Self.equalBefore(old, place, new, start, limit: start - newEnd)
            let (oldStart, newStart) = (place + covered - grown, start + covered - grown)
            let length = Self.equalAfter(old, oldStart, new, newStart)
            // Two chunks with the same mark need not be the same.
            guard length > 0 else { continue }
            fill(old, oldEnd, oldStart, new, newEnd..<newStart)
            append(copy: oldStart..<oldStart + length)
            (oldEnd, newEnd) = (oldStart + length, newStart + length)
        }
        fill(old, oldEnd, old.count, new, newEnd..<new.count)
    }

    private static func places(of chunks: [Chunk]) -> [Chunk: Int] {
        var places: [Chunk: Int] = [:]
        places.reserveCapacity(chunks.count)
        var position = 0
        for chunk in chunks {
            if places[chunk] == nil { places[chunk] = position }
            position += chunk.length
        }
        return places
    }

    // MARK: Steps

    private mutating func append(copy range: Range<Int>) {
        guard !range.isEmpty else { return }
        if case .copy(let last) = steps.last, last.upperBound == range.lowerBound {
            steps[steps.count - 1] = .copy(last.lowerBound..<range.upperBound)
        } else {
            steps.append(.copy(range))
        }
    }

    private mutating func append(literal range: Range<Int>) {
        guard !range.isEmpty else { return }
        if case .literal(let last) = steps.last, last.upperBound == range.lowerBound {
            steps[steps.count - 1] = .literal(last.lowerBound..<range.upperBound)
        } else {
            steps.append(.literal(range))
        }
    }

    // MARK: Between two matches

    /// Fills a gap between two matches: byte by byte where nothing was inserted or removed, with small blocks else.
    private mutating func fill(
        _ old: UnsafeRawBufferPointer, _ oldStart: Int, _ oldEnd: Int, _ new: UnsafeRawBufferPointer, _ gap: Range<Int>
    ) {
        guard !gap.isEmpty else { return }
        guard oldEnd > oldStart else { return append(literal: gap) }
        if oldEnd - oldStart == gap.count {
            fillInPlace(old, oldStart, new, gap)
        } else {
            fillByBlocks(old, oldStart..<oldEnd, new, gap)
        }
    }

    /// A copy that is shorter costs the host more than it saves on the way.
    private static let shortestCopy = 64

    private mutating func fillInPlace(
        _ old: UnsafeRawBufferPointer, _ oldStart: Int, _ new: UnsafeRawBufferPointer, _ gap: Range<Int>
    ) {
        let shift = oldStart - gap.lowerBound
        var (literal, position) = (gap.lowerBound, gap.lowerBound)
        while position < gap.upperBound {
            guard old[position + shift] == new[position] else {
                position += 1
                continue
            }
            let length = Self.equalAfter(old, position + shift, new, position, limit: gap.upperBound - position)
            if length >= Self.shortestCopy {
                append(literal: literal..<position)
                append(copy: position + shift..<position + shift + length)
                literal = position + length
            }
            position += length
        }
        append(literal: literal..<gap.upperBound)
    }

    /// As rsync does (Tridgell 1999): blocks of the old range are known by a hash, which rolls over the new one.
    private mutating func fillByBlocks(
        _ old: UnsafeRawBufferPointer, _ oldRange: Range<Int>, _ new: UnsafeRawBufferPointer, _ gap: Range<Int>
    ) {
        let index = BlockIndex(of: old, oldRange)
        var literal = gap.lowerBound
        var position = gap.lowerBound
        var hash = RollingHash()
        while position + BlockIndex.blockSize <= gap.upperBound {
            if !hash.isStarted { hash.start(new, at: position) }
            if let place = index.place(of: hash, old, new, position) {
                let before = Self.equalBefore(
                    old, place, new, position, limit: min(position - literal, place - oldRange.lowerBound))
                let after = Self.equalAfter(old, place, new, position, limit: gap.upperBound - position)
                append(literal: literal..<position - before)
                append(copy: place - before..<place + after)
                position += after
                literal = position
                hash = RollingHash()
            } else {
                if position + BlockIndex.blockSize < gap.upperBound { hash.roll(new, from: position) }
                position += 1
            }
        }
        append(literal: literal..<gap.upperBound)
    }

    /// How many bytes are equal from two places on.
    private static func equalAfter(
        _ old: UnsafeRawBufferPointer, _ oldStart: Int, _ new: UnsafeRawBufferPointer, _ newStart: Int,
        limit: Int = .max
    ) -> Int {
        let count = min(old.count - oldStart, new.count - newStart, limit)
        var length = 0
        while length + 8 <= count {
            let left = old.loadUnaligned(fromByteOffset: oldStart + length, as: UInt64.self)
            let right = new.loadUnaligned(fromByteOffset: newStart + length, as: UInt64.self)
            guard left == right else { return length + (left ^ right).trailingZeroBitCount / 8 }
            length += 8
        }
        while length < count, old[oldStart + length] == new[newStart + length] { length += 1 }
        return length
    }

    /// How many bytes are equal before two places.
    private static func equalBefore(
        _ old: UnsafeRawBufferPointer, _ oldEnd: Int, _ new: UnsafeRawBufferPointer, _ newEnd: Int, limit: Int
    ) -> Int {
        let count = min(oldEnd, newEnd, limit)
        var length = 0
        while length < count, old[oldEnd - length - 1] == new[newEnd - length - 1] { length += 1 }
        return length
    }
}
