import FleetBase
import FleetEvents
import FleetService
import FleetTerminal
import FleetViews

/// The rows of runs and events, and the numbers of hosts, as the monitor and the status show them.
struct MonitorRows {
    private let state: MonitorState
    private let now: Timestamp
    private let language: Language
    private let names: OperationNames

    init(_ state: MonitorState, at now: Timestamp, _ language: Language) {
        (self.state, self.now, self.language) = (state, now, language)
        names = OperationNames(state.scene.events)
    }

    private func text(_ message: Message) -> String { message.text(in: language) }

    /// A title with a line behind it over the whole width.
    static func rule(_ title: String, isHere: Bool = true, width: Int) -> StyledLine {
        var line = StyledLine("─ ", .dim)
        line.add(title, isHere ? .bold : .dim)
        line.add(" " + String(repeating: "─", count: max(0, width - title.columns - 3)), .dim)
        return line
    }

    /// How many hosts there are, and how they are.
    var counts: StyledLine {
        let hosts = state.scene.hosts
        let answering = hosts.count { if case .answers = $0.state { true } else { false } }
        let silent = hosts.count { if case .silent = $0.state { true } else { false } }
        var line = StyledLine(text(Message("hosts: \(hosts.count)")))
        line.add("  " + text(Message("answer: \(answering)")), .green)
        if silent > 0 { line.add("  " + text(Message("silent: \(silent)")), .red) }
        let running = state.scene.work.count
        if running > 0 { line.add("  " + text(Message("tasks: \(running)")), .cyan) }
        return line
    }

    var runs: [StyledLine] {
        let standings = Dictionary(state.scene.runs.map { ($0.run.id.text, $0) }) { first, _ in first }
        return state.runRows.map { row in
            switch row {
            case .run(let id): standings[id].map(line) ?? StyledLine()
            case .work(let run, let task, let host): line(run, task, host)
            case .host, .event: StyledLine()
            }
        }
    }

    private func line(_ standing: RunStanding) -> StyledLine {
        let (run, progress) = (standing.run, standing.progress)
        var line = StyledLine("[\(progress.done)/\(progress.tasks)] ", .bold)
        let (word, colour): (Message, Style.Colour?) =
            switch run.state {
            case .running where standing.isAbandoned: (Message("abandoned"), .yellow)
            case .running: (Message("running"), .cyan)
            case .done: (Message("done"), .green)
            case .failed: (Message("failed"), .red)
            case .cancelled: (Message("cancelled"), .dim)
            }
        line.add(text(word), colour)
        line.add("  " + ShownCommand(run.command).text)
        if progress.failed > 0 { line.add("  " + text(Message("\(progress.failed) failed")), .red) }
        if standing.isRunning {
            line.add(waiting(standing), .dim)
            if let end = standing.end(at: now) {
                line.add("  " + text(Message("should end at \(end.clockText)")), .dim)
            }
        } else {
            line.add("  " + text(run.started.age(at: now)), .dim)
        }
        return line
    }

    /// How many tasks wait, and why, as the queue told last.
    private func waiting(_ standing: RunStanding) -> String {
        guard standing.waiting > 0 else { return "" }
        let reasons = standing.reasons
        let counted = reasons.compactMap { reason, count in count.map { "  \($0) \(text(reason))" } }
        guard counted.isEmpty else { return counted.joined() }
        let words = reasons.map { text($0.reason) }.joined(separator: ", ")
        return "  " + text(Message("\(standing.waiting) waiting")) + (words.isEmpty ? "" : ": \(words)")
    }

    private func line(_ run: String, _ task: String, _ host: HostName) -> StyledLine {
        let work = state.scene.work.first { $0.run == run && $0.task == task && $0.host == host }
        let time = work.map { now.duration(since: $0.since).roughly } ?? ""
        var line = StyledLine("  \(time.leading(to: 6))  ")
        line.add(host.text, .cyan)
        line.add("  \(HostText(task).line)")
        return line
    }

    /// The newest first.
    var events: [StyledLine] { state.scene.events.reversed().map { line($0, naming: $0.host) } }

    /// - Parameter host: whose name stands in the line.
    func line(_ event: Event, naming host: HostName? = nil) -> StyledLine {
        var line = StyledLine(event.time.clockText + " ", .dim)
        if let host { line.add("\(host.text) ", .cyan) }
        line.add(HostText(text(names.message(of: event))).line(atMost: 300), event.isTrouble ? .red : nil)
        return line
    }
}
