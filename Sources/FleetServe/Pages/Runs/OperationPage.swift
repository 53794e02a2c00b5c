import FleetBase
import FleetEvents
import FleetReport
import FleetService
import FleetViews

/// One operation, whoever started it: what came of it on each host, and what it tells. One that makes a run leads to the
/// run.
struct OperationPage {
    /// How many events are read, and how many of them are shown.
    private static let (most, shown) = (20_000, 200)

    let service: FleetService
    let operations: StartedOperations

    static func place(of id: OperationID) -> String { "/operations/\(id)" }

    /// - Parameter title: what the operation is called.
    static func cancel(_ id: OperationID, _ title: String, _ words: PageWords) -> Markup {
        Markup(
            "button",
            [
                "type": "button", "data-cancel": "/api/operations/\(id)",
                "data-question": words(Message("End in good order: \(title)?")),
                "data-asked": words(Message("The server was asked to end it: \(title).")),
            ], words(Message("Cancel")))
    }

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let name = request.parameter("operation")
        guard let id = OperationID(reading: name) else {
            throw Problem(404, Message("\"\(name)\" is not the name of an operation"))
        }
        let started = operations[id]
        let events = try await events(of: id, after: started?.place)
        guard let standing = try await standing(started, id, events) else {
            throw Problem(404, Message("the feed has no operation \(id)"))
        }
        let results = HostResults(events, isOver: standing.state != .running)
        return Page(
            title: standing.title, section: .start,
            content: [
                head(standing, events, words), results.section(words),
                Markup(
                    "section", [:],
                    [
                        Markup("h2", [:], words(Message("What happened"))),
                        EventList(words: words, leadsToOperations: false).markup(
                            EventList.Found(ToldEvents(events).worthTelling.suffix(Self.shown), among: events)),
                    ]),
            ])
    }

    private func head(_ standing: OperationStanding, _ events: [Event], _ words: PageWords) -> Markup {
        let run = events.first { $0.run != nil }?.run
        return Markup(
            "div",
            [
                "id": "operation-head", "data-live": "", "class": "head",
                "data-go": run.map { "/runs/\(AddressWord.escape($0.text))" },
            ],
            [
                Markup("p", ["class": "line"], [sign(standing, words), words.age(standing.started)]),
                Markup("h1", [:], standing.title),
            ] + problem(standing, words)
                + (standing.state == .running
                    ? [Markup("p", ["class": "line"], [Self.cancel(standing.id, standing.title, words)])] : []))
    }

    private func events(of id: OperationID, after place: EventSequence?) async throws -> [Event] {
        guard let feed = service.bus.feed, service.project.hasLedger else { return [] }
        return try await feed.events(of: id, after: place?.number ?? 0, limit: Self.most)
    }

    /// - Returns: nil for an operation of which nothing is known.
    private func standing(
        _ started: StartedOperations.Standing?, _ id: OperationID, _ events: [Event]
    ) async throws -> OperationStanding? {
        if let started { return OperationStanding(started, events) }
        guard !events.isEmpty else { return nil }
        let isOpen = try await service.openOperations().contains { $0.id == id }
        return OperationStanding(id, events, isOpen: isOpen)
    }

    private func sign(_ standing: OperationStanding, _ words: PageWords) -> Markup {
        switch standing.state {
        case .running: StateSign.running.markup(words(Message("running")))
        case .done: StateSign.good.markup(words(Message("done")))
        case .failed: StateSign.bad.markup(words(Message("failed")))
        case .cancelled: StateSign.off.markup(words(Message("cancelled")))
        case nil: StateSign.gone.markup(words(Message("abandoned")))
        }
    }

    private func problem(_ standing: OperationStanding, _ words: PageWords) -> [Markup] {
        guard let error = standing.error else { return [] }
        return [Markup("p", ["class": "error"], words(error.message))]
            + (error.hint.map { [Markup("p", ["class": "faint"], words($0))] } ?? [])
    }
}

/// How an operation stands, as the server that started it knows, or else as the feed tells.
private struct OperationStanding {
    let id: OperationID
    let title: String
    let started: Timestamp
    /// Nil for one that told no end and that nobody performs.
    let state: StartedOperations.Standing.State?
    var error: Problem?

    init(_ standing: StartedOperations.Standing, _ events: [Event]) {
        (id, started, state, error) = (standing.id, standing.started, standing.state, standing.error)
        title = Self.title(events) ?? standing.name
    }

    init(_ id: OperationID, _ events: [Event], isOpen: Bool) {
        self.id = id
        title = Self.title(events) ?? id.text
        started = events.first?.time ?? .now
        let end = events.lazy.compactMap { event -> Event.OperationEnd? in
            guard case .operationEnded(let end) = event.kind else { return nil }
            return end
        }.first
        state =
            switch end?.state {
            case .done: events.contains(where: \.isFailureOfHost) ? .failed : .done
            case .failed: .failed
            case .cancelled: .cancelled
            case nil: isOpen ? .running : nil
            }
    }

    private static func title(_ events: [Event]) -> String? {
        events.lazy.compactMap { event -> String? in
            guard case .operationStarted(let start) = event.kind else { return nil }
            return ShownCommand(start.command ?? start.name).text
        }.first
    }
}

extension Event {
    fileprivate var isFailureOfHost: Bool {
        guard case .hostEnded(let end) = kind else { return false }
        return end.failure != nil
    }
}
