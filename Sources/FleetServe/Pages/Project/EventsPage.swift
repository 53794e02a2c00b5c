import FleetBase
import FleetReport
import FleetService

/// Everything that operations told, the newest first.
struct EventsPage {
    private static let (ofPage, window) = (200, 5000)

    let service: FleetService

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let host = request.query("host")
        let events = try await EventList.latest(Self.ofPage, among: host == nil ? Self.ofPage : Self.window, service) {
            host == nil || $0.host?.text == host
        }
        let form = Markup(
            "form", ["class": "filter", "action": "/events", "method": "get", "role": "search"],
            [
                Markup("label", ["for": "host"], words(Message("host"))),
                Markup("input", ["id": "host", "name": "host", "type": "search", "value": host]),
                Markup("button", ["type": "submit"], words(Message("Show"))),
            ])
        let running = try await OpenOperationList.latest(service)
        return Page(
            title: words(Message("Events")), section: .events,
            content: [
                Markup("h1", [:], words(Message("Events"))), OpenOperationList(words: words).section(running), form,
                Markup("p", ["class": "faint"], words(Message("The latest \(Self.ofPage), the newest first."))),
                Markup.note(
                    "no-events", [Markup(text: words(Message("Nothing has happened here yet.")))],
                    isShown: events.events.isEmpty),
                EventList(words: words).markup(events),
            ])
    }
}
