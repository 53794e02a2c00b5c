import FleetBase

/// The help of every command of a program as one page in Markdown, in English.
package enum CommandReference {
    /// - Parameter note: stands below the title, such as who writes the page.
    /// - Returns: the page, ending in a newline.
    package static func page<Context>(
        of root: CommandGroup<Context>, appendices: [ManualPage.Appendix], note: String
    ) -> String {
        let pages = root.helpPages([root.configuration.commandName])
        let blocks =
            ["# Commands", note, pages.map(\.page).contents(named: pages.map { $0.path.joined(separator: " ") })]
            + pages.map { path, page in
                let text = page.text(in: .english, width: 96)
                return "## \(path.joined(separator: " "))\n\n```text\n\(text)```"
            } + appendices.map(\.section)
        return blocks.joined(separator: "\n\n") + "\n"
    }
}

extension [HelpPage] {
    fileprivate func contents(named names: [String]) -> String {
        zip(names, self).map { name, page in
            "- [\(name)](#\(name.replacing(" ", with: "-"))): \(page.abstract.text(in: .english))"
        }.joined(separator: "\n")
    }
}

extension ManualPage.Appendix {
    fileprivate var section: String {
        let words = title.text(in: .english).lowercased()
        let rows = rows.map { "| `\($0.term.text(in: .english))` | \($0.text(in: .english)) |" }
        let title = words.prefix(1).uppercased() + words.dropFirst()
        return (["## \(title)", "", "| Name | Meaning |", "| --- | --- |"] + rows).joined(separator: "\n")
    }
}
