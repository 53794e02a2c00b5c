/// Makes lines of what comes piece by piece.
struct OutputLines {
    /// What has no line break for so long is handed on in pieces.
    private let longest: Int
    /// How many bytes came.
    private(set) var taken = 0
    /// A line without its end.
    private var part: [UInt8] = []
    /// Whether the beginning of the line was handed on.
    private var isCut = false

    init(longest: Int = 64 << 10) { self.longest = longest }

    /// - Returns: the lines that are whole now.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> [String] {
        taken += bytes.count
        var lines: [String] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            part += rest[..<end]
            // The end of what was handed on is no line of its own.
            if !part.isEmpty || !isCut { lines.append(String(decoding: part, as: UTF8.self)) }
            (part, isCut) = ([], false)
            rest = rest[rest.index(after: end)...]
        }
        part += rest
        if part.count > longest {
            lines.append(String(decoding: part, as: UTF8.self))
            (part, isCut) = ([], true)
        }
        return lines
    }

    /// - Returns: the last line, where no line break ends it.
    mutating func end() -> String? {
        defer { part = [] }
        return part.isEmpty ? nil : String(decoding: part, as: UTF8.self)
    }
}
