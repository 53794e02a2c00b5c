/// A value that must never be printed, logged or put into an argument list.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    /// What a file or a descriptor holds, without the line break that an editor leaves at its end, of Windows, too.
    ///
    /// - Returns: nil for what is no UTF-8.
    package init?(lineOf bytes: [UInt8]) {
        var line = bytes[...]
        if line.last == UInt8(ascii: "\n") {
            line.removeLast()
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
        }
        guard let value = String(validating: line, as: UTF8.self) else { return nil }
        self.value = value
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The one place where the value comes out.
    package func reveal() -> String { value }
}
