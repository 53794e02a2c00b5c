package import FleetBase

extension YAMLNode {
    /// Any scalar as it is written: `version: 1.0` is the text "1.0".
    package func string() throws(ConfigError) -> String {
        guard case .scalar(let text, _) = content, !isNull else { throw expected(Message("a text")) }
        return text
    }

    package func int() throws(ConfigError) -> Int {
        guard case .integer(let number) = scalarValue else { throw expected(Message("a whole number")) }
        return Int(number)
    }

    package func int(atLeast minimum: Int) throws(ConfigError) -> Int {
        let number = try int()
        guard number >= minimum else {
            throw ConfigError(.invalidValue, at: place, Message("\(number) is below the minimum \(minimum)"))
        }
        return number
    }

    /// - Parameter range: beyond it nobody means it, and sums of such numbers would not fit.
    package func int(in range: ClosedRange<Int>) throws(ConfigError) -> Int {
        let number = try int(atLeast: range.lowerBound)
        guard number <= range.upperBound else {
            throw ConfigError(
                .invalidValue, at: place, Message("\(number) is above the maximum \(range.upperBound)"))
        }
        return number
    }

    /// A number that JSON has a word for: neither infinite nor none.
    package func double() throws(ConfigError) -> Double {
        let number = try anyDouble()
        guard number.isFinite else {
            throw ConfigError(.invalidValue, at: place, Message("\(described) is no number that JSON has a word for"))
        }
        return number
    }

    private func anyDouble() throws(ConfigError) -> Double {
        switch scalarValue {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw expected(Message("a number"))
        }
    }

    /// The end of a range: nil where it is `.inf`, or `-.inf` for the lower one, which is no end.
    ///
    /// - Parameter open: the infinity that stands for no end.
    package func bound<Value>(
        open: Double, _ read: (YAMLNode) throws(ConfigError) -> Value
    ) throws(ConfigError) -> Value? {
        guard case .scalar(let text, isPlain: true) = content, CoreSchema.infinity(text) == open else {
            return try read(self)
        }
        return nil
    }

    package func bool() throws(ConfigError) -> Bool {
        guard case .bool(let bool) = scalarValue else { throw expected(Message("true or false")) }
        return bool
    }

    package func duration() throws(ConfigError) -> Duration { try parsed(Duration.init(parsing:)) }
    /// A time limit: see `Duration(parsingLimit:)`.
    package func timeLimit() throws(ConfigError) -> Duration { try parsed(Duration.init(parsingLimit:)) }
    package func byteCount() throws(ConfigError) -> ByteCount { try parsed(ByteCount.init(parsing:)) }
    package func port() throws(ConfigError) -> Port { try parsed(Port.init) }

    /// A text that `parse` turns into its value; what `parse` says against it is told with the place.
    package func parsed<Value>(_ parse: (String) throws(ValueError) -> Value) throws(ConfigError) -> Value {
        let text = try string()
        return try ConfigError.at(place) { () throws(ValueError) in try parse(text) }
    }

    package func elements() throws(ConfigError) -> [YAMLNode] {
        guard case .sequence(let elements) = content else { throw expected(Message("a list")) }
        return elements
    }

    /// The entries of a mapping, in the order of the file; of nothing at all, none.
    package func entries() throws(ConfigError) -> [Entry] {
        if isNull { return [] }
        guard case .mapping(let entries) = content else { throw expected(Message("a mapping")) }
        return entries
    }

    /// A list of texts, or one text alone.
    package func strings() throws(ConfigError) -> [String] {
        guard case .sequence(let elements) = content else { return [try string()] }
        var texts: [String] = []
        for element in elements { texts.append(try element.string()) }
        return texts
    }

    /// One of the words that `Value` knows.
    package func word<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type
    ) throws(ConfigError) -> Value where Value.RawValue == String {
        let text = try string()
        guard let value = Value(rawValue: text) else {
            let words = type.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigError(.invalidValue, at: place, Message("\"\(text)\" is none of: \(words)"))
        }
        return value
    }

    /// A list of such words, or one alone.
    package func words<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type
    ) throws(ConfigError) -> [Value] where Value.RawValue == String {
        guard case .sequence(let elements) = content else { return [try word(type)] }
        var values: [Value] = []
        for element in elements { values.append(try element.word(type)) }
        return values
    }

    func expected(_ kind: Message) -> ConfigError { ConfigError(.wrongType, at: place, mismatch(kind)) }

    func mismatch(_ kind: Message) -> Message { Message("expected \(kind), found \(described)") }
}
