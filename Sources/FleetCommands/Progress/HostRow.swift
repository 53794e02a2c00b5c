import FleetBase
import FleetEvents
import FleetTerminal
import FleetViews

/// A row of progress: a host, and a bar or words for what it does.
struct HostRow {
    /// The columns of rows below each other.
    struct Widths {
        let name: Int
        /// No bar where there is nothing to show in one, or no room.
        let bar: Int
        /// Of the whole row.
        let row: Int

        private static let longest = 24
        private static let bars = 6...30
        /// What stands behind a bar when there is room for all of it, share, rate, time left or words, and what has to.
        private static let (figures, leastFigures) = (32, 14)

        init(_ names: [HostName], width: Int, hasBars: Bool) {
            row = width
            name = min(names.map(\.text.columns).max() ?? 0, Self.longest, max(8, width / 3))
            let room = width - name - 2
            let fits = room >= Self.bars.lowerBound + Self.leastFigures
            let wish = max(room - Self.figures, Self.bars.lowerBound)
            bar = hasBars && fits ? min(wish, Self.bars.upperBound) : 0
        }
    }

    /// What is read of a worker's words, in characters: a row shows no more.
    static let mostWords = 400

    private let host: Activity.Host
    private let work: Activity.Work?
    private let widths: Widths
    private let now: Timestamp
    private let console: Console

    init(_ host: Activity.Host, work: Activity.Work?, _ widths: Widths, at now: Timestamp, _ console: Console) {
        (self.host, self.work, self.widths, self.now, self.console) = (host, work, widths, now, console)
    }

    func line(_ name: HostName) -> StyledLine {
        let label = StyledLine(name.text.cut(to: widths.name).padded(to: widths.name) + "  ", .cyan)
        return (label + state).cut(to: widths.row)
    }

    private func text(_ message: Message) -> String { console.text(message) }

    private var state: StyledLine {
        switch host.state {
        case .waiting: StyledLine("…", .dim)
        case .ended(let failure?): StyledLine("✗ \(text(failure.kind.words)): \(text(failure.message))", .red)
        case .ended: StyledLine("✓ \(time)", .green)
        case .working: doing
        }
    }

    private var time: String {
        guard let since = host.since, let until = host.until else { return "" }
        return until.duration(since: since).shown
    }

    private var doing: StyledLine {
        if let work { return working(work) }
        if let transfer = host.transfer, let share = transfer.share, share < 1 { return sending(transfer, share) }
        if host.isConnecting { return StyledLine(text(Message("connecting")) + elapsed(host.since), .dim) }
        guard let step = host.steps.last else { return StyledLine("…", .dim) }
        var line = StyledLine(text(step.step.name.words) + elapsed(step.since))
        if let words = host.line { line.add("  \(HostText(words).line(atMost: Self.mostWords))", .dim) }
        return line
    }

    /// A bar, `42 %`, the rate and the time left, as many of them as there is room for.
    private func sending(_ transfer: TransferRate, _ share: Double) -> StyledLine {
        var line = bar(share)
        let rate = transfer.rate(at: now).map { "\(ByteCount(Int64($0)))/s".leading(to: 11) } ?? ""
        let left = transfer.left(at: now).map { text(Message("\($0.roughly) left")).leading(to: 11) } ?? ""
        for figure in [rate, left] where widths.name + 4 + line.columns + figure.columns <= widths.row {
            line.add("  \(figure)")
        }
        return line
    }

    private func working(_ work: Activity.Work) -> StyledLine {
        let share = work.progress?.share
        // Where others have a bar, their times stand below each other, unless there is much to read.
        let isBlank = widths.bar > 0 && work.step == nil
        let blank = isBlank ? StyledLine(String(repeating: " ", count: widths.bar + 6)) : StyledLine()
        var line = share.map(bar) ?? blank
        let time = Duration.seconds(Int(now.duration(since: work.since).seconds)).roughly
        line.add((line.pieces.isEmpty ? "" : "  ") + time.leading(to: 5))
        if let step = work.step { line.add("  " + text(step.name.words)) }
        if let words = words(of: work) { line.add("  \(HostText(words).line(atMost: Self.mostWords))", .dim) }
        return line
    }

    /// What the worker has told of itself, else its last line.
    private func words(of work: Activity.Work) -> String? {
        guard case .object(var members) = work.progress else { return work.progress?.shown ?? work.line }
        if work.progress?.share != nil { members["progress"] = nil }
        return members.isEmpty ? work.line : JSONValue.object(members).shown
    }

    private func bar(_ share: Double) -> StyledLine {
        let percent = "\(Int(share * 100)) %".leading(to: 5)
        guard widths.bar > 0 else { return StyledLine(percent) }
        let full = Int((share * Double(widths.bar)).rounded(.down))
        var line = StyledLine(String(repeating: "━", count: full), .green)
        line.add(String(repeating: "─", count: widths.bar - full), .dim)
        line.add(" \(percent)")
        return line
    }

    private func elapsed(_ since: Timestamp?) -> String {
        guard let since else { return "" }
        let seconds = Int(now.duration(since: since).seconds)
        return seconds < 2 ? "" : " \(Duration.seconds(seconds).roughly)"
    }
}
