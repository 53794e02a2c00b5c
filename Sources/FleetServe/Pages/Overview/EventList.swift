import FleetBase
import FleetConfig
import FleetEvents
import FleetReport
import FleetService
import FleetViews

/// Events as lines, the newest first.
struct EventList {
    /// Events, and what the operations that they belong to are called.
    struct Found {
        let events: [Event]
        let names: [OperationID: String]

        init(_ events: [Event], among all: [Event]) {
            self.events = events
            var names: [OperationID: String] = [:]
            for event in all {
                if case .operationStarted(let start) = event.kind {
                    names[event.operation] = ShownCommand(start.command ?? start.name).text
                }
            }
            self.names = names
        }
    }

    let words: PageWords
    /// Whether beginnings and ends lead to the page of their operation.
    var leadsToOperations = true

    /// The latest events, in their order.
    ///
    /// - Parameter takes: which of them are wanted.
    static func latest(
        _ count: Int, among window: Int, _ service: FleetService, _ takes: (Event) -> Bool = { _ in true }
    ) async throws -> Found {
        guard service.project.hasLedger, let feed = service.bus.feed else { return Found([], among: []) }
        let start = try await feed.start(ofLast: window)
        let all = try await feed.events(after: start.number, limit: window).events
        return Found(all.filter(takes).suffix(count), among: all)
    }

    /// Whether a person who only glances wants to hear of it.
    static func isNews(_ event: Event) -> Bool {
        switch event.kind {
        case .operationStarted, .operationEnded, .cancelRequested, .hostAbsent, .runStarted, .runEnded, .note,
            .failure:
            true
        case .attemptEnded(let news): news.failure != nil && news.state != .cancelled
        case .hostEnded(let end): end.failure != nil
        case .stepEnded(let end): end.state == .failed
        default: false
        }
    }

    func markup(_ found: Found) -> Markup {
        Markup(
            "ol", ["id": "events", "data-list": "", "class": "events"],
            found.events.reversed().map { line($0, found.names[$0.operation]) })
    }

    private func line(_ event: Event, _ operation: String?) -> Markup {
        let host = event.host.map {
            [Markup.link("/hosts/\(AddressWord.escape($0.text))", $0.text), Markup(text: " ")]
        }
        let task = event.task.map { [Markup("span", ["class": "faint"], HostText($0).line(atMost: 40) + ": ")] }
        let run = event.run.map { run in
            [Markup(text: " "), Markup.link("/runs/\(AddressWord.escape(run.text))", words(Message("run")))]
        }
        let way = place(of: event, operation).map { [Markup(text: " "), Markup.link($0, words(Message("details")))] }
        let sentence = HostText(words(message(of: event, operation))).line(atMost: 300)
        return Markup(
            "li", ["id": "event-\(event.sequence?.number ?? 0)", "data-live": ""],
            [
                words.clock(event.time),
                Markup(
                    "span", ["class": event.isTrouble ? "bad" : nil],
                    (event.isTrouble ? [Markup("span", ["class": "mark", "aria-hidden": "true"], "✕ ")] : [])
                        + (host ?? []) + (task ?? []) + [Markup(text: sentence)] + (run ?? way ?? [])),
            ])
    }

    /// The page of the operation that begins or ends with an event.
    private func place(of event: Event, _ operation: String?) -> String? {
        guard leadsToOperations, operation != ChatRoom.command else { return nil }
        switch event.kind {
        case .operationStarted, .operationEnded: return OperationPage.place(of: event.operation)
        default: return nil
        }
    }

    private func message(of event: Event, _ operation: String?) -> Message {
        switch event.kind {
        case .operationStarted(let start): Message("\(ShownCommand(start.command ?? start.name).text) begins")
        case .operationEnded: operation.map { Message("\($0): \(event.kind.message)") } ?? event.kind.message
        default: event.kind.message
        }
    }
}
