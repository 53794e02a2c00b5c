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

    /// What is wrong with a text that is JSON but of another shape than it should have.
    static func problem(_ error: any Error, in bytes: [UInt8], file: String, hint: Message) -> ConfigError {
        switch error {
        case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
            return wrong(at: context.codingPath, in: bytes, file: file, hint: hint) { $0.mismatch(name(of: type)) }
        case DecodingError.keyNotFound(let key, let context):
            return wrong(at: context.codingPath, in: bytes, file: file, hint: hint) { _ in
                Message("the key \"\(key.stringValue)\" is missing")
            }
        case let error as any DescribedError:
            return ConfigError(.syntax, Message("\(file): \(error.message)"), hint: hint)
        default: return ConfigError(.syntax, Message("\(file): \(Message("not valid JSON"))"), hint: hint)
        }
    }

    private static func wrong(
        at path: [any CodingKey], in bytes: [UInt8], file: String, hint: Message, _ problem: (YAMLNode) -> Message
    ) -> ConfigError {
        guard let root = try? YAMLNode(parsing: bytes, file: file) else {
            return ConfigError(.syntax, Message("\(file): \(Message("not valid JSON"))"), hint: hint)
        }
        let node = path.reduce(root) { node, key in
            if let index = key.intValue, case .sequence(let elements) = node.content, elements.indices.contains(index) {
                return elements[index]
            }
            return node[key.stringValue] ?? node
        }
        let keys = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        let problem = problem(node)
        return ConfigError(
            .wrongType, at: node.place, keys.isEmpty ? problem : Message("\(keys): \(problem)"), hint: hint)
    }

    /// What a person calls a type of Swift.
    private static func name(of type: any Any.Type) -> Message {
        let name = "\(type)"
        if name.hasPrefix("Dictionary") { return Message("a mapping") }
        if name.hasPrefix("Array") { return Message("a list") }
        if name == "Bool" { return Message("true or false") }
        if name.hasPrefix("Int") || name.hasPrefix("UInt") { return Message("a whole number") }
        if name == "Double" || name == "Float" { return Message("a number") }
        return Message("a text")
    }
}
