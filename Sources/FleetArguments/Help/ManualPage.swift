package import FleetBase

/// The help of a command as a manual page, in the macros of groff_man(7), which mandoc reads, too.
package struct ManualPage: Sendable {
    /// A section that every page of a program has: its title, and terms with what they mean.
    package struct Appendix: Sendable {
        let title: Message
        let rows: [HelpPage.Row]

        package init(_ title: Message, _ rows: [(term: String, help: Message)]) {
            self.title = title
            self.rows = rows.map { HelpPage.Row(term: Message(verbatim: $0.term), help: $0.help) }
        }
    }

    /// What the footer says of the program.
    package struct Edition: Sendable {
        let version: String
        /// As `2026-11-27`.
        let date: String

        package init(version: String, date: String) {
            self.version = version
            self.date = date
        }
    }

    /// The words that call the command, joined by `-`: `fleet-host-add`.
    package let name: String
    private let page: HelpPage
    private let appendices: [Appendix]
    private let edition: Edition
    /// The names of all pages, which others may point to.
    private let known: Set<String>

    /// Every page of a program: its own, and one for each group and each command that help shows.
    package static func all<Context>(
        of root: CommandGroup<Context>, appendices: [Appendix], _ edition: Edition
    ) -> [ManualPage] {
        let pages = root.helpPages([root.configuration.commandName])
        let known = Set(pages.map { Self.name(of: $0.path) })
        return pages.map { path, page in
            ManualPage(name: name(of: path), page: page, appendices: appendices, edition: edition, known: known)
        }
    }

    private static func name(of path: [String]) -> String { path.joined(separator: "-") }

    /// The page, ending in a newline.
    package func text(in language: Language) -> String {
        let title = Roff.quoted(name.uppercased())
        var lines = [
            ".TH \(title) 1 \(edition.date) \(Roff.quoted("fleet \(edition.version)")) \(Roff.quoted("fleet"))"
        ]
        func begin(_ title: Message) { lines.append(".SH \(Roff.quoted(title.text(in: language).uppercased()))") }
        begin(Message("NAME"))
        lines.append("\(Roff.text(name)) \\- \(Roff.text(page.abstract.text(in: language)))")
        begin(Message("SYNOPSIS"))
        lines += Roff.lines(page.usage.text(in: language))
        begin(Message("DESCRIPTION"))
        lines += paragraphs(in: language)
        for section in page.sections where !section.rows.isEmpty {
            begin(section.title)
            lines += section.rows.flatMap { $0.roff(in: language) }
        }
        if !page.examples.isEmpty {
            begin(Message("EXAMPLES"))
            lines += page.examples.flatMap { $0.roff(in: language) }
        }
        for appendix in appendices {
            begin(appendix.title)
            lines += appendix.rows.flatMap { $0.roff(in: language, areNames: true) }
        }
        begin(Message("SEE ALSO"))
        lines.append(references)
        return lines.joined(separator: "\n") + "\n"
    }

    private func paragraphs(in language: Language) -> [String] {
        let text = (page.discussion ?? page.abstract).text(in: language)
        let parts = text.split(separator: "\n").map { Roff.lines(String($0)) }
        return Array(parts.joined(separator: [".PP"]))
    }

    /// The pages that `seeAlso` means, those of the program and of what it is called through.
    private var references: String {
        var names = page.seeAlso.compactMap(pageName)
        if name != known.min(by: { $0.count < $1.count }) { names.append(String(name.prefix { $0 != "-" })) }
        names.append("ssh")
        let unique = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        return unique.map { "\\fB\(Roff.text($0))\\fP(1)" }.joined(separator: ",\n")
    }

    /// The page of a command line: `fleet-keys-new` for `fleet keys new NAME`.
    private func pageName(of line: String) -> String? {
        var words = line.split(separator: " ").map(String.init)
        while !words.isEmpty {
            let name = Self.name(of: words)
            if known.contains(name) { return name == self.name ? nil : name }
            words.removeLast()
        }
        return nil
    }
}

extension CommandGroup {
    /// The pages of the group and of what is below it, in the order of its help, with the words that call each.
    func helpPages(_ path: [String]) -> [(path: [String], page: HelpPage)] {
        [(path, HelpPage(self, path: path))]
            + subcommands.filter(\.configuration.shouldDisplay).flatMap { member in
                let words = path + [member.configuration.commandName]
                switch member {
                case .group(let group): return group.helpPages(words)
                case .command(let type):
                    let verbs = verbs.filter { $0.command == type.configuration.commandName }.map(\.verb)
                    return [Self.page(of: type, words)]
                        + verbs.map { Self.page(of: $0, words + [$0.configuration.commandName]) }
                }
            }
    }

    private static func page(
        of type: any Command<Context>.Type, _ path: [String]
    ) -> (path: [String], page: HelpPage) {
        (path, HelpPage(type.configuration, ArgumentSet(type.init()), path: path.joined(separator: " ")))
    }
}

extension HelpPage.Row {
    /// - Parameter areNames: whether all words of the term are typed as they stand, and none stands for a value.
    fileprivate func roff(in language: Language, areNames: Bool = false) -> [String] {
        let words = term.text(in: language).split(separator: " ").map { word in
            let isName = word.first.map { $0 == "-" || $0.isLowercase } ?? false
            // `-h,` is a name with the comma of the list.
            let name = word.hasSuffix(",") ? word.dropLast() : word
            let font = isName || areNames ? "B" : "I"
            return "\\f\(font)\(Roff.text(String(name)))\\fP\(word.hasSuffix(",") ? "," : "")"
        }
        return [".TP", words.joined(separator: " ")] + Roff.lines(text(in: language))
    }
}

extension CommandExample {
    fileprivate func roff(in language: Language) -> [String] {
        [".TP", "\\fB\(Roff.text(line))\\fP"] + Roff.lines(help.text(in: language))
    }
}

/// Text that the formatter leaves as it is.
private enum Roff {
    /// Text in lines of a moderate length, none of which is taken for a request.
    static func lines(_ text: String) -> [String] {
        TextWrap.lines(of: text, width: 64, indent: 0).map { line in
            let safe = self.text(line)
            return safe.hasPrefix(".") ? "\\&" + safe : safe
        }
    }

    /// Text within a line. A hyphen is the character that was typed, so that it can be copied; so are the quotes.
    static func text(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
            }
        }
    }

    /// An argument of a macro.
    static func quoted(_ text: String) -> String { "\"\(self.text(text).replacing("\"", with: "\\(dq"))\"" }
}
