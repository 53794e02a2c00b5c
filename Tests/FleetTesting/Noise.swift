/// Bytes without a pattern, the same for one seed. Eight bytes a step: a debug build is slow at single ones.
package func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var words = [UInt64](repeating: 0, count: (count + 7) / 8)
    words.withUnsafeMutableBufferPointer { words in
        for index in 0..<words.count {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            words[index] = state
        }
    }
    return words.withUnsafeBytes { Array($0.prefix(count)) }
}
