import FleetArguments
import FleetBase
import FleetTerminal

/// The page that explains the keys and the signs.
struct MonitorHelp {
    private static let indent = 14

    private let language: Language
    private let width: Int

    init(_ language: Language, width: Int) { (self.language, self.width) = (language, width) }

    var lines: [StyledLine] {
        let rows: [(String, Message)] = [
            ("↑ ↓  j k", Message("choose a row, or scroll")),
            ("PgUp PgDn", Message("a page up or down")),
            ("Home End", Message("the first row, the last row")),
            ("Tab", Message("the next pane: hosts, runs, events")),
            ("Enter", Message("open the host, or the log of the run")),
            ("l", Message("the log of the run that belongs to the row")),
            ("c", Message("stop the run that belongs to the row; it asks first")),
            ("s", Message("sort hosts by inventory, state, load, memory or work")),
            ("/", Message("show only what has these words: hosts by name, address, tag and group")),
            ("Esc  q", Message("back; q also ends the monitor")),
            ("≠", Message("the host has another version of a package than the one built here last")),
        ]
        return [StyledLine()]
            + rows.flatMap { key, words -> [StyledLine] in
                let lines = TextWrap.lines(
                    of: words.text(in: language), width: max(width, Self.indent + 16), indent: Self.indent)
                return lines.enumerated().map { index, line in
                    index > 0
                        ? StyledLine(line)
                        : StyledLine("  \(key.padded(to: 12))", .cyan) + StyledLine(String(line.dropFirst(Self.indent)))
                }
            }
    }
}
