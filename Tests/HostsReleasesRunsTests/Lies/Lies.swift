import FleetBase
import FleetTesting

/// Answers of a host that lies, the same ones for one seed.
struct Lies: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func chance(_ one: Int, in all: Int) -> Bool { Int(next() % UInt64(all)) < one }

    mutating func one<Value>(of values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }

    // MARK: Words

    static let numbers = [
        "0", "1", "-1", "4", "00012", "+7", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "18446744073709551616", "1e309", "-1e309", "nan", "inf", "-inf", "4e9999999999", "000123456789", "0x10", "1.5",
        "٣", "", " ", "1152921504606846976", "1125899906842624", "99999999999999999999999999",
    ]
    static let names = [
        "../../../secret", "..", ".", "/etc", "hello", "Hello", "-rf", "a b", "hello/..", "hello@x", "nan", "last",
        "20261126-105633-a8fa.1.1", "20261126-105633-a8fa.0.1", "20261126-105633-a8fa.9223372036854775807.1",
        "20261126-105633-a8fa.1.-9223372036854775808", "last.1.1", "1.0.0-0123456789ab", "\u{1B}[2J", "café", "%@",
        "%2$@",
    ]
    static let texts = [
        "\u{1B}]0;owned\u{7}", "\u{9B}2J", "\u{202E}gnp.exe", "\u{2066}x\u{2069}", "two\rlines", "\u{7F}\u{0}", "plain",
        "%@%@%1$@", "<b>\"'&", "\u{2028}", "@fleet", "@job 0 0 0", "a=b=c", "=",
    ]

    mutating func word() -> String {
        switch next() % 8 {
        case 0...2: one(of: Self.numbers)
        case 3...4: one(of: Self.names)
        case 5: one(of: Self.texts)
        case 6: String(repeating: one(of: ["a", "9", "é", "/.."]), count: Int(next() % 300))
        default: String(decoding: bytes(Int(next() % 12)), as: UTF8.self)
        }
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// An honest word for the most part.
    mutating func word(honest: [String]) -> String { chance(3, in: 4) ? one(of: honest) : word() }

    // MARK: Answers

    /// Lines of an answer: honest ones, and what a liar makes of them.
    mutating func answer(_ honest: [String], keys: [String]) -> [UInt8] {
        // Who always lies gets no question but the first.
        if chance(1, in: 2) { return Array(honest.map { $0 + "\n" }.joined().utf8) }
        var lines = chance(1, in: 6) ? [] : honest
        for _ in 0..<(next() % 4) {
            let words = (0...(next() % 4)).map { _ in word() }.joined(separator: " ")
            lines.append("\(chance(1, in: 8) ? word() : one(of: keys))=\(words)")
        }
        if !lines.isEmpty, chance(1, in: 3) {
            let index = Int(next() % UInt64(lines.count))
            var words = lines[index].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            words[Int(next() % UInt64(words.count))] = word()
            lines[index] = words.joined(separator: " ")
        }
        if chance(1, in: 10) { lines += lines }
        if chance(1, in: 10) { lines.shuffle(using: &self) }
        if chance(1, in: 300) { lines.append("x=" + String(repeating: "y", count: 200_000)) }
        if chance(1, in: 600) { lines += Array(repeating: one(of: keys) + "=1", count: 20_000) }
        var bytes = Array(lines.map { $0 + (chance(1, in: 50) ? "\r\n" : "\n") }.joined().utf8)
        if chance(1, in: 12) { bytes.insert(contentsOf: self.bytes(20), at: Int(next() % UInt64(bytes.count + 1))) }
        if chance(1, in: 20) { bytes = Array(bytes.prefix(Int(next() % UInt64(bytes.count + 1)))) }
        return bytes
    }

    /// What begins an answer on either stream, or does not: what a login shell prints, and a mark.
    mutating func beginning(_ nonce: String) -> [UInt8] {
        switch next() % 20 {
        case 0: return []
        case 1: return Array("@fleet \(word()) begin\n".utf8)
        case 2: return Array("@fleet \(nonce) \(word())\n".utf8)
        case 3: return bytes(30) + Array("@fleet \(nonce) begin \(word())\n".utf8)
        case 4: return Array("@fleet \(nonce) begin\n@fleet \(nonce) begin\n".utf8)
        default: return Array("@fleet \(nonce) begin\n".utf8)
        }
    }

    /// What ends an answer on either stream, or does not.
    mutating func trailer(_ nonce: String, _ statuses: [Int] = [0]) -> [UInt8] {
        switch next() % 40 {
        case 0: return []
        case 1: return Array("@fleet \(word()) 0\n".utf8)
        case 2: return Array("@fleet \(nonce) \(word())\n".utf8)
        case 3: return Array("@fleet \(nonce) 0\n@fleet \(nonce) 1\n".utf8)
        case 4:
            return Array(
                "\(word())@fleet \(nonce) \(one(of: [1, 69, 70, 72, 73, 74, 75, 76, 79, 80, 81, 127]))\n".utf8)
        case 5: return Array("@stolen \(word())\n@waiting \(word())\n@fleet \(nonce) 0\n".utf8)
        default: return Array("@fleet \(nonce) \(one(of: statuses))\n".utf8)
        }
    }
}
