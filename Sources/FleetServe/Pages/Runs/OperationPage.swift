import FleetBase
import FleetEvents
import FleetReport
import FleetService

/// One operation that a request has started: what it tells, and what came of it. One that makes a run leads to the run.
struct OperationPage {
    private static let events = 200

    let service: FleetService
    let operations: StartedOperations

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        guard let id = OperationID(reading: request.parameter("operation")), let standing = operations[id] else {
            throw Problem(404, Message("no request has started the operation \(request.parameter("operation")) here"))
        }
        let events = try await events(of: id, after: standing.place)
        let run = events.first { $0.run != nil }?.run
        let head = Markup(
            "div",
            [
                "id": "operation-head", "data-live": "", "class": "head",
                "data-go": run.map { "/runs/\(AddressWord.escape($0.text))" },
            ],
            [
                Markup("p", ["class": "line"], [sign(standing, words), words.age(standing.started)]),
                Markup("h1", [:], standing.name),
            ] + problem(standing, words)
                + (standing.state == .running
                    ? [
                        Markup(
                            "p", ["class": "line"],
                            [
                                Markup(
                                    "button", ["type": "button", "data-cancel": "/api/operations/\(id)"],
                                    words(Message("Cancel")))
                            ])
                    ] : []))
        return Page(
            title: standing.name, section: .start,
            content: [
                head,
                Markup(
                    "section", [:],
                    [
                        Markup("h2", [:], words(Message("What happened"))),
                        EventList(words: words).markup(EventList.Found(events, among: events)),
                    ]),
            ])
    }

    private func events(of id: OperationID, after place: EventSequence?) async throws -> [Event] {
        guard let feed = service.bus.feed, service.project.hasLedger else { return [] }
        var (number, found) = (place?.number ?? 0, [Event]())
        while true {
            let page = try await feed.events(after: number, limit: 1000)
            found += page.events.filter { $0.operation == id }
            number = page.end
            // A push to many hosts tells thousands; the newest are what is looked at.
            if found.count > 2 * Self.events { found = found.suffix(Self.events) }
            if page.isLast { return found.suffix(Self.events) }
        }
    }

    private func sign(_ standing: StartedOperations.Standing, _ words: PageWords) -> Markup {
        switch standing.state {
        case .running: StateSign.running.markup(words(Message("running")))
        case .done: StateSign.good.markup(words(Message("done")))
        case .failed: StateSign.bad.markup(words(Message("failed")))
        case .cancelled: StateSign.off.markup(words(Message("cancelled")))
        }
    }

    private func problem(_ standing: StartedOperations.Standing, _ words: PageWords) -> [Markup] {
        guard let error = standing.error else { return [] }
        return [Markup("p", ["class": "error"], words(error.message))]
            + (error.hint.map { [Markup("p", ["class": "faint"], words($0))] } ?? [])
    }
}
