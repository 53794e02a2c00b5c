extension String {
    /// Whether it is written as an option; `-` alone and negative numbers are values.
    var looksLikeOption: Bool { hasPrefix("-") && count > 1 && Double(self) == nil }

    /// `--name=value` as its two parts.
    var splitAtEquals: (name: String, value: String?) {
        guard let equals = firstIndex(of: "=") else { return (self, nil) }
        return (String(self[..<equals]), String(self[index(after: equals)...]))
    }
}

extension ArraySlice<String> {
    /// The next word, if it can be an option's value.
    mutating func popValue() -> String? {
        guard let word = first, !word.looksLikeOption else { return nil }
        return removeFirst()
    }
}
