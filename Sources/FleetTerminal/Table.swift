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

    private let headings: [(title: Message, alignment: Alignment)]
    private var rows: [[Cell]] = []

    package init(_ headings: [(title: Message, alignment: Alignment)]) { self.headings = headings }

    package mutating func add(_ cells: [Cell]) {
        precondition(cells.count == headings.count, "a row has one cell a heading")
        rows.append(cells)
    }

    /// Nothing without rows; no line ends with blanks.
    package func lines(in language: Language, _ style: Style) -> [String] {
        guard !rows.isEmpty else { return [] }
        let titles = headings.map { $0.title.text(in: language) }
        let widths = titles.indices.map { column in
            max(titles[column].columns, rows.map { $0[column].text.columns }.max() ?? 0)
        }
        let header = line(titles.map { Cell($0, .bold) }, widths, style)
        return [header] + rows.map { line($0, widths, style) }
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
        let last = cells.lastIndex { !$0.text.isEmpty } ?? 0
        let parts = cells[...last].indices.map { column in
            let cell = cells[column]
            let isLast = column == last
            let text =
                switch headings[column].alignment {
                case .left: isLast ? cell.text : cell.text.padded(to: widths[column])
                case .right: cell.text.leading(to: widths[column])
                }
            return cell.colour.map { style.paint(text, $0) } ?? text
        }
        return parts.joined(separator: "  ")
    }
}
