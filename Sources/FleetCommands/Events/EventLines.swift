import FleetBase
import FleetEvents
import FleetTerminal
import FleetViews

/// Events as a person reads them, one line each, or as lines of JSON.
struct EventLines {
    private let console: Console
    private let json: Bool
    private var names = OperationNames()

    init(_ console: Console, json: Bool) { (self.console, self.json) = (console, json) }

    mutating func show(_ event: Event) {
        guard !json else { return console.event(event) }
        names.note(event)
        let place = event.sequence.map { "\($0.number)" } ?? ""
        let host = event.host?.text ?? "–"
        console.result(
            "\(place.padded(to: 6))  \(event.time.localText)  \(host.padded(to: 12))  \(console.text(names.message(of: event)))"
        )
    }
}
