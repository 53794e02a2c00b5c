import FleetBase

/// One row of an answer, by column name.
struct Row {
    let values: [String: SQLValue]

    init(_ values: [String: SQLValue]) { self.values = values }

    func text(_ column: String) throws(LedgerError) -> String {
        guard let text = optionalText(column) else { throw .unreadable(column) }
        return text
    }

    func optionalText(_ column: String) -> String? {
        guard case .text(let text) = values[column] else { return nil }
        return text
    }

    func integer(_ column: String) throws(LedgerError) -> Int64 {
        guard let integer = optionalInteger(column) else { throw .unreadable(column) }
        return integer
    }

    func optionalInteger(_ column: String) -> Int64? {
        guard case .integer(let number) = values[column] else { return nil }
        return number
    }

    /// A number from 1 on, that still counts when others are added to it.
    func position(_ column: String) throws(LedgerError) -> Int {
        let number = try integer(column)
        guard (1...Int64(Int32.max)).contains(number) else { throw .unreadable(column) }
        return Int(number)
    }

    func time(_ column: String) throws(LedgerError) -> Timestamp {
        try parsed(column) { text throws(ValueError) in try Timestamp(parsing: text) }
    }

    func optionalTime(_ column: String) throws(LedgerError) -> Timestamp? {
        optionalText(column) == nil ? nil : try time(column)
    }

    func word<Value: RawRepresentable>(
        _ type: Value.Type, _ column: String
    ) throws(LedgerError) -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: try text(column)) else { throw .unreadable(column) }
        return value
    }

    func json(_ column: String) throws(LedgerError) -> JSONValue? {
        guard let text = optionalText(column) else { return nil }
        guard let value = try? JSONText.decode(JSONValue.self, from: text.utf8) else { throw .unreadable(column) }
        return value
    }

    func parsed<Value>(
        _ column: String, _ parse: (String) throws(ValueError) -> Value
    ) throws(LedgerError) -> Value {
        let text = try text(column)
        do {
            return try parse(text)
        } catch {
            throw .unreadable(column)
        }
    }
}

extension SQLValue {
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64(clamping: $0)) } ?? .null }
    init(_ time: Timestamp?) { self.init(time?.description) }

    init(_ json: JSONValue?) {
        guard let json else {
            self = .null
            return
        }
        guard let text = try? JSONText.encode(json) else { preconditionFailure("a number that JSON does not have") }
        self = .text(text)
    }
}
