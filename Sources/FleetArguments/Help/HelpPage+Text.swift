package import FleetBase

extension HelpPage {
    /// The page as lines of at most `width` columns where words allow it, ending in a newline.
    package func text(in language: Language, width: Int) -> String {
        let width = max(width, 40)
        var blocks = [
            Self.block(Message("ABSTRACT"), Self.wrapped(abstract, language, width), language),
            Self.block(Message("USAGE"), Self.wrapped(usage, language, width), language),
        ]
        if let discussion { blocks.append(Self.wrapped(discussion, language, width).joined(separator: "\n")) }
        for section in sections where !section.rows.isEmpty {
            blocks.append(Self.block(section.title, section.lines(in: language, width), language))
        }
        if !examples.isEmpty {
            let lines = examples.flatMap { $0.lines(in: language, width) }
            blocks.append(Self.block(Message("EXAMPLES"), lines, language))
        }
        if !seeAlso.isEmpty {
            let list = Self.wrapped(ValueName.message(seeAlso.joined(separator: ", ")), language, width)
            blocks.append(Self.block(Message("SEE ALSO"), list, language))
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    fileprivate static let indent = 2

    private static func block(_ title: Message, _ lines: [String], _ language: Language) -> String {
        ([title.text(in: language)] + lines).joined(separator: "\n")
    }

    private static func wrapped(_ message: Message, _ language: Language, _ width: Int) -> [String] {
        TextWrap.lines(of: message.text(in: language), width: width, indent: indent)
    }
}

extension HelpPage.Section {
    /// Terms in one column and their help in another; a long term has a line to itself.
    fileprivate func lines(in language: Language, _ width: Int) -> [String] {
        let longest = rows.map { $0.term.text(in: language).count }.max() ?? 0
        let column = min(HelpPage.indent + longest + 2, 28)
        return rows.flatMap { row in
            let term = String(repeating: " ", count: HelpPage.indent) + row.term.text(in: language)
            var lines = TextWrap.lines(of: row.text(in: language), width: width, indent: column)
            guard term.count + 2 <= column, !lines.isEmpty else { return [term] + lines }
            lines[0] = term + lines[0].dropFirst(term.count)
            return lines
        }
    }
}

extension CommandExample {
    /// The line whole, since it may be copied, and below it what it does.
    fileprivate func lines(in language: Language, _ width: Int) -> [String] {
        let indent = String(repeating: " ", count: HelpPage.indent)
        return [indent + line]
            + TextWrap.lines(of: help.text(in: language), width: width, indent: HelpPage.indent * 3)
    }
}

extension HelpPage.Row {
    func text(in language: Language) -> String {
        let notes = notes.map { $0.text(in: language) }.joined(separator: "; ")
        return help.text(in: language) + (notes.isEmpty ? "" : " (\(notes))")
    }
}
