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
    /// Of a full screen, whose rows are all there from the beginning.
    private let height: Int?
    private let blank: Row
    private var rows: [Row]
    private var (row, column) = (0, 0)

    /// - Parameter height: of a full screen; nil for one that rows are added to.
    init(width: Int, height: Int? = nil, reflows: Bool = true) {
        (self.width, self.height, self.reflows) = (width, height, reflows)
        blank = Row(text: height == nil ? [] : Array(repeating: " ", count: width))
        rows = Array(repeating: blank, count: height ?? 1)
    }

    /// The rows of a full screen, each over the whole width.
    var rowsOfScreen: [String] { rows.map { String($0.text) } }

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
        guard height == nil else { return replace(character) }
        cut()
        rows[row].text.append(character)
        column += character.columns
    }

    /// Writes over what stands in the columns of a full screen: of a wide character that is hit a blank is left.
    private mutating func replace(_ character: Character) {
        var cells = rows[row].text.flatMap {
            [$0] + Array(repeating: nil, count: max(0, $0.columns - 1)) as [Character?]
        }
        let place = column..<min(width, column + character.columns)
        if cells[column] == nil { cells[column - 1] = " " }
        if place.upperBound < width, cells[place.upperBound] == nil { cells[place.upperBound] = " " }
        for (index, cell) in zip(place, [character] + [Character?](repeating: nil, count: place.count)) {
            cells[index] = cell
        }
        rows[row].text = cells.compactMap(\.self)
        column = place.upperBound
    }

    private mutating func newLine(goesOn: Bool) {
        rows[row].goesOn = goesOn
        (row, column) = (row + 1, 0)
        guard row == rows.count else { return }
        rows.append(blank)
        guard height != nil else { return }
        // A full screen scrolls.
        rows.removeFirst()
        row -= 1
    }

    /// Takes away what stands at the cursor and behind it.
    private mutating func cut() {
        while rows[row].text.reduce(0, { $0 + $1.columns }) > column { rows[row].text.removeLast() }
    }

    /// `ESC [ N A`, `ESC [ N ; N H`, `ESC [ J`, `ESC [ K`, colours (ECMA-48) and the mode of synchronized frames.
    private mutating func control(_ rest: inout Substring) {
        guard rest.popFirst() == "[" else { return rows[row].text.append("?") }
        let isPrivate = rest.first == "?"
        if isPrivate { rest.removeFirst() }
        let numbers = rest.prefix { $0.isNumber || $0 == ";" }.split(separator: ";").compactMap { Int($0) }
        let number = numbers.first ?? 1
        rest = rest.drop { $0.isNumber || $0 == ";" }
        switch rest.popFirst() {
        case "A": row = max(0, row - number)
        case "H" where height != nil: (row, column) = (number - 1, (numbers.last ?? 1) - 1)
        case "J" where height != nil: rows = Array(repeating: blank, count: rows.count)
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
        (rows, row, column) = ([blank], 0, 0)
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
