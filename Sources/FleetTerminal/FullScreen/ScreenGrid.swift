import FleetBase

/// The cells of a screen. What differs from the screen before is all that is written.
package struct ScreenGrid: Sendable, Equatable {
    /// A cell shows one character; the second cell of a wide one shows nothing.
    struct Cell: Sendable, Equatable {
        var text: String
        var colour: Style.Colour?
        var isChosen = false

        static let blank = Cell(text: " ", colour: nil)
    }

    package let width: Int
    package let height: Int
    private(set) var cells: [Cell]

    package init(width: Int, height: Int) {
        (self.width, self.height) = (max(1, width), max(1, height))
        cells = Array(repeating: .blank, count: self.width * self.height)
    }

    /// Draws a line from a column on; what does not fit is cut, and what lies outside is not drawn.
    ///
    /// - Parameter isChosen: shown in reverse, over the whole width that is given.
    package mutating func draw(
        _ line: StyledLine, row: Int, column start: Int = 0, width limit: Int? = nil, isChosen: Bool = false
    ) {
        guard (0..<height).contains(row), (0..<width).contains(start) else { return }
        let end = min(width, start + (limit ?? width))
        var column = start
        for piece in line.cut(to: end - start).pieces {
            for character in piece.text {
                let columns = character.columns
                // A mark without a letter before it has no cell.
                guard columns > 0, column + columns <= end else { continue }
                set(row, column, Cell(text: Self.plain(character), colour: piece.colour, isChosen: isChosen))
                for rest in 1..<max(1, columns) {
                    set(row, column + rest, Cell(text: "", colour: piece.colour, isChosen: isChosen))
                }
                column += columns
            }
        }
        guard isChosen else { return }
        while column < end {
            set(row, column, Cell(text: " ", colour: nil, isChosen: true))
            column += 1
        }
    }

    private mutating func set(_ row: Int, _ column: Int, _ cell: Cell) { cells[row * width + column] = cell }

    /// Terminals disagree about emoji that are made of several: the first one says what is meant.
    private static func plain(_ character: Character) -> String {
        let scalars = character.unicodeScalars
        guard scalars.count > 1, scalars.first?.properties.isEmoji == true, scalars.first?.isASCII == false else {
            return String(character)
        }
        return scalars.first.map { String(Character($0)) } ?? " "
    }

    /// The rows as text, without colours.
    package var lines: [String] {
        (0..<height).map { row in cells[(row * width)..<((row + 1) * width)].map(\.text).joined() }
    }

    // MARK: Differences

    /// What a terminal has to be sent that shows the other grid; everything when there is none of the same size.
    func changes(since other: ScreenGrid?, _ style: Style) -> String {
        guard let other, other.width == width, other.height == height else {
            return "\u{1B}[0m\u{1B}[2J" + changes(since: ScreenGrid(width: width, height: height), style)
        }
        return (0..<height).map { changes(row: $0, since: other, style) }.joined()
    }

    private func changes(row: Int, since other: ScreenGrid, _ style: Style) -> String {
        let places = (row * width)..<((row + 1) * width)
        guard cells[places] != other.cells[places] else { return "" }
        var (text, next, shown) = ("", -1, Cell.blank)
        for place in places where cells[place] != other.cells[place] || isTorn(place, in: other) {
            let cell = cells[place]
            guard !cell.text.isEmpty else { continue }
            let column = place - places.lowerBound
            // A gap is jumped over. So is the place after what is not ASCII, for a terminal may think it wider.
            if column != next { text += "\u{1B}[\(row + 1);\(column + 1)H" }
            if cell.colour != shown.colour || cell.isChosen != shown.isChosen { text += cell.start(style) }
            (text, shown) = (text + cell.text, cell)
            next = cell.text.utf8.count == 1 ? column + 1 : -1
        }
        if shown.colour != nil || shown.isChosen { text += "\u{1B}[0m" }
        return text
    }

    /// Whether a wide character begins here whose second half has changed: it is drawn whole.
    private func isTorn(_ place: Int, in other: ScreenGrid) -> Bool {
        place + 1 < cells.count && cells[place + 1].text.isEmpty && cells[place + 1] != other.cells[place + 1]
    }
}

extension ScreenGrid.Cell {
    /// ECMA-48 SGR. Reverse video is right in light and dark terminals alike, and without colours.
    fileprivate func start(_ style: Style) -> String {
        let codes = ["0", isChosen ? "7" : nil, style.isOn ? colour?.rawValue : nil].compactMap(\.self)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}
