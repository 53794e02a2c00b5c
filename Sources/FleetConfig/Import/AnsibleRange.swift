/// Host ranges of Ansible: `web[01:03].example.org`, `db-[a:c]`, `n[0:10:5]`.
enum AnsibleRange {
    private static let maximumHosts = 10_000

    /// The hosts that a pattern stands for; nil when a bracket does not hold a range.
    static func expand(_ pattern: String) -> [String]? {
        guard let open = pattern.firstIndex(of: "[") else { return pattern.contains("]") ? nil : [pattern] }
        guard let close = pattern[open...].firstIndex(of: "]"),
            let values = values(pattern[pattern.index(after: open)..<close]),
            let tails = expand(String(pattern[pattern.index(after: close)...])),
            values.count * tails.count <= maximumHosts
        else { return nil }
        return values.flatMap { value in tails.map { pattern[..<open] + value + $0 } }
    }

    private static func values(_ range: Substring) -> [String]? {
        let parts = range.split(separator: ":")
        guard parts.count == 2 || parts.count == 3, let step = parts.count == 3 ? Int(parts[2]) : 1, step > 0 else {
            return nil
        }
        if let first = Int(parts[0]), let last = Int(parts[1]), 0 <= first, first <= last, last - first < maximumHosts {
            return stride(from: first, through: last, by: step).map { padded($0, to: parts[0].count) }
        }
        guard let first = letter(parts[0]), let last = letter(parts[1]), first <= last else { return nil }
        return stride(from: first, through: last, by: step).map { String(UnicodeScalar(UInt8($0))) }
    }

    /// Leading zeros in the first number are kept in all.
    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func letter(_ text: Substring) -> Int? {
        guard text.count == 1, let character = text.first, character.isLetter else { return nil }
        return character.asciiValue.map(Int.init)
    }
}
