import Glibc

/// A text that equals another one only where both are the same bytes.
///
/// Swift's own `==` takes a composed accent for a decomposed one, and a file system does not. So texts that come from file
/// names are compared, sorted and hashed through this type.
package struct ByteText: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }

    package static func == (left: ByteText, right: ByteText) -> Bool {
        left.withBytes { left in
            right.withBytes { right in
                left.count == right.count
                    && (left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0)
            }
        }
    }

    package static func < (left: ByteText, right: ByteText) -> Bool {
        left.withBytes { left in right.withBytes { right in left.precedes(right) } }
    }

    package func hash(into hasher: inout Hasher) { withBytes { hasher.combine(bytes: $0) } }

    private func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        if let value = text.utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return value }
        return Array(text.utf8).withUnsafeBytes(body)
    }
}

extension UnsafeRawBufferPointer {
    /// The order of bytes, which is the same in every locale.
    fileprivate func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        guard let first = baseAddress, let second = other.baseAddress else { return count < other.count }
        let order = memcmp(first, second, Swift.min(count, other.count))
        return order == 0 ? count < other.count : order < 0
    }
}
