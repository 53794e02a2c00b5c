import FleetBase
import FleetEvents
import FleetTerminal
import FleetViews

/// The lines that show an activity below all others: one of numbers, then a row for what is looked at, a host or a task.
struct ProgressLines {
    /// What is quicker than that needs no time shown.
    private static let patience = 2

    private let activity: Activity
    private let now: Timestamp
    private let console: Console
    private let width: Int
    /// How many lines there may be.
    private let height: Int

    /// - Parameters:
    ///   - width: the terminal's, in columns.
    ///   - height: the terminal's, in rows.
    init(_ activity: Activity, at now: Timestamp, _ console: Console, width: Int, height: Int) {
        (self.activity, self.now, self.console) = (activity, now, console)
        self.width = max(1, width - 1)
        self.height = max(1, min(height / 2, 20))
    }

    var lines: [StyledLine] { whole.map { $0.cut(to: width) } }

    private var whole: [StyledLine] {
        if let build = activity.builds.first { return [building(build)] }
        if let queue = activity.queue {
            return [queueLine(queue)] + rows(workRows + preparingRows, of: activity.work.count + preparing.count)
        }
        guard !activity.hosts.isEmpty else { return waiting }
        return hostRows
    }

    private func text(_ message: Message) -> String { console.text(message) }

    /// How many rows there may be between the line of numbers and that of what is left out.
    private var room: Int { max(0, height - 2) }

    /// Before anything is known.
    private var waiting: [StyledLine] {
        activity.name.isEmpty || activity.end != nil ? [] : [StyledLine("\(activity.name) …\(elapsed(activity.since))")]
    }

    private func building(_ build: Activity.RunningStep) -> StyledLine {
        // The build step and the images of a package are parts of its packing, and begin after it.
        let whole = build.step.subject ?? ""
        let name = activity.builds.last { $0.step.subject?.hasPrefix(whole) == true }?.step.subject ?? whole
        var line = StyledLine("\(text(Message("building \(name)"))) …\(elapsed(build.since))")
        if let words = activity.buildLine { line.add("  \(HostText(words).line(atMost: HostRow.mostWords))", .dim) }
        return line
    }

    /// Nothing for what is quick.
    private func elapsed(_ since: Timestamp?) -> String {
        guard let since else { return "" }
        let seconds = Int(now.duration(since: since).seconds)
        return seconds < Self.patience ? "" : " " + Duration.seconds(seconds).roughly
    }

    // MARK: Hosts

    private var hostRows: [StyledLine] {
        let hosts = activity.names.compactMap { name in activity.hosts[name].map { (name, $0) } }
        let shown = chosen(hosts)
        let bars = HostRow.Widths(
            shown.map(\.0), width: width, hasBars: shown.contains { $0.1.transfer != nil || progress(on: $0.0) != nil })
        let rows = shown.map { name, host in
            HostRow(host, work: activity.work.first { $0.host == name }, bars, at: now, console).line(name)
        }
        return [countLine(hosts.map(\.1))] + rows + rest(hosts.count - shown.count)
    }

    private func progress(on host: HostName) -> Double? {
        activity.work.first { $0.host == host }?.progress?.share
    }

    /// All where there is room; else those that have failed and those that are at work, the slowest first to be chosen.
    /// Their order is always the inventory's: rows that jump can't be read.
    private func chosen(_ hosts: [(HostName, Activity.Host)]) -> [(HostName, Activity.Host)] {
        guard hosts.count > room else { return hosts }
        guard room > 0 else { return [] }
        let failed = hosts.indices.filter { hosts[$0].1.failure != nil }.suffix(max(1, room / 4))
        let working = hosts.indices.filter { hosts[$0].1.state == .working }
            .sorted { (hosts[$0].1.since ?? now, $0) < (hosts[$1].1.since ?? now, $1) }
        let places = (Array(failed) + working).prefix(room).sorted()
        return places.map { hosts[$0] }
    }

    /// `[12/20] errors: 2, at work: 5, to come: 1, 45.0 MiB/120 MiB 11.3 MiB/s, 34 s`.
    private func countLine(_ hosts: [Activity.Host]) -> StyledLine {
        let ended = hosts.count { if case .ended = $0.state { true } else { false } }
        let failed = hosts.count { $0.failure != nil }
        let working = hosts.count { $0.state == .working }
        var line = StyledLine("[\(ended)/\(hosts.count)]", .bold)
        var parts: [StyledLine] = []
        if failed > 0 { parts.append(StyledLine(text(Message("errors: \(failed)")), .red)) }
        if working > 0 { parts.append(StyledLine(text(Message("at work: \(working)")))) }
        let waiting = hosts.count - ended - working
        if waiting > 0 { parts.append(StyledLine(text(Message("to come: \(waiting)")), .dim)) }
        if let total = totalRate(hosts) { parts.append(total) }
        let time = elapsed(activity.since)
        if !time.isEmpty { parts.append(StyledLine(String(time.dropFirst()))) }
        for (index, part) in parts.enumerated() { line = line + StyledLine(index == 0 ? " " : ", ") + part }
        return line
    }

    /// The rate of all hosts together, and how long the slowest of them takes.
    private func totalRate(_ hosts: [Activity.Host]) -> StyledLine? {
        let transfers = hosts.compactMap(\.transfer)
        guard transfers.count > 1 else { return nil }
        let rate = transfers.compactMap { $0.rate(at: now) }.reduce(0, +)
        guard rate > 0 else { return nil }
        let bytes = ByteCount(transfers.reduce(0) { $0 + $1.bytes })
        let total = ByteCount(transfers.reduce(0) { $0 + ($1.total ?? 0) })
        return StyledLine("\(bytes)/\(total) \(ByteCount(Int64(rate)))/s")
    }

    // MARK: Tasks

    /// `[3/20] 4 running, 1 failed, 12 wait for a free host, about 3 min left`.
    private func queueLine(_ queue: Event.QueueState) -> StyledLine {
        let (running, failed) = (queue.running, queue.failed)
        var line = StyledLine("[\(queue.done)/\(queue.total)]", .bold)
        line.add(" " + text(Message("\(running) running")))
        if failed > 0 {
            line.add(", ")
            line.add(text(Message("\(failed) failed")), .red)
        }
        for reason in queue.waiting {
            line.add(", ")
            line.add("\(reason.count) \(text(reason.reason))", .dim)
        }
        if let left = timeLeft(queue) { line.add(", " + text(Message("about \(left.roughly) left"))) }
        return line
    }

    /// From how long attempts have taken so far.
    private func timeLeft(_ queue: Event.QueueState) -> Duration? {
        let (time, count) = activity.finished
        guard count > 2, queue.running > 0 else { return nil }
        let rest = queue.total - queue.done - queue.failed
        return rest > 0 ? time / count * rest / queue.running : nil
    }

    private var workRows: [StyledLine] {
        let shown = activity.work.prefix(room)
        let tasks = min(width / 3, shown.map(\.task.columns).max() ?? 0)
        let hosts = HostRow.Widths(
            shown.map(\.host), width: width - tasks - 2, hasBars: shown.contains { $0.progress?.share != nil })
        return shown.map { work in
            let task = HostText(work.task).line.cutInFront(to: tasks).padded(to: tasks)
            let host = Activity.Host(workingSince: work.since)
            return StyledLine(task + "  ") + HostRow(host, work: work, hosts, at: now, console).line(work.host)
        }
    }

    /// Hosts that get a package or an image before a task can begin there.
    private var preparing: [HostName] {
        activity.names.filter { name in
            activity.hosts[name]?.steps.isEmpty == false && !activity.work.contains { $0.host == name }
        }
    }

    private var preparingRows: [StyledLine] {
        let shown = preparing.prefix(max(0, room - activity.work.count)).compactMap { name in
            activity.hosts[name].map { (name, $0) }
        }
        let widths = HostRow.Widths(
            shown.map(\.0), width: width, hasBars: shown.contains { $0.1.transfer != nil })
        return shown.map { HostRow($0.1, work: nil, widths, at: now, console).line($0.0) }
    }

    private func rows(_ rows: [StyledLine], of count: Int) -> [StyledLine] { rows + rest(count - rows.count) }

    private func rest(_ count: Int) -> [StyledLine] {
        count > 0 && room > 0 ? [StyledLine(text(Message("… and \(count) more")), .dim)] : []
    }
}

extension JSONValue {
    /// How much of its work a worker says it has done, from 0 to 1: `{"progress": 0.3}`.
    var share: Double? {
        guard case .object(let members) = self else { return nil }
        let value: Double? =
            switch members["progress"] {
            case .number(let number): number
            case .integer(let number): Double(number)
            default: nil
            }
        return value.flatMap { (0...1).contains($0) ? $0 : nil }
    }
}

extension Duration {
    /// In one unit, for what nobody knows exactly: `34 s`, `12 min`, `3 h`.
    var roughly: String {
        let seconds = Int(self.seconds.rounded())
        return switch seconds {
        case ..<100: "\(seconds) s"
        case ..<6000: "\(seconds / 60) min"
        default: "\(seconds / 3600) h"
        }
    }
}
