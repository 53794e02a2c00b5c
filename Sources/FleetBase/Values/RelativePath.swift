import Glibc

/// A path below some root: never absolute, no empty, `.` or `..` component, no control characters.
package struct RelativePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(ValueError) {
        guard Self.isSafe(text) else {
            throw ValueError(Message("\"\(text)\" is not a relative path inside the package"))
        }
        self.text = text
    }

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

    package var components: [Substring] { text.split(separator: "/") }
    package var description: String { text }

    /// By bytes, so that the order is the same in every locale.
    package static func < (left: RelativePath, right: RelativePath) -> Bool {
        let order = left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in precedes(left, right) }
        }
        return (order ?? nil) ?? left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = left.baseAddress, let second = right.baseAddress else { return left.count < right.count }
        let order = memcmp(first, second, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
    }
}
