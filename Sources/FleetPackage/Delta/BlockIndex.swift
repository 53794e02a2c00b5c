/// A polynomial hash over one block, which moves on by a byte at a constant cost (Karp and Rabin 1987).
struct RollingHash {
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// The weight of the byte that leaves the block.
    private static let leaving = (1..<BlockIndex.blockSize).reduce(UInt64(1)) { power, _ in power &* base }

    private(set) var value: UInt64 = 0
    private(set) var isStarted = false

    mutating func start(_ bytes: UnsafeRawBufferPointer, at position: Int) {
        value = 0
        isStarted = true
        for index in position..<position + BlockIndex.blockSize { value = value &* Self.base &+ UInt64(bytes[index]) }
    }

    mutating func roll(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        value =
            (value &- UInt64(bytes[position]) &* Self.leaving) &* Self.base
            &+ UInt64(bytes[position + BlockIndex.blockSize])
    }
}

/// The blocks of a range, found by their hash.
struct BlockIndex {
    static let blockSize = 128

    /// One place for each slot, as its block's number and 1; 0 is free.
    private var slots: [UInt32]
    private let shift: UInt64
    private let start: Int

    init(of bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        let blocks = range.count / Self.blockSize
        let bits = max(4, Int.bitWidth - blocks.leadingZeroBitCount + 1)
        slots = [UInt32](repeating: 0, count: 1 << bits)
        shift = UInt64(64 - bits)
        start = range.lowerBound
        var hash = RollingHash()
        for block in 0..<blocks {
            hash.start(bytes, at: start + block * Self.blockSize)
            let slot = Int(hash.value >> shift)
            if slots[slot] == 0 { slots[slot] = UInt32(truncatingIfNeeded: block + 1) }
        }
    }

    /// Where the old range holds the block that stands at a position of the new bytes.
    func place(
        of hash: RollingHash, _ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer, _ position: Int
    ) -> Int? {
        let block = slots[Int(hash.value >> shift)]
        guard block > 0 else { return nil }
        let place = start + Int(block - 1) * Self.blockSize
        let left = UnsafeRawBufferPointer(rebasing: old[place..<place + Self.blockSize])
        let right = UnsafeRawBufferPointer(rebasing: new[position..<position + Self.blockSize])
        return left.elementsEqual(right) ? place : nil
    }
}
