import FoundationEssentials

/// JSON as fleet writes it: sorted keys, so that the same values give the same bytes.
package enum JSONText {
    /// - Parameters:
    ///   - pretty: indented over several lines, for files that people and git read.
    ///   - language: in which sentences are written out; without it they are kept as templates, see ``Message``.
    package static func encode(
        _ value: some Encodable, pretty: Bool = false, in language: Language? = nil
    ) throws -> String {
        let encoder = JSONEncoder()
        if let language { encoder.userInfo[.language] = language }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
