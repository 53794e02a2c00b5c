package import FleetBase

/// What `--json` prints says `null` where there is nothing, so that every object has all of its keys.
extension JSONValue {
    package init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    package init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64(clamping: $0)) } ?? .null }

    package init(_ number: Double?) { self = number.map(JSONValue.number) ?? .null }

    package init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }

    package init(_ failure: Failure?, _ console: Console) {
        self =
            failure.map {
                .object([
                    "class": .string($0.kind.rawValue), "message": .string(console.text($0.message)),
                    "hint": JSONValue($0.hint.map(console.text)),
                ])
            } ?? .null
    }

    /// The widest cell of values, in columns.
    private static let widest = 300

    /// In a cell of a table: a digest is cut, and so is what is very long, or the row would be wider than any terminal.
    package var cell: String { HostText(whole).line(atMost: 4 * Self.widest).cut(to: Self.widest) }

    private var whole: String {
        switch self {
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.whole)" }.joined(separator: " ")
        case .string(let text) where text.count >= 32 && text.allSatisfy(\.isHexDigit): text.prefix(12) + "…"
        default: shown
        }
    }
}
