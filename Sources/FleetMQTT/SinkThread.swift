import CMosquitto
import FleetBase
import FleetConfig
import FleetEvents
import FleetService
import Glibc

/// Connects to one broker, sends it the feed, and begins anew whenever that fails: on a thread of its own, which may
/// block and holds up nobody.
struct SinkThread: Sendable {
    let service: FleetService
    let sink: EventSink
    let queue: SinkQueue
    let status: SinkStatus
    let topics: SinkTopics

    /// How long a broker may take to say hello, and how long it is waited for at the end.
    private static let patience = (hello: Duration.seconds(20), farewell: Duration.seconds(1))
    /// libmosquitto wants to be called as often.
    private static let tick = Duration.seconds(1)

    /// Until it is told to end.
    func run() {
        Self.blockBrokenPipes()
        var attempts = SinkAttempts(login: SinkLogin(sink, service))
        while queue.ending == nil {
            do throws(SinkProblem) {
                let memory = try attempts.remember(service.project, sink.broker)
                status.acknowledged(memory.cursor.place)
                try serve(memory, &attempts)
            } catch {
                status.fails(error.message)
            }
            if attempts.memory?.takeProgress() == true { attempts.pause.reset() }
            rest(attempts.pause.next())
        }
        status.ends()
    }

    /// Whoever uses fleet as a library need not ignore SIGPIPE, which a broken connection with TLS would bring.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func rest(_ pause: Duration) {
        let end = Deadline.after(pause)
        while queue.ending == nil, !end.hasPassed { queue.bell.wait(end.remaining) }
    }

    // MARK: One connection

    /// - Throws: when the connection can't be made, or ends otherwise than by the wish of this side.
    private func serve(_ memory: SinkMemory, _ attempts: inout SinkAttempts) throws(SinkProblem) {
        let client = try BrokerClient(memory.cursor.identity, speaking: attempts.version)
        if sink.broker.isSecure { try client.useTLS(ca: sink.ca) }
        try attempts.login.use(for: client)
        try client.setLastWill(topics.status(isOnline: false))
        try client.connect(to: sink.broker.host, sink.broker.port)
        guard try isWelcome(client, &attempts) else { return }
        _ = try client.publish(topics.status(isOnline: true))
        status.isConnected()
        queue.open(after: memory.cursor.place)
        defer { queue.close() }
        do throws(SinkProblem) {
            try send(memory, client)
        } catch {
            // What is acknowledged is kept, or it would be sent once more.
            try? memory.save()
            throw error
        }
        try memory.save()
        bidFarewell(client)
    }

    /// Waits for the answer to the CONNECT.
    ///
    /// - Returns: false when it is to end before it came.
    private func isWelcome(
        _ client: borrowing BrokerClient, _ attempts: inout SinkAttempts
    ) throws(SinkProblem) -> Bool {
        let deadline = Deadline.after(Self.patience.hello)
        var problem: SinkProblem?
        while client.news.answer == nil, problem == nil {
            guard queue.ending == nil else { return false }
            guard !deadline.hasPassed else { throw .silent }
            // A refusal is told by the answer, and by the end of the connection.
            do throws(SinkProblem) {
                try client.turn(queue.bell, within: min(deadline.remaining, Self.tick))
            } catch {
                problem = error
            }
        }
        switch client.news.answer {
        case 0: return true
        case let code?:
            attempts.hear(refusal: code)
            throw .refused(code)
        case nil: throw problem ?? .silent
        }
    }

    /// Until it is to end and everything is sent, or the time for that is over.
    private func send(_ memory: SinkMemory, _ client: borrowing BrokerClient) throws(SinkProblem) {
        var session = SinkSession(memory.cursor, topics)
        while true {
            if let ending = queue.ending {
                guard !ending.deadline.hasPassed else { return }
                if session.isEmpty, queue.isDry(upTo: ending.number) { return }
            }
            if let hosts = queue.takeHosts() { session.learn(hosts) }
            try session.send(from: queue, over: client)
            let left = queue.ending?.deadline.remaining ?? Self.tick
            var (lost, rejected) = (nil as SinkProblem?, nil as SinkProblem?)
            do throws(SinkProblem) {
                try client.turn(queue.bell, within: min(Self.tick, memory.untilSaving ?? Self.tick, left))
            } catch {
                // Acknowledgements that came before the end count.
                lost = error
            }
            do throws(SinkProblem) {
                rejected = try session.acknowledge(client.news)
            } catch {
                lost = error
            }
            if let rejected { status.fails(rejected.message, isOver: false) }
            for item in session.takeDone() { tell(item) }
            memory.cursor = session.cursor
            status.acknowledged(memory.cursor.place)
            if let lost { throw lost }
            if memory.untilSaving.map({ $0 <= .zero }) ?? false { try memory.save() }
        }
    }

    /// A range that is gone is told here as well, once the broker knows of it.
    private func tell(_ item: SinkItem) {
        guard case .gone(let epoch, let range) = item else { return }
        let (first, last) = ("\(epoch)-\(range.lowerBound)", "\(epoch)-\(range.upperBound)")
        let message = Message("the events from \(first) to \(last) were gone before the broker could have them")
        status.note(message)
        service.bus.publish(
            Event(operation: OperationID(), .note(Message("\(sink.broker): \(message)"))))
    }

    private func bidFarewell(_ client: borrowing BrokerClient) {
        let deadline = Deadline.after(Self.patience.farewell)
        guard let number = try? client.publish(topics.status(isOnline: false)) else { return }
        while !deadline.hasPassed, (try? client.turn(queue.bell, within: deadline.remaining)) != nil {
            if client.news.takeAcknowledgements().contains(where: { $0.message == number }) { break }
        }
        client.disconnect()
    }
}
