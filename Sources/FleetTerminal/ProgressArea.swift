import FleetBase

/// The lines of progress below all others of a terminal: which ones stand there, and what takes them away.
struct ProgressArea {
    /// Empty where nothing is drawn. The cursor stands at the beginning of the row below them.
    private var shown: [StyledLine] = []
    /// How large the terminal was then, in columns and rows.
    private var size = Screen.Size(columns: 0, rows: 0)
    /// False while a text stands before the cursor, such as a question: lines must not be drawn behind it.
    var isAtLineStart = true

    /// Whether what stands there is not what should.
    func isStale(for lines: [StyledLine], size: Screen.Size) -> Bool {
        isAtLineStart && (lines != shown || (!shown.isEmpty && size != self.size))
    }

    /// Moves the cursor up to where the lines begin and clears everything from there on.
    ///
    /// - Parameters:
    ///   - size: how large the terminal is now: what was drawn when it was wider takes more rows since.
    ///   - reflows: see ``Screen/reflows``.
    mutating func erasing(size: Screen.Size, reflows: Bool) -> String {
        guard !shown.isEmpty else { return "" }
        defer { shown = [] }
        let rows = reflows ? fitted.reduce(0) { $0 + Self.rows(of: $1.plain, width: size.columns) } : fitted.count
        return "\r\u{1B}[\(rows)A\u{1B}[J"
    }

    /// Draws lines where the cursor stands, each on one row; nothing where some stand already or none can.
    mutating func drawing(_ lines: [StyledLine], size: Screen.Size, _ style: Style) -> String {
        guard shown.isEmpty, isAtLineStart else { return "" }
        (shown, self.size) = (lines, size)
        return fitted.map { $0.text(style) + "\n" }.joined()
    }

    /// Draws lines over those that stand there, row by row, so that nothing is blank in between.
    mutating func redrawing(_ lines: [StyledLine], size: Screen.Size, reflows: Bool, _ style: Style) -> String {
        guard !shown.isEmpty, !lines.isEmpty, size == self.size else {
            return erasing(size: size, reflows: reflows) + drawing(lines, size: size, style)
        }
        let before = fitted.count
        shown = lines
        let rows = fitted.map { $0.text(style) + "\u{1B}[K\n" }.joined()
        return "\r\u{1B}[\(before)A" + rows + "\u{1B}[J"
    }

    /// One column stays free, for terminals differ in where the cursor is after the last one, and one row for the cursor.
    private var fitted: [StyledLine] {
        shown.prefix(max(1, size.rows - 1)).map { $0.cut(to: max(1, size.columns - 1)) }
    }

    /// A wide character that does not fit at the end of a row begins the next one.
    static func rows(of line: String, width: Int) -> Int {
        var (rows, column) = (1, 0)
        for character in line {
            let columns = character.columns
            if column > 0, column + columns > width { (rows, column) = (rows + 1, 0) }
            column += columns
        }
        return rows
    }
}
