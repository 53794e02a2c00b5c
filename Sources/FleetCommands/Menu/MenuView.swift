import FleetBase
import FleetTerminal

/// Draws a menu into the cells of a screen.
struct MenuView {
    /// From so many columns on, titles and commands stand side by side.
    private static let wide = 70

    let menu: Menu
    let language: Language
    let size: (columns: Int, rows: Int)

    init(_ menu: Menu, _ language: Language, size: (Int, Int)) {
        (self.menu, self.language, self.size) = (menu, language, size)
    }

    var grid: ScreenGrid {
        var grid = ScreenGrid(width: size.columns, height: size.rows)
        grid.draw(header, row: 0)
        let room = max(1, size.rows - 4)
        let first = min(max(0, menu.chosen - room / 2), max(0, menu.entries.count - room))
        for (row, index) in menu.entries.indices.dropFirst(first).prefix(room).enumerated() {
            grid.draw(line(menu.entries[index]), row: row + 2, isChosen: index == menu.chosen)
        }
        if !isWide { grid.draw(StyledLine("  " + text(menu.entries[menu.chosen].title)), row: size.rows - 2) }
        grid.draw(StyledLine(text(Message("↑ ↓ letter: choose, Enter: run, q: end")), .dim), row: size.rows - 1)
        return grid
    }

    private var isWide: Bool { size.columns >= Self.wide }

    private func text(_ message: Message) -> String { message.text(in: language) }

    private var header: StyledLine {
        let scene = menu.scene
        guard let project = scene.project else {
            return StyledLine("fleet  ", .bold) + StyledLine(text(Message("there is no project here yet")))
        }
        let name = StyledLine("fleet \(project)  ", .bold)
        guard scene.isReadable else {
            return name + StyledLine(text(Message("the inventory can't be read")), .yellow)
        }
        return name + StyledLine(text(Message("hosts: \(scene.hosts), packages: \(scene.packages.count)")))
    }

    private func line(_ entry: Menu.Entry) -> StyledLine {
        let key = StyledLine("  \(entry.key)  ", .cyan)
        guard isWide else { return key + StyledLine(entry.line) }
        let width = menu.entries.map { text($0.title).columns }.max() ?? 0
        return key + StyledLine(text(entry.title).padded(to: width + 3)) + StyledLine(entry.line, .dim)
    }
}
