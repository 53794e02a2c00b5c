/// A TCP port.
package struct Port: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt16

    package static let ssh = Port(number: 22)

    private init(number: UInt16) { self.number = number }

    package init(_ text: String) throws(ValueError) {
        guard let number = UInt16(text), number > 0 else {
            throw ValueError(Message("\"\(text)\" is not a port (1 to 65535)"))
        }
        self.number = number
    }

    package var description: String { String(number) }
}
