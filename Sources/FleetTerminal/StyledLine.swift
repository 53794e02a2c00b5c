import FleetBase

/// One line of a terminal in pieces, each with its colour.
package struct StyledLine: Sendable, Hashable {
    package struct Piece: Sendable, Hashable {
        package let text: String
        package let colour: Style.Colour?
    }

    package private(set) var pieces: [Piece] = []

    package init() {}

    /// - Parameter text: shown on one line, whatever a host had to say.
    package init(_ text: String, _ colour: Style.Colour? = nil) { add(text, colour) }

    package mutating func add(_ text: String, _ colour: Style.Colour? = nil) {
        guard !text.isEmpty else { return }
        pieces.append(Piece(text: HostText(text).line, colour: colour))
    }

    package static func + (left: StyledLine, right: StyledLine) -> StyledLine {
        var line = left
        line.pieces += right.pieces
        return line
    }

    /// Without colours.
    package var plain: String { pieces.map(\.text).joined() }

    package var columns: Int { pieces.reduce(0) { $0 + $1.text.columns } }

    /// The line, cut to so many columns at most; what is cut ends in `…`.
    package func cut(to limit: Int) -> StyledLine {
        guard columns > limit else { return self }
        var (line, left) = (StyledLine(), limit)
        for piece in pieces {
            let columns = piece.text.columns
            guard columns >= left else {
                line.pieces.append(piece)
                left -= columns
                continue
            }
            // A piece that fits exactly is cut all the same, for something stands behind it.
            let text = columns == left ? (piece.text + " ").cut(to: left) : piece.text.cut(to: left)
            line.pieces.append(Piece(text: text, colour: piece.colour))
            break
        }
        return line
    }

    func text(_ style: Style) -> String {
        pieces.map { piece in piece.colour.map { style.paint(piece.text, $0) } ?? piece.text }.joined()
    }
}
