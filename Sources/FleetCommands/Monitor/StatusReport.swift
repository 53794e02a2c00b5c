import FleetBase
import FleetService
import FleetTerminal

/// Hosts, runs and events on one screenful; where no terminal is, hosts are all there.
struct StatusReport {
    /// So many runs that have ended, and so many events, are enough.
    private static let (mostRuns, mostEvents) = (5, 5)

    private let state: MonitorState
    private let now: Timestamp

    init(_ scene: ProjectSnapshot, at now: Timestamp) {
        var state = MonitorState()
        state.scene = scene
        (self.state, self.now) = (state, now)
    }

    func show(on console: Console) { console.result(lines(console.resultSize, console.language)) }

    /// - Parameter size: the terminal's; nil where there is no limit.
    func lines(_ size: (columns: Int, rows: Int)?, _ language: Language) -> [StyledLine] {
        let (rows, width) = (MonitorRows(state, at: now, language), size?.columns ?? 120)
        let hosts = MonitorHosts(state, at: now, language).table.lines(in: language, width: size?.columns)
        let running = state.runRows.count - state.scene.runs.count { !$0.isRunning }
        var runs = Array(rows.runs.prefix(max(running, Self.mostRuns)))
        var events = Array(rows.events.prefix(Self.mostEvents))
        // The prompt needs a row, and so does each title.
        let room = (size?.rows ?? .max / 2) - 2
        let least = min(hosts.count, max(4, room / 2))
        if let size, size.rows < 20 { events = [] }
        runs = Array(runs.prefix(max(1, room - least - events.count - 2)))
        let rest = room - runs.count - events.count - (runs.isEmpty ? 0 : 1) - (events.isEmpty ? 0 : 1)
        var lines = [rows.counts] + hosts.prefix(max(2, rest))
        if lines.count <= hosts.count {
            let left = hosts.count - lines.count + 2
            lines[lines.count - 1] = StyledLine(
                Message("… and \(left) more: fleet monitor shows them all").text(in: language), .dim)
        }
        if !runs.isEmpty {
            lines += [MonitorRows.rule(Message("Runs").text(in: language), width: width)] + runs
        }
        if !events.isEmpty {
            lines += [MonitorRows.rule(Message("Events").text(in: language), width: width)] + events
        }
        return lines
    }
}
