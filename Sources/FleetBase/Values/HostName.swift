/// The name of a host in the inventory: letters, digits, `.`, `_` and `-`, at most 64 characters, no leading `-` or `.`.
package struct HostName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(ValueError) {
        guard Identifier.isValid(text) else {
            throw ValueError(
                Message("\"\(text)\" is not a host name: use letters, digits, \".\", \"_\" and \"-\", 64 at most"))
        }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: HostName, right: HostName) -> Bool { left.text < right.text }
}

extension HostName: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(ValueError) {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error.message)")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// The alphabet that names of hosts, groups, packages, engines and parameters share: safe in a path and in a shell.
package enum Identifier {
    package static let longest = 64

    package static func isValid(_ text: String, atMost limit: Int = longest) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= limit, first != UInt8(ascii: "-"), first != UInt8(ascii: ".")
        else {
            return false
        }
        return bytes.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
