import FleetBase

@testable import FleetTerminal

/// What a person sees: the rows of a terminal that obeys what ``Console`` sends, and breaks its lines anew when it is
/// resized, or cuts them as xterm does.
struct ScreenModel {
    private struct Row {
        var text: [Character] = []
        /// Whether the next row is a part of the same line.
        var goesOn = false
    }

    private var width: Int
    private let reflows: Bool
    private var rows = [Row()]
    private var (row, column) = (0, 0)

    init(width: Int, reflows: Bool = true) { (self.width, self.reflows) = (width, reflows) }

    /// Without the empty one at the end in which the cursor stands.
    var lines: [String] { rows.map { String($0.text) }.reversed().drop { $0.isEmpty }.reversed() }

    mutating func take(_ bytes: [UInt8]) {
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\u{1B}": control(&rest)
            case "\r": column = 0
            case "\n", "\r\n": newLine(goesOn: false)
            default: put(character)
            }
        }
    }

    private mutating func put(_ character: Character) {
        if column + character.columns > width { newLine(goesOn: true) }
        cut()
        rows[row].text.append(character)
        column += character.columns
    }

    private mutating func newLine(goesOn: Bool) {
        rows[row].goesOn = goesOn
        (row, column) = (row + 1, 0)
        if row == rows.count { rows.append(Row()) }
    }

    /// Takes away what stands at the cursor and behind it.
    private mutating func cut() {
        while rows[row].text.reduce(0, { $0 + $1.columns }) > column { rows[row].text.removeLast() }
    }

    /// `ESC [ N A`, `ESC [ J`, `ESC [ K`, colours (ECMA-48) and the mode of synchronized frames.
    private mutating func control(_ rest: inout Substring) {
        guard rest.popFirst() == "[" else { return rows[row].text.append("?") }
        let isPrivate = rest.first == "?"
        if isPrivate { rest.removeFirst() }
        let number = Int(String(rest.prefix { $0.isNumber })) ?? 1
        rest = rest.drop { $0.isNumber }
        switch rest.popFirst() {
        case "A": row = max(0, row - number)
        case "J":
            cut()
            rows.removeSubrange((row + 1)...)
        case "K": cut()
        case "h" where isPrivate && number == 2026, "l" where isPrivate && number == 2026: break
        case "m": break
        default: rows[row].text.append("?")
        }
    }

    mutating func resize(to width: Int) {
        let (old, cursor) = (rows, row)
        self.width = width
        guard reflows else {
            rows = rows.map { Row(text: Array($0.text.prefix(width))) }
            return
        }
        (rows, row, column) = ([Row()], 0, 0)
        var place = 0
        for (index, line) in old.enumerated() {
            if index == cursor { place = row }
            for character in line.text { put(character) }
            if index < old.count - 1, !line.goesOn { newLine(goesOn: false) }
        }
        (row, column) = (place, 0)
    }
}

extension Console {
    /// Lines of progress without colours.
    func showLines(_ lines: [String]) { showProgress(lines.map { StyledLine($0) }) }
}
