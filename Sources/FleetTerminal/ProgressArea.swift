import FleetBase

/// The lines of progress below all others of a terminal: which ones stand there, and what takes them away.
struct ProgressArea {
    /// Empty where nothing is drawn. The cursor stands at the beginning of the row below them.
    private var shown: [String] = []
    /// How wide the terminal was then.
    private var width = 0
    /// False while a text stands before the cursor, such as a question: lines must not be drawn behind it.
    var isAtLineStart = true

    /// Whether what stands there is not what should.
    func isStale(for lines: [String], width: Int) -> Bool {
        isAtLineStart && (lines != shown || (!shown.isEmpty && width != self.width))
    }

    /// Moves the cursor up to where the lines begin and clears everything from there on.
    ///
    /// - Parameters:
    ///   - width: how wide the terminal is now: what was drawn when it was wider takes more rows since.
    ///   - reflows: see ``Screen/reflows``.
    mutating func erasing(width: Int, reflows: Bool) -> String {
        guard !shown.isEmpty else { return "" }
        defer { shown = [] }
        let rows = reflows ? fitted.reduce(0) { $0 + Self.rows(of: $1, width: width) } : shown.count
        return "\r\u{1B}[\(rows)A\u{1B}[J"
    }

    /// Draws lines where the cursor stands, each on one row; nothing where some stand already or none can.
    mutating func drawing(_ lines: [String], width: Int) -> String {
        guard shown.isEmpty, isAtLineStart else { return "" }
        (shown, self.width) = (lines, width)
        return fitted.map { $0 + "\n" }.joined()
    }

    /// One column stays free: terminals differ in where the cursor is after the last one.
    private var fitted: [String] { shown.map { $0.cut(to: max(1, width - 1)) } }

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
