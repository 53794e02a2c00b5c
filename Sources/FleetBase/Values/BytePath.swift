/// A path below some root as a file system has it: bytes of any kind but zero; never absolute, no empty, `.` or `..`
/// component.
///
/// What a ``RelativePath`` can't be: it may hold line breaks, and need not be UTF-8.
package struct BytePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// - Returns: nil for what is no path below a root.
    package init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        let components = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !bytes.contains(0), components.allSatisfy(Self.isName) else { return nil }
        self.bytes = bytes
    }

    package init(_ path: RelativePath) { bytes = Array(path.text.utf8) }

    private init(joined bytes: [UInt8]) { self.bytes = bytes }

    private static func isName(_ component: ArraySlice<UInt8>) -> Bool {
        let isDots = component.allSatisfy { $0 == UInt8(ascii: ".") }
        return !component.isEmpty && !(isDots && component.count <= 2)
    }

    package var components: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }

    /// The folder in which it lies; nil at the top.
    package var parent: BytePath? {
        bytes.lastIndex(of: UInt8(ascii: "/")).map { BytePath(joined: Array(bytes[..<$0])) }
    }

    /// A path below this one.
    package func appending(_ path: BytePath) -> BytePath {
        BytePath(joined: bytes + [UInt8(ascii: "/")] + path.bytes)
    }

    /// Nil when the bytes are not UTF-8.
    package var text: String? { String(validating: bytes, as: UTF8.self) }

    /// For people: line breaks, control characters and bytes that are not UTF-8 stand as `\n`, `\t`, `\x1b`.
    package var description: String { ShownBytes.text(of: bytes) }

    /// ASCII alone, other for other bytes: what is not plain stands as `\xNN`.
    package var escaped: String {
        bytes.map { byte in
            let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\\")
            return isPlain ? String(UnicodeScalar(byte)) : "\\x" + CollectionOfOne(byte).hex
        }.joined()
    }

    package func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

    package static func < (left: BytePath, right: BytePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
