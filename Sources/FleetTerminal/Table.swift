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
        /// The columns whose cells differ in their ends: where they are cut, their beginnings are.
        fileprivate let cutInFront: Set<Int>

        package init(
            cutting cut: Set<Int> = [], dropping dropped: [Int] = [], cuttingInFront cutInFront: Set<Int> = []
        ) {
            (self.cut, self.dropped, self.cutInFront) = (cut, dropped, cutInFront)
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
    /// In the end every column is cut to so many columns rather than that a row wraps; the first, which has the names, to
    /// no less than half of the terminal.
    private static let leastOfAll = 4

    /// The same in several tables, each with the first column and with as many of the others as fit beside it.
    package func split(into width: Int, in language: Language) -> [Table] {
        let widths = headings.indices.map { column in
            max(headings[column].title.text(in: language).columns, rows.map { $0[column].text.columns }.max() ?? 0)
        }
        var groups: [[Int]] = []
        var room = 0
        for column in headings.indices.dropFirst() {
            if groups.isEmpty || widths[column] + Self.gap > room {
                groups.append([0])
                room = width - (widths.first ?? 0)
            }
            groups[groups.count - 1].append(column)
            room -= widths[column] + Self.gap
        }
        return groups.map { columns in
            var table = Table(columns.map { headings[$0] })
            for row in rows { table.add(columns.map { row[$0] }) }
            return table
        }
    }

    /// Leaves columns out, then cuts cells, until all fits.
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
        let leastOfAll = least.enumerated().map { min($1, $0 == 0 ? max(Thrift.least, limit / 2) : Self.leastOfAll) }
        for least in [least, leastOfAll] {
            while total(columns, widths) > limit {
                let cuttable = columns.filter { widths[$0] > least[$0] }
                guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
                // As far as the next one, so that several share what is too much.
                let next = cuttable.map { widths[$0] }.filter { $0 < widths[widest] }.max() ?? 0
                let enough = widths[widest] - (total(columns, widths) - limit)
                widths[widest] = max(least[widest], enough, min(next, widths[widest] - 1))
            }
        }
        return columns
    }

    private func line(_ cells: [Cell], _ columns: [Int], _ widths: [Int]) -> StyledLine {
        let last = columns.last { !cells[$0].text.isEmpty } ?? columns.first ?? 0
        var line = StyledLine()
        for column in columns.prefix(while: { $0 <= last }) {
            let cell = cells[column]
            let (text, room) = (cell.text, widths[column])
            let words = thrift.cutInFront.contains(column) ? text.cutInFront(to: room) : text.cut(to: room)
            if !line.pieces.isEmpty { line.add(String(repeating: " ", count: Self.gap)) }
            switch headings[column].alignment {
            case .left: line.add(column == last ? words : words.padded(to: widths[column]), cell.colour)
            case .right: line.add(words.leading(to: widths[column]), cell.colour)
            }
        }
        return line
    }
}
