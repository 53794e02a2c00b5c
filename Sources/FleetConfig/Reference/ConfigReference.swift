/// A file that people write, with all keys that it may have.
package struct ConfigReference: Sendable {
    /// As people call it: `hosts.yaml`.
    package let name: String
    /// Where it lies.
    package let path: String
    package let purpose: String
    package let keys: KeyList

    package static let all = [
        ConfigReference(
            name: "hosts.yaml", path: "inventory/hosts.yaml",
            purpose: "This file says which hosts there are. `fleet host add` writes it too, and keeps your comments. "
                + "A host's own key counts most, then those of its groups in the order of the file, then `defaults`. "
                + "What no key says is taken from `~/.ssh/config`.",
            keys: InventoryReader.keys),
        ConfigReference(
            name: "package.yaml", path: "packages/NAME/package.yaml",
            purpose: "This file says what a package is: its parameters, how it runs, what it measures. "
                + "The folder in which it lies is the package.",
            keys: PackageFile.keys),
        ConfigReference(
            name: "tasks.yaml", path: "tasks.yaml",
            purpose: "This file says which work there is, how often it runs, and what a host must have for it. "
                + "`fleet check` reads it together with the packages.",
            keys: TasksFile.keys),
        ConfigReference(
            name: "config.yaml", path: "~/.config/fleet/config.yaml",
            purpose: "This file is optional. It says what counts for one person in all projects. "
                + "A variable of the environment counts more, an option of the command line most. "
                + "The file lies in `$XDG_CONFIG_HOME/fleet` where that variable is set.",
            keys: UserSettings.keys),
    ]

    /// The page of the file in Markdown, ending in a newline.
    package var page: String {
        let sections = keys.all.map(\.section)
        return """
            # \(name)

            <!-- Written by scripts/reference from Sources/FleetConfig. Change it there. -->

            Where: `\(path)`. \(purpose)

            A time is a number with `ms`, `s`, `m`, `h` or `d`; a number alone is seconds. A size is a number of bytes or one
            with `K`, `M`, `G` or `T`, each 1024 of the one before. A name has letters, digits, `.`, `_` and `-`, 64 at most.
            A key without a value counts as missing.

            \(sections.joined(separator: "\n\n"))

            """
    }
}

extension KeyList {
    fileprivate var section: String {
        let rows = keys.map { key in
            [
                "`\(key.name)`", key.value, key.standard ?? "**must be there**", key.meaning, "`\(key.example)`",
            ].map { $0.replacing("|", with: "\\|") }
        }
        let lines =
            [["Key", "Value", "Without it", "Meaning", "Example"], Array(repeating: "---", count: 5)] + rows
        let table = lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
        let note = shared.isEmpty ? "" : "Also: \(shared.map { "`\($0.name)`" }.joined(separator: ", ")), as above.\n\n"
        return "## \(title)\n\n\(note)\(table)"
    }
}
