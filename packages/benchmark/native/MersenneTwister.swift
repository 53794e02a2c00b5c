/// MT19937 (Matsumoto and Nishimura, 1998, with the initialisation of 2002).
struct MersenneTwister {
    private static let size = 624
    private var words: [UInt32]
    private var index = size

    /// `init_genrand(seed)`.
    init(seed: UInt32) {
        words = [seed]
        for i in 1..<Self.size {
            let last = words[i - 1]
            words.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
        }
    }

    /// The next double in [0, 1), made of 53 bits.
    mutating func next() -> Double {
        let high = Double(nextWord() >> 5)
        let low = Double(nextWord() >> 6)
        return (high * 67_108_864 + low) / 9_007_199_254_740_992
    }

    private mutating func nextWord() -> UInt32 {
        if index == Self.size { refill() }
        var word = words[index]
        index += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    private mutating func refill() {
        for i in 0..<Self.size {
            let pair = (words[i] & 0x8000_0000) | (words[(i + 1) % Self.size] & 0x7FFF_FFFF)
            words[i] = words[(i + 397) % Self.size] ^ (pair >> 1) ^ (pair & 1 == 0 ? 0 : 0x9908_B0DF)
        }
        index = 0
    }
}
