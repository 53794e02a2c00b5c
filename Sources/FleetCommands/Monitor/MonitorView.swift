import FleetBase
import FleetConfig
import FleetEvents
import FleetService
import FleetTerminal
import FleetViews

/// Draws a monitor's state into the cells of a screen.
struct MonitorView {
    private let state: MonitorState
    private let name: String
    private let now: Timestamp
    private let language: Language
    private let size: (columns: Int, rows: Int)

    /// - Parameter name: what the project is called.
    init(_ state: MonitorState, of name: String, at now: Timestamp, _ language: Language, size: (Int, Int)) {
        (self.state, self.name, self.now, self.language, self.size) = (state, name, now, language, size)
    }

    /// How many rows there are for what is between the first row and the last one.
    static func body(rows: Int) -> Int { max(1, rows - 2) }

    var grid: ScreenGrid {
        var grid = ScreenGrid(width: size.columns, height: size.rows)
        grid.draw(header, row: 0)
        switch state.opened {
        case nil: drawPanes(on: &grid)
        case .host(let name): draw(MonitorHostCard(state, name, at: now, language).lines, on: &grid)
        case .log(let run): drawLog(of: run, on: &grid)
        case .help: draw(MonitorHelp(language, width: size.columns).lines, on: &grid)
        }
        grid.draw(footer, row: size.rows - 1)
        return grid
    }

    private func text(_ message: Message) -> String { message.text(in: language) }

    private var rows: MonitorRows { MonitorRows(state, at: now, language) }

    // MARK: The first and the last row

    private var header: StyledLine {
        var line = StyledLine("fleet \(name)  ", .bold) + rows.counts
        let clock = now.clockText
        let room = size.columns - line.columns - clock.columns
        if room > 1 { line.add(String(repeating: " ", count: room) + clock, .dim) }
        return line
    }

    private var footer: StyledLine {
        switch state.typing {
        case .filter: return StyledLine("/\(state.filter)▏", .bold)
        case .confirmation(let run):
            return StyledLine(text(Message("Stop run \(run) and end its jobs on the hosts?")) + " [y/N]", .yellow)
        case nil: break
        }
        if let notice = state.notice { return StyledLine(text(notice), .yellow) }
        let filter = state.filter.isEmpty ? "" : "/\(state.filter)  "
        return StyledLine(filter, .yellow) + StyledLine(text(keys), .dim)
    }

    private var keys: Message {
        switch state.opened {
        case nil: Message("↑↓ choose  tab pane  enter open  / filter  s sort  c stop run  ? help  q quit")
        case .log: Message("↑↓ scroll  end follow  / filter  c stop run  q back")
        case .host, .help: Message("↑↓ scroll  q back")
        }
    }

    // MARK: Three panes below each other

    private func drawPanes(on grid: inout ScreenGrid) {
        let body = Self.body(rows: size.rows)
        guard body >= 12 else { return draw(state.pane, from: 1, height: body, on: &grid) }
        var row = 1
        for (pane, height) in heights(body) {
            draw(pane, from: row, height: height, on: &grid)
            row += height
        }
    }

    /// Hosts and runs get what they need, as far as a third stays for each of the others.
    private func heights(_ body: Int) -> [(MonitorState.Pane, Int)] {
        let least = max(3, body / 5)
        let hosts = min(state.hosts.count + 2, body - 2 * least)
        let runs = min(max(2, state.runRows.count + 1), max(least, body - max(hosts, 3) - least))
        return [(.hosts, max(3, hosts)), (.runs, runs), (.events, body - max(3, hosts) - runs)]
    }

    private func draw(_ pane: MonitorState.Pane, from row: Int, height: Int, on grid: inout ScreenGrid) {
        let (title, head, lines) =
            switch pane {
            case .hosts: hostLines
            case .runs: (text(Message("Runs")), nil as StyledLine?, rows.runs)
            case .events: (text(Message("Events")), nil as StyledLine?, rows.events)
            }
        let isHere = pane == state.pane
        grid.draw(MonitorRows.rule(title, isHere: isHere, width: size.columns), row: row)
        var top = row + 1
        if let head {
            grid.draw(head, row: top)
            top += 1
        }
        let room = row + height - top
        guard room > 0 else { return }
        let rows = state.rows(of: pane)
        let chosen = state.place(in: pane, rows)
        let start = min(max(0, chosen - room + 1), max(0, lines.count - room))
        // The chosen row of the pane that keys move in, in the middle of what is shown where there is more.
        let first = lines.count > room ? min(max(0, chosen - room / 2), lines.count - room) : start
        for (offset, line) in lines.dropFirst(first).prefix(room).enumerated() {
            grid.draw(line, row: top + offset, isChosen: isHere && first + offset == chosen)
        }
    }

    // MARK: Hosts

    private var hostLines: (String, StyledLine?, [StyledLine]) {
        let order = text(state.order.title)
        let title = text(Message("Hosts")) + (state.order == .inventory ? "" : " ↓ \(order)")
        let table = MonitorHosts(state, at: now, language).table
        let lines = table.lines(in: language, width: size.columns)
        return (title, lines.first, Array(lines.dropFirst()))
    }

    // MARK: What lies above

    private func draw(_ lines: [StyledLine], on grid: inout ScreenGrid) {
        let body = Self.body(rows: size.rows)
        let start = min(state.scroll, max(0, lines.count - body))
        for (offset, line) in lines.dropFirst(start).prefix(body).enumerated() { grid.draw(line, row: 1 + offset) }
    }

    private func drawLog(of run: String, on grid: inout ScreenGrid) {
        let body = Self.body(rows: size.rows) - 1
        grid.draw(MonitorRows.rule(text(Message("run \(run)")), isHere: true, width: size.columns), row: 1)
        let lines = state.log.lines(with: state.filter)
        guard !lines.isEmpty else {
            return grid.draw(StyledLine(text(state.log.problem ?? Message("no line yet")), .dim), row: 2)
        }
        let start = state.log.start(page: body, among: lines.count)
        let hosts = min(16, lines.dropFirst(start).prefix(body).map(\.host.text.columns).max() ?? 0)
        for (offset, line) in lines.dropFirst(start).prefix(body).enumerated() {
            var shown = StyledLine(line.host.text.cut(to: hosts).padded(to: hosts) + " ", .cyan)
            shown.add(HostText(line.text).line(atMost: 1000), line.stream == .error ? .yellow : nil)
            grid.draw(shown, row: 2 + offset)
        }
    }
}
