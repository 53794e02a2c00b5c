import FleetBase

/// What is wrong with a JSON text: Foundation's decoder on Linux tells what, but not where.
enum JSONSyntax {
    /// The place of a syntax error, found by reading the text as YAML, of which JSON is all but a subset.
    static func errorPlace(in bytes: [UInt8], file: String) -> SourcePlace? {
        do throws(ConfigError) {
            _ = try YAMLNode(parsing: bytes, file: file)
            return nil
        } catch {
            return error.place
        }
    }

    static func describe(_ error: any Error) -> Message {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.keyNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return Message("at \(path): \(context.debugDescription)")
        case let error as any DescribedError: return error.message
        default: return Message("not valid JSON")
        }
    }
}
