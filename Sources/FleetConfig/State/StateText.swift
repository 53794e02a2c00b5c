import FleetBase

/// The text of `state.json`.
enum StateText {
    static func decode(_ bytes: [UInt8], file: String) throws(ConfigError) -> InventoryState {
        do {
            return try JSONText.decode(InventoryState.self, from: bytes)
        } catch {
            let hint = Message("take the file back from git, or delete it: fleet gathers it again")
            if let place = JSONSyntax.errorPlace(in: bytes, file: file) {
                throw ConfigError(.syntax, at: place, Message("not valid JSON"), hint: hint)
            }
            throw JSONSyntax.problem(error, in: bytes, file: file, hint: hint)
        }
    }

    /// Sorted and indented, with a line end at the end: the same state is the same bytes.
    ///
    /// - Parameter original: the file as it was, whose keys from a newer fleet are kept.
    static func encode(_ state: InventoryState, keeping original: [UInt8]?) -> String {
        do {
            var document = try json(state)
            // A newer fleet may have written a number that no type here can hold; that number is dropped.
            if let original, let old = try? JSONText.decode(JSONValue.self, from: original) {
                let understood = try json(JSONText.decode(InventoryState.self, from: original))
                document = document.grafting(old, notIn: understood)
            }
            return try JSONText.encode(document, pretty: true) + "\n"
        } catch {
            preconditionFailure("a state that was read can be written: \(error)")
        }
    }

    private static func json(_ state: InventoryState) throws -> JSONValue {
        try JSONText.decode(JSONValue.self, from: JSONText.encode(state).utf8)
    }
}

extension JSONValue {
    /// Adds the members of `original` that were not understood when it was read, at every depth.
    fileprivate func grafting(_ original: JSONValue, notIn understood: JSONValue) -> JSONValue {
        guard case .object(var members) = self, case .object(let old) = original,
            case .object(let known) = understood
        else { return self }
        for (key, value) in old {
            if let present = members[key], let knownValue = known[key] {
                members[key] = present.grafting(value, notIn: knownValue)
            } else if members[key] == nil, known[key] == nil {
                members[key] = value
            }
        }
        return .object(members)
    }
}
