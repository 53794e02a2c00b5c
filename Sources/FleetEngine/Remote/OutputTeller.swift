import FleetBase
import FleetEvents

/// Tells of the lines that a command writes, as long as somebody listens.
final class OutputTeller: Sendable {
    private let events: EventSource
    private let splitter: LineSplitter

    init(_ events: EventSource) {
        self.events = events
        splitter = LineSplitter(lines: { stream, lines in
            let text = HostText(lines.joined(separator: "\n")).lines
            events.tell(.output(Event.Output(stream == .output ? .output : .error, text)))
        })
    }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) {
        if events.isHeard { _ = splitter.take(stream, bytes) }
    }

    func finish() { splitter.finish() }
}
