import FleetBase
import FleetEvents
import FleetReport

/// What came of an operation on each of its hosts, as its events tell.
struct HostResults {
    struct Row: Sendable, Hashable {
        enum State: Sendable, Hashable {
            case working, good
            case failed(Failure)
            /// The operation ended before the host did.
            case stopped
        }

        let host: HostName
        var state: State
        /// How much was sent to it.
        var bytes: Int64 = 0
        let first: Timestamp
        var last: Timestamp
    }

    /// In the order in which the operation came to the hosts.
    private(set) var rows: [Row] = []

    /// - Parameters:
    ///   - events: of one operation, in their order.
    ///   - isOver: whether the operation has ended.
    init(_ events: [Event], isOver: Bool) {
        var places: [HostName: Int] = [:]
        for event in events {
            guard let host = event.host else { continue }
            let place = places[host] ?? rows.count
            if place == rows.count {
                places[host] = place
                rows.append(Row(host: host, state: .working, first: event.time, last: event.time))
            }
            take(event, &rows[place])
        }
        guard isOver else { return }
        for index in rows.indices where rows[index].state == .working { rows[index].state = .stopped }
    }

    private func take(_ event: Event, _ row: inout Row) {
        row.last = event.time
        switch event.kind {
        case .stepEnded(let end): row.bytes += max(0, end.bytes ?? 0)
        case .hostEnded(let end):
            if let failure = end.failure {
                row.state = failure.kind == .cancelled ? .stopped : .failed(failure)
            } else if row.state == .working {
                row.state = .good
            }
        // An operation may come to a host more than once; a failure stays one.
        case .stepStarted, .hostConnecting: if row.state == .good { row.state = .working }
        default: break
        }
    }

    // MARK: Showing

    private static let most = 1000

    func section(_ words: PageWords) -> Markup {
        Markup(
            "section", [:],
            [
                Markup("h2", [:], words(Message("What came of it on each host"))),
                Markup.note(
                    "no-results", [Markup(text: words(Message("It has come to no host yet.")))], isShown: rows.isEmpty),
                Markup.table(
                    [
                        (words(Message("host")), false), (words(Message("result")), false),
                        (words(Message("sent")), true), (words(Message("took")), true),
                    ], id: "results", caption: words(Message("What came of it on each host")),
                    rows.prefix(Self.most).map { row($0, words) }),
            ])
    }

    private func row(_ row: Row, _ words: PageWords) -> Markup {
        let duration = row.last.duration(since: row.first)
        return Markup(
            "tr", ["id": "result-\(row.host)", "data-live": ""],
            [
                Markup(
                    "th", ["scope": "row"], [.link("/hosts/\(AddressWord.escape(row.host.text))", row.host.text)]),
                Markup.cell(words(Message("result")), state(row, words)),
                Markup.cell(words(Message("sent")), isNumber: true, row.bytes > 0 ? "\(ByteCount(row.bytes))" : "–"),
                Markup.cell(
                    words(Message("took")), isNumber: true, row.state == .working ? "–" : duration.shown),
            ])
    }

    private func state(_ row: Row, _ words: PageWords) -> [Markup] {
        switch row.state {
        case .working: return [StateSign.running.markup(words(Message("running")))]
        case .good: return [StateSign.good.markup(words(Message("ok")))]
        case .stopped: return [StateSign.off.markup(words(Message("not finished")))]
        case .failed(let failure):
            let why = [Markup("small", ["class": "why"], HostText(words(failure.message)).line(atMost: 300))]
            let hint = failure.hint.map { [Markup("small", ["class": "why"], HostText(words($0)).line(atMost: 300))] }
            let kind = words(failure.kind.words)
            return [StateSign.bad.markup(words(Message("failed: \(kind)")))] + why + (hint ?? [])
        }
    }
}
