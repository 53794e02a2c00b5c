import Glibc

extension JSONValue {
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
