package import FleetBase
package import FleetConfig
import FleetEvents
package import FleetService

/// Sends the durable events of a project to brokers, each at least once and in the order of the feed, as long as it is
/// not stopped. The feed in the ledger is what waits for a broker that is away; a cursor tells how far each has it.
package final class EventSinks: Sendable {
    private struct Running: Sendable {
        let queue: SinkQueue
        let status: SinkStatus
        let reader: Task<Void, Never>
        /// Ends when the thread does.
        let end: AsyncStream<Void>
    }

    private let service: FleetService
    private let sinks: [Running]

    /// Begins at once; nothing of it can fail, since a broker may come later.
    ///
    /// - Parameters:
    ///   - language: of the sentences in events.
    ///   - tell: hears what a person should read, and whether something is wrong; on the thread of a broker, so it must
    ///     not block.
    package init(
        _ sinks: [EventSink], _ service: FleetService, language: Language,
        tell: @escaping @Sendable (_ message: Message, _ isProblem: Bool) -> Void
    ) {
        self.service = service
        self.sinks = sinks.map { Self.start($0, service, language, tell) }
    }

    private static func start(
        _ sink: EventSink, _ service: FleetService, _ language: Language, _ tell: @escaping SinkStatus.Tell
    ) -> Running {
        let (queue, status) = (SinkQueue(), SinkStatus(sink.broker.description, tell))
        let thread = SinkThread(
            service: service, sink: sink, queue: queue, status: status, topics: SinkTopics(sink.broker, language))
        let (end, ending) = AsyncStream.makeStream(of: Void.self)
        let isRunning = OwnThread.start {
            thread.run()
            ending.finish()
        }
        if !isRunning {
            status.fails(Message("this machine has no thread left for it"))
            ending.finish()
        }
        let reader = SinkReader(service: service, sink: sink, queue: queue, status: status)
        return Running(queue: queue, status: status, reader: Task.detached { await reader.run() }, end: end)
    }

    /// How it stands with each broker, in the order in which they were given.
    package var states: [SinkState] {
        get async {
            let last = try? await service.bus.feed?.last()
            return sinks.map { sink in
                var state = sink.status.now
                state.lag = last.map { last in
                    guard let known = state.acknowledged, known.epoch == last.epoch else { return last.number }
                    return max(0, last.number - known.number)
                }
                return state
            }
        }
    }

    /// Sends what there is now to those brokers that are there, says farewell and ends. What does not end in time, since it
    /// is being connected, ends with the program.
    ///
    /// - Parameter limit: how long it may take.
    package func stop(within limit: Duration = .seconds(5)) async {
        let number = (try? await service.bus.feed?.last().number) ?? 0
        for sink in sinks { sink.queue.end(SinkQueue.Ending(number: number, deadline: .after(limit))) }
        // Farewells come after the deadline.
        let deadline = Deadline.after(limit + .seconds(2))
        for sink in sinks {
            let end = sink.end
            _ = await deadline.limiting { for await _ in end {} }
            sink.reader.cancel()
        }
    }
}
