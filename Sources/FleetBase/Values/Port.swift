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

extension Port: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let number = try container.decode(UInt16.self)
        guard number > 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "0 is not a port")
        }
        self.init(number: number)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}
