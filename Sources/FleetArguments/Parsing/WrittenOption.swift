/// An option as a word of the command line holds it.
struct WrittenOption {
    /// With its dashes.
    let name: String
    /// Nothing when the command declares no such option.
    let definition: ArgumentDefinition?
    /// The value inside the same word.
    let inline: String?

    /// The options in one word: `--name`, `--name=value`, `-n`, `-nvalue`, `-n=value`, and flags together as `-abc`.
    static func all(in word: String, of set: ArgumentSet) -> [WrittenOption] {
        guard !word.hasPrefix("--") else {
            let (name, value) = word.splitAtEquals
            return [WrittenOption(name: name, definition: set.option(named: name), inline: value)]
        }
        var options: [WrittenOption] = []
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            let definition = set.option(named: name)
            let endsHere = definition?.takesValue == true || letters.first == "="
            let value = letters.first == "=" ? letters.dropFirst() : letters
            options.append(
                WrittenOption(
                    name: name, definition: definition, inline: endsHere && !letters.isEmpty ? String(value) : nil))
            if endsHere { break }
        }
        return options
    }
}
