/// A path below some root: never absolute, no empty, `.` or `..` component, no control characters.
///
/// Two paths are the same, and sorted, by their bytes: see ``ByteText``.
package struct RelativePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let bytes: ByteText

    package init(_ text: String) throws(ValueError) {
        guard Self.isSafe(text) else {
            throw ValueError(Message("\"\(text)\" is not a relative path inside the package"))
        }
        bytes = ByteText(text)
    }

    private init(parent: Substring) { bytes = ByteText(String(parent)) }

    /// Looks at each byte once: packages have tens of thousands of paths.
    private static func isSafe(_ text: String) -> Bool {
        // How many bytes the component has so far, and whether all of them are dots.
        var (count, isDots) = (0, true)
        for byte in text.utf8 {
            guard byte >= 0x20, byte != 0x7F else { return false }
            if byte == UInt8(ascii: "/") {
                if count == 0 || (isDots && count <= 2) { return false }
                (count, isDots) = (0, true)
            } else {
                count += 1
                isDots = isDots && byte == UInt8(ascii: ".")
            }
        }
        return count > 0 && !(isDots && count <= 2)
    }

    package var text: String { bytes.text }
    package var description: String { text }

    /// Split at bytes: a slash with an accent on it is one character to Swift.
    package var components: [Substring] { text.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) } }

    /// The folder in which it lies; nil at the top.
    package var parent: RelativePath? {
        text.utf8.lastIndex(of: UInt8(ascii: "/")).map { RelativePath(parent: text[..<$0]) }
    }

    package static func < (left: RelativePath, right: RelativePath) -> Bool { left.bytes < right.bytes }
}
