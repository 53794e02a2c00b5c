import FleetBase
import Glibc

/// What `--json` prints says `null` where there is nothing, so that every object has all of its keys.
extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64($0)) } ?? .null }

    init(_ number: Double?) { self = number.map(JSONValue.number) ?? .null }

    init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }

    init(_ failure: Failure?, _ console: Console) {
        self =
            failure.map {
                .object([
                    "class": .string($0.kind.rawValue), "message": .string(console.text($0.message)),
                    "hint": JSONValue($0.hint.map(console.text)),
                ])
            } ?? .null
    }

    /// On one line, as a table shows it.
    var shown: String {
        switch self {
        case .null: "–"
        case .bool(let bool): "\(bool)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number.rounded(toSignificant: 4))"
        case .string(let text): text
        case .array(let elements): elements.map(\.shown).joined(separator: ", ")
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shown)" }.joined(separator: " ")
        }
    }

    /// In a cell of a table: a digest is cut, or the row would be wider than any terminal.
    var cell: String {
        if case .object(let members) = self {
            return members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.cell)" }.joined(separator: " ")
        }
        let text = shown
        return text.count > 16 ? text.prefix(12) + "…" : text
    }
}

extension Double {
    /// From 1 on so many decimals stay; below, so many digits from the first that is not 0.
    func rounded(toSignificant digits: Int) -> Double {
        guard self != 0, isFinite else { return self }
        let zeros = max(0, -log10(abs(self)).rounded(.down) - 1)
        let factor = pow(10, Double(digits) + zeros)
        let rounded = (self * factor).rounded() / factor
        return rounded.isFinite ? rounded : self
    }
}
