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
        let names: OperationNames

        /// - Parameters:
        ///   - all: where names and earlier tellings are looked up.
        ///   - known: names that stand nowhere among them.
        init(_ events: [Event], among all: [Event], known: OperationNames = OperationNames()) {
            self.events = events
            var names = known
            for event in all { names.note(event) }
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
        let events = ToldEvents(all).worthTelling.filter(takes).suffix(count)
        return Found(Array(events), among: all, known: try await names(of: events, among: all, feed))
    }

    /// What operations are called that began before the events that were looked at.
    private static func names(
        of events: some Sequence<Event>, among all: [Event], _ feed: EventFeed
    ) async throws -> OperationNames {
        var names = OperationNames(all)
        for event in events where isEndOrRun(event) && names[event.operation] == nil {
            if let start = try await feed.start(of: event.operation) { names.note(start, of: event.operation) }
        }
        return names
    }

    /// Whether an event says nothing without the name of its operation.
    private static func isEndOrRun(_ event: Event) -> Bool {
        switch event.kind {
        case .operationEnded, .runStarted, .runEnded: true
        default: false
        }
    }

    /// Whether a person who only glances wants to hear of it.
    static func isNews(_ event: Event) -> Bool {
        switch event.kind {
        case .operationStarted, .operationEnded, .cancelRequested, .hostAbsent, .runStarted, .runEnded, .note,
            .failure:
            true
        case .attemptEnded(let news): news.failure != nil && news.state != .cancelled
        case .hostEnded(let end): end.failure != nil
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
        if case .operationStarted(let start) = event.kind {
            return Message("\(ShownCommand(start.command ?? start.name).text) begins")
        }
        guard Self.isEndOrRun(event), let operation else { return event.kind.message }
        return Message("\(operation): \(event.kind.message)")
    }
}
