import FleetBase

/// A pattern for one component of a path, by bytes, so that it fits whatever a file system can hold.
///
/// `*` is any bytes, `?` one character or one byte that is part of none, `[a-z]`, `[!a-z]` and `[[:alpha:]]` are one of
/// several; a backslash takes the special meaning from what follows it (gitignore(5), glob(7)).
///
/// fnmatch(3) can't say it: in the locale C `?` and brackets stand for single bytes, so that `?` does not fit `é`, and in
/// C.UTF-8 no pattern fits a name that is not UTF-8. It has no `**` either, see ``PathPattern``.
struct NameGlob: Sendable, Hashable {
    private enum Token: Sendable, Hashable {
        case byte(UInt8)
        case one
        case any
        case set(ByteSet)
    }

    private let tokens: [Token]
    /// False for a pattern that fits nothing: a bracket that is not closed, a backslash at the end.
    private let isWhole: Bool

    init(literal name: some Sequence<UInt8>) {
        tokens = name.map(Token.byte)
        isWhole = true
    }

    init(_ pattern: some Collection<UInt8>) {
        var (tokens, isWhole): ([Token], Bool) = ([], true)
        var rest = Array(pattern)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): if tokens.last != .any { tokens.append(.any) }
            case UInt8(ascii: "?"): tokens.append(.one)
            case UInt8(ascii: "["):
                if let set = ByteSet(&rest) { tokens.append(.set(set)) } else { isWhole = false }
            case UInt8(ascii: "\\"):
                if let next = rest.popFirst() { tokens.append(.byte(next)) } else { isWhole = false }
            default: tokens.append(.byte(byte))
            }
        }
        (self.tokens, self.isWhole) = (tokens, isWhole)
    }

    /// Goes back only to the last `*`, so the time is at most the product of both lengths.
    func matches(_ name: ArraySlice<UInt8>) -> Bool {
        guard isWhole else { return false }
        var (token, place) = (0, name.startIndex)
        var retry: (token: Int, place: Int)?
        while place < name.endIndex {
            if token < tokens.count, tokens[token] == .any {
                retry = (token + 1, place)
                token += 1
            } else if token < tokens.count, let length = Self.length(tokens[token], name[place...]) {
                (token, place) = (token + 1, place + length)
            } else if let (star, start) = retry {
                retry = (star, start + 1)
                (token, place) = (star, start + 1)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .any }
    }

    /// How many bytes a token takes from the beginning of some; nil where it does not fit.
    private static func length(_ token: Token, _ bytes: ArraySlice<UInt8>) -> Int? {
        let scalar = { ShownBytes.scalar(at: bytes) }
        switch token {
        case .byte(let byte): return bytes.first == byte ? 1 : nil
        case .one: return scalar().map { UTF8.width($0) } ?? 1
        case .set(let set):
            guard let found = scalar() else { return set.isNegated ? 1 : nil }
            return set.contains(found) ? UTF8.width(found) : nil
        case .any: return nil
        }
    }
}

/// What stands in brackets: characters, ranges and the classes of POSIX.
struct ByteSet: Sendable, Hashable {
    private(set) var isNegated = false
    private var ranges: [ClosedRange<UInt32>] = []

    private static let classes: [String: [ClosedRange<UInt32>]] = [
        "alpha": [65...90, 97...122], "upper": [65...90], "lower": [97...122], "digit": [48...57],
        "alnum": [48...57, 65...90, 97...122], "xdigit": [48...57, 65...70, 97...102], "space": [9...13, 32...32],
        "blank": [9...9, 32...32], "cntrl": [0...31, 127...127], "print": [32...126], "graph": [33...126],
        "punct": [33...47, 58...64, 91...96, 123...126],
    ]

    func contains(_ scalar: UnicodeScalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isNegated
    }

    /// Reads what follows the opening bracket, up to the closing one; nil where there is none.
    init?(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^") {
            isNegated = true
            rest.removeFirst()
        }
        var isFirst = true
        // A closing bracket that comes first stands for itself.
        while isFirst || rest.first != UInt8(ascii: "]") {
            isFirst = false
            if let named = Self.named(&rest) {
                ranges += named
                continue
            }
            guard let low = Self.scalar(&rest) else { return nil }
            guard rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") else {
                ranges.append(low...low)
                continue
            }
            rest.removeFirst()
            guard let high = Self.scalar(&rest) else { return nil }
            if low <= high { ranges.append(low...high) }
        }
        rest.removeFirst()
    }

    private static func named(_ rest: inout ArraySlice<UInt8>) -> [ClosedRange<UInt32>]? {
        guard rest.starts(with: "[:".utf8), let end = rest.firstIndex(of: UInt8(ascii: "]")),
            rest[end - 1] == UInt8(ascii: ":"), end - rest.startIndex >= 3,
            let ranges = classes[String(decoding: rest[(rest.startIndex + 2)..<(end - 1)], as: UTF8.self)]
        else { return nil }
        rest = rest[(end + 1)...]
        return ranges
    }

    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        if rest.first == UInt8(ascii: "\\") { rest.removeFirst() }
        guard let byte = rest.first else { return nil }
        guard let scalar = ShownBytes.scalar(at: rest) else {
            rest.removeFirst()
            return UInt32(byte)
        }
        rest.removeFirst(UTF8.width(scalar))
        return scalar.value
    }
}
