package import FleetBase
package import FleetEvents

/// Tells of the lines that a command writes, as long as somebody listens.
package final class OutputTeller: Sendable {
    private let events: EventSource
    private let splitter: LineSplitter

    package init(_ events: EventSource) {
        self.events = events
        splitter = LineSplitter(lines: { stream, lines in
            let text = HostText(lines.joined(separator: "\n")).lines
            events.tell(.output(Event.Output(stream == .output ? .output : .error, text)))
        })
    }

    package func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) {
        if events.isHeard { _ = splitter.take(stream, bytes) }
    }

    package func finish() { splitter.finish() }
}
