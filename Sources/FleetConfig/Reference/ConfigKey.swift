/// A key of a file that people write.
///
/// It stands once: the file's reader refuses every other key, and `docs/reference` is made of what is said here. The
/// documentation is in English, so these are texts and no messages.
package struct ConfigKey: Sendable {
    package let name: String
    /// What its value is, such as "a time".
    package let value: String
    /// What counts where the key is missing; nil for a key that must be there.
    package let standard: String?
    /// One sentence or two.
    package let meaning: String
    /// The key as it stands in a file; more keys where it can't stand alone.
    package let example: String
    /// The keys of its value, or those of each entry of its value.
    package let inner: KeyList?

    init(
        _ name: String, _ value: String, default standard: String?, _ meaning: String, like example: String,
        of inner: KeyList? = nil
    ) {
        (self.name, self.value, self.standard) = (name, value, standard)
        (self.meaning, self.example, self.inner) = (meaning, example, inner)
    }

    /// The words that a value may be.
    static func words<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> String
    where Value.RawValue == String {
        type.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    }

    static func range(_ numbers: ClosedRange<Int>) -> String { "\(numbers.lowerBound) to \(numbers.upperBound)" }
}
