/// A key that was pressed.
package enum Key: Sendable, Hashable {
    case character(Character)
    /// With Ctrl: `c`, `l`.
    case control(Character)
    case up, down, left, right, pageUp, pageDown, home, end
    case enter, escape, backspace, tab, backTab
}

/// Reads keys from the bytes that a terminal sends (ECMA-48, and what xterm sends for keys).
package struct KeyReader: Sendable {
    private var pending: [UInt8] = []
    /// What no key is longer than.
    private static let longest = 32

    package init() {}

    /// Whether the bytes end in the middle of a key, or in Escape, which may be the beginning of one.
    package var isInKey: Bool { !pending.isEmpty }

    /// - Parameter isAll: nothing more comes that belongs to these bytes: a lone Escape is the key.
    package mutating func take(_ bytes: [UInt8], isAll: Bool = false) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        while let (key, count) = next(isAll: isAll) {
            pending.removeFirst(count)
            if let key { keys.append(key) }
        }
        return keys
    }

    /// - Returns: nil when more is needed; no key for what means nothing.
    private func next(isAll: Bool) -> (Key?, Int)? {
        guard let first = pending.first else { return nil }
        switch first {
        case 0x1B: return escaped(isAll: isAll)
        case 0x0D, 0x0A: return (.enter, 1)
        case 0x09: return (.tab, 1)
        case 0x08, 0x7F: return (.backspace, 1)
        case 1...26: return (.control(Character(UnicodeScalar(first + 0x60))), 1)
        case ..<0x20: return (nil, 1)
        default: return character(isAll: isAll)
        }
    }

    private func character(isAll: Bool) -> (Key?, Int)? {
        let count: Int =
            switch pending[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard pending.count >= count else { return isAll ? (nil, pending.count) : nil }
        let text = String(validating: pending[..<count], as: UTF8.self)
        return (text?.first.map(Key.character), count)
    }

    private func escaped(isAll: Bool) -> (Key?, Int)? {
        guard pending.count > 1 else { return isAll ? (.escape, 1) : nil }
        switch pending[1] {
        case UInt8(ascii: "["): break
        case UInt8(ascii: "O"):
            guard pending.count > 2 else { return isAll ? (nil, 2) : nil }
            return (Self.keys[pending[2]], 3)
        // Escape, and then a key.
        default: return (.escape, 1)
        }
        // Parameters, and then a letter that ends it.
        guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
            return isAll || pending.count > Self.longest ? (nil, pending.count) : nil
        }
        let number = String(decoding: pending[2..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
        let key = pending[end] == UInt8(ascii: "~") ? Self.numbered[number] : Self.keys[pending[end]]
        return (key, end + 1)
    }

    private static let keys: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab, UInt8(ascii: "M"): .enter,
    ]
    private static let numbered: [String: Key] = [
        "1": .home, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
    ]
}
