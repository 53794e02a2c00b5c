import FleetBase
import FleetTerminal

/// The page that explains the keys and the signs.
struct MonitorHelp {
    private let language: Language

    init(_ language: Language) { self.language = language }

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
            + rows.map { key, words in
                StyledLine("  \(key.padded(to: 10))", .cyan) + StyledLine(words.text(in: language))
            }
    }
}
