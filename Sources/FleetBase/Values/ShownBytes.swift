/// Bytes that somebody else chose, such as a file's name, as a text that moves no cursor and hides nothing.
package enum ShownBytes {
    package static func text(of bytes: some Collection<UInt8>) -> String {
        var shown = String.UnicodeScalarView()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let scalar = scalar(at: rest)
            let count = scalar.map { UTF8.width($0) } ?? 1
            let part = rest.prefix(count)
            rest = rest.dropFirst(count)
            if let scalar, scalar.isHarmless {
                shown.append(scalar)
            } else {
                shown.append(contentsOf: escape(part).unicodeScalars)
            }
        }
        return String(shown)
    }

    /// The scalar at the beginning of bytes; nil where they are not UTF-8.
    package static func scalar(at bytes: ArraySlice<UInt8>) -> UnicodeScalar? {
        guard let first = bytes.first else { return nil }
        guard first >= 0x80 else { return UnicodeScalar(first) }
        let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        return String(validating: bytes.prefix(count), as: UTF8.self)?.unicodeScalars.first
    }

    private static func escape(_ bytes: ArraySlice<UInt8>) -> String {
        switch bytes.first {
        case UInt8(ascii: "\n"): "\\n"
        case UInt8(ascii: "\r"): "\\r"
        case UInt8(ascii: "\t"): "\\t"
        default: bytes.map { "\\x" + CollectionOfOne($0).hex }.joined()
        }
    }
}
