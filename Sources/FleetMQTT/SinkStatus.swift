package import FleetBase
package import FleetEvents
import Synchronization

/// How it stands with one broker.
package struct SinkState: Sendable, Hashable {
    /// Where the events go, without the user.
    package let broker: String
    /// Nil while there is no connection.
    package internal(set) var connectedSince: Timestamp?
    /// The last event that the broker has acknowledged with all before it.
    package internal(set) var acknowledged: EventSequence?
    /// How many events of the feed it has not acknowledged yet; nil when the ledger can't be read.
    package internal(set) var lag: Int64?
    /// Why nothing gets there now; of a connection that holds, what it does not take.
    package internal(set) var problem: Message?
}

/// The state of one sink, told to a person when it changes.
final class SinkStatus: Sendable {
    typealias Tell = @Sendable (_ message: Message, _ isProblem: Bool) -> Void

    private let state: Mutex<SinkState>
    private let broker: String
    private let tell: Tell

    init(_ broker: String, _ tell: @escaping Tell) {
        (self.broker, self.tell) = (broker, tell)
        state = Mutex(SinkState(broker: broker))
    }

    var now: SinkState { state.withLock { $0 } }

    func isConnected() {
        state.withLock { ($0.connectedSince, $0.problem) = (.now, nil) }
        tell(Message("events go to \(broker)"), false)
    }

    func acknowledged(_ place: EventSequence?) { state.withLock { $0.acknowledged = place } }

    /// - Parameter isOver: whether there is no connection any more.
    func fails(_ problem: Message, isOver: Bool = true) {
        let isNews = state.withLock { state in
            if isOver { state.connectedSince = nil }
            defer { state.problem = problem }
            return state.problem != problem
        }
        if isNews { tell(Message("\(broker): \(problem)"), true) }
    }

    /// What was wrong for a while is well again, unless something else is wrong now.
    func recovers(from problem: Message) {
        state.withLock { state in if state.problem == problem { state.problem = nil } }
    }

    func ends() { state.withLock { ($0.connectedSince, $0.problem) = (nil, nil) } }

    func note(_ message: Message) { tell(Message("\(broker): \(message)"), true) }
}
