package import FleetBase

/// Rows under headings, each column as wide as its widest cell.
package struct Table: Sendable {
    package struct Cell: Sendable {
        /// The text on one line, whatever a host had to say.
        package let text: String
        package let colour: Style.Colour?

        package init(_ text: String, _ colour: Style.Colour? = nil) {
            self.text = HostText(text).line
            self.colour = colour
        }
    }

    package enum Alignment: Sendable { case left, right }

    /// What gives way on a terminal that is narrower than the table, by the columns' places.
    package struct Thrift: Sendable {
        /// No cell is cut to fewer columns.
        fileprivate static let least = 12

        /// The columns whose cells may be cut.
        fileprivate let cut: Set<Int>
        /// The columns that may be left out, the least important first.
        fileprivate let dropped: [Int]

        package init(cutting cut: Set<Int> = [], dropping dropped: [Int] = []) {
            (self.cut, self.dropped) = (cut, dropped)
        }
    }

    private let headings: [(title: Message, alignment: Alignment)]
    private var rows: [[Cell]] = []
    private let thrift: Thrift

    package init(_ headings: [(title: Message, alignment: Alignment)], thrift: Thrift = Thrift()) {
        (self.headings, self.thrift) = (headings, thrift)
    }

    package mutating func add(_ cells: [Cell]) {
        precondition(cells.count == headings.count, "a row has one cell a heading")
        rows.append(cells)
    }

    /// Nothing without rows; no line ends with blanks.
    ///
    /// - Parameter width: the terminal's; nil where the lines may be of any length.
    func lines(in language: Language, _ style: Style, width: Int? = nil) -> [String] {
        lines(in: language, width: width).map { $0.text(style) }
    }

    /// The line of headings, and a line for each row; nothing without rows.
    package func lines(in language: Language, width: Int? = nil) -> [StyledLine] {
        guard !rows.isEmpty else { return [] }
        let titles = headings.map { $0.title.text(in: language) }
        var widths = titles.indices.map { column in
            max(titles[column].columns, rows.map { $0[column].text.columns }.max() ?? 0)
        }
        let columns = fit(&widths, titles.map(\.columns), into: width ?? .max)
        let header = line(titles.map { Cell($0, .bold) }, columns, widths)
        return [header] + rows.map { line($0, columns, widths) }
    }

    private static let gap = 2

    /// Leaves columns out, then cuts cells, until all fits or nothing is left that may give way.
    ///
    /// - Returns: the columns that are shown.
    private func fit(_ widths: inout [Int], _ titles: [Int], into limit: Int) -> [Int] {
        let least = widths.indices.map { column in
            thrift.cut.contains(column) ? min(widths[column], max(titles[column], Thrift.least)) : widths[column]
        }
        func total(_ columns: [Int], _ widths: [Int]) -> Int {
            columns.reduce(Self.gap * (columns.count - 1)) { $0 + widths[$1] }
        }
        var columns = Array(widths.indices)
        for column in thrift.dropped where total(columns, least) > limit { columns.removeAll { $0 == column } }
        while total(columns, widths) > limit {
            let cuttable = columns.filter { widths[$0] > least[$0] }
            guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] = max(least[widest], widths[widest] - (total(columns, widths) - limit))
        }
        return columns
    }

    private func line(_ cells: [Cell], _ columns: [Int], _ widths: [Int]) -> StyledLine {
        let last = columns.last { !cells[$0].text.isEmpty } ?? columns.first ?? 0
        var line = StyledLine()
        for column in columns.prefix(while: { $0 <= last }) {
            let cell = cells[column]
            let words = cell.text.cut(to: widths[column])
            if !line.pieces.isEmpty { line.add(String(repeating: " ", count: Self.gap)) }
            switch headings[column].alignment {
            case .left: line.add(column == last ? words : words.padded(to: widths[column]), cell.colour)
            case .right: line.add(words.leading(to: widths[column]), cell.colour)
            }
        }
        return line
    }
}
