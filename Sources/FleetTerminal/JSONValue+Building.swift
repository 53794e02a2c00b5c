package import FleetBase
import Glibc

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

    /// On one line, as a table shows it.
    package var shown: String {
        switch self {
        case .null: "–"
        case .bool(let bool): "\(bool)"
        case .integer(let number): "\(number)"
        case .number(let number): Self.shown(number)
        case .string(let text): text
        case .array(let elements): elements.map(\.shown).joined(separator: ", ")
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shown)" }.joined(separator: " ")
        }
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

    /// Four decimals, or four digits of what is smaller than 1.
    private static func shown(_ number: Double) -> String {
        switch abs(number) {
        case 0, 1e12...: "\(number)"
        case ..<1: fourDigits(number)
        default: "\((number * 10000).rounded() / 10000)"
        }
    }

    /// By printf(3): Foundation would bring 34 MB of ICU for it.
    private static func fourDigits(_ number: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 32)
        let count = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.4g", $0) }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
