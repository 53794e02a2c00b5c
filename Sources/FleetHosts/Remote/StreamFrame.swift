import FleetBase
import Glibc

/// Finds what a command itself wrote in one stream of a channel.
///
/// A login shell may print what it likes before the command and behind it. So the command's part begins at a mark of
/// fleet's and ends at another; marks between them are news of fleet's scripts. A mark is `@fleet NONCE `, words, and a
/// line break; all of that is taken out of the stream, and no other byte. It has no line break before it: the end of a
/// line would have to be held back until more comes.
struct StreamFrame: Sendable {
    private enum Phase { case before, inside, after }

    /// How much is looked through for the beginning, and kept of it.
    static let longestNoise = 1 << 20
    private static let keptNoise = 4 << 10
    private static let longestMark = 4 << 10

    private let mark: [UInt8]
    private var phase: Phase
    /// What came and is not yet known to be content or a mark.
    private var pending: [UInt8] = []
    private var noiseCount = 0
    /// An end came where nothing had begun, which only a host that lies sends.
    private(set) var hasEndAlone = false
    /// The first bytes of what came before the beginning.
    private(set) var noise: [UInt8] = []

    /// - Parameter isMarked: false for a far end without a shell, which marks nothing.
    init(nonce: Nonce, isMarked: Bool = true) {
        mark = Array("@fleet \(nonce.text) ".utf8)
        phase = isMarked ? .before : .inside
    }

    var hasBegun: Bool { phase != .before }
    var hasEnded: Bool { phase == .after }
    /// The beginning will not come any more.
    var isNoise: Bool { phase == .before && noiseCount > Self.longestNoise }

    /// - Parameters:
    ///   - content: gets the command's bytes; not called with none.
    ///   - marked: gets the words of each mark.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer, content: (UnsafeRawBufferPointer) -> Void, marked: (String) -> Void
    ) {
        guard pending.isEmpty else {
            let joined = pending + bytes
            pending = []
            joined.withUnsafeBytes { look(through: $0, content, marked) }
            return
        }
        look(through: bytes, content, marked)
    }

    /// What was held back at the end of the stream is no mark.
    mutating func finish(content: (UnsafeRawBufferPointer) -> Void) {
        let rest = pending
        pending = []
        if phase == .inside, !rest.isEmpty { rest.withUnsafeBytes { content($0) } }
    }

    private mutating func look(
        through bytes: UnsafeRawBufferPointer, _ content: (UnsafeRawBufferPointer) -> Void, _ marked: (String) -> Void
    ) {
        var rest = bytes
        while !rest.isEmpty, phase != .after {
            guard let start = find(in: rest) else {
                let held = heldBack(at: rest)
                pass(slice(rest, 0, rest.count - held), content)
                pending = Array(slice(rest, rest.count - held, rest.count))
                return
            }
            pass(slice(rest, 0, start), content)
            rest = slice(rest, start, rest.count)
            let words = rest.dropFirst(mark.count).prefix(Self.longestMark)
            guard let end = words.firstIndex(of: UInt8(ascii: "\n")) else {
                guard words.count < Self.longestMark else {
                    // So long is no mark.
                    pass(slice(rest, 0, mark.count), content)
                    rest = slice(rest, mark.count, rest.count)
                    continue
                }
                pending = Array(rest)
                return
            }
            tell(String(decoding: words[..<end], as: UTF8.self), marked)
            rest = slice(rest, words.distance(from: words.startIndex, to: end) + mark.count + 1, rest.count)
        }
    }

    private mutating func tell(_ words: String, _ marked: (String) -> Void) {
        switch phase {
        case .before:
            if words == "begin" || words.hasPrefix("begin ") { phase = .inside }
            hasEndAlone = hasEndAlone || Int32(words) != nil
        case .inside: if Int32(words) != nil { phase = .after }
        case .after: return
        }
        marked(words)
    }

    private mutating func pass(_ bytes: UnsafeRawBufferPointer, _ content: (UnsafeRawBufferPointer) -> Void) {
        guard !bytes.isEmpty else { return }
        guard phase == .before else { return content(bytes) }
        noiseCount += bytes.count
        noise += bytes.prefix(max(0, Self.keptNoise - noise.count))
    }

    // MARK: Searching

    /// memchr(3) for the first byte: most of what comes are the bytes of archives.
    private func find(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var position = 0
        while position < bytes.count,
            let found = memchr(base + position, CInt(mark[0]), bytes.count - position)
        {
            let start = UnsafeRawPointer(found) - base
            if start + mark.count <= bytes.count, memcmp(base + start, mark, mark.count) == 0 { return start }
            position = start + 1
        }
        return nil
    }

    /// How many bytes at the end may be the beginning of a mark.
    private func heldBack(at bytes: UnsafeRawBufferPointer) -> Int {
        for count in stride(from: min(mark.count - 1, bytes.count), to: 0, by: -1)
        where bytes.suffix(count).elementsEqual(mark.prefix(count)) { return count }
        return 0
    }

    private func slice(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[bytes.startIndex + start..<bytes.startIndex + end])
    }
}
