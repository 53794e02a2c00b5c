import FleetBase
import FleetEvents
import Synchronization

/// Something that an operation told.
public struct FleetEvent: Sendable, Hashable {
    /// What it is about. `detail` has another form for each.
    public enum Kind: String, Sendable, CaseIterable {
        case operationStarted = "operation-started"
        case operationEnded = "operation-ended"
        case cancelRequested = "cancel-requested"
        case hostsChosen = "hosts-chosen"
        case hostConnecting = "host-connecting"
        case hostConnected = "host-connected"
        case hostAbsent = "host-absent"
        case hostReady = "host-ready"
        case hostEnded = "host-ended"
        case stepStarted = "step-started"
        case stepEnded = "step-ended"
        case sent
        case runStarted = "run-started"
        case runEnded = "run-ended"
        case queue
        case attemptQueued = "attempt-queued"
        case attemptStarted = "attempt-started"
        case attemptEnded = "attempt-ended"
        case output, progress, remark, note, failure
        /// Passing events were missed here: whoever reads was too slow for them. Nothing that has a sequence is missed.
        case gap
    }

    /// What it is about.
    public let kind: Kind
    /// Its place among all that is kept; nil for a passing event. Give the last one to ``FleetProject/events(after:)``.
    public let sequence: String?
    /// When it was told, in UTC, such as `2026-11-26T15:30:12.345Z`; nil for a gap.
    public let time: String?
    /// The name of the operation that tells; nil for a gap.
    public let operation: String?
    /// The run that it is about, where it is about one.
    public let run: String?
    /// The host that it is about.
    public let host: String?
    /// The task that it is about.
    public let task: String?
    /// What the kind has to say, as JSON with sentences in English.
    public let detail: String

    init(_ followed: FollowedEvent) {
        guard case .event(let event) = followed else {
            (kind, sequence, time, operation, run, host, task, detail) = (.gap, nil, nil, nil, nil, nil, nil, "{}")
            return
        }
        guard let kind = Kind(rawValue: event.kind.name) else { preconditionFailure("every kind of event is public") }
        self.kind = kind
        sequence = event.sequence?.description
        time = event.time.description
        operation = event.operation.text
        run = event.run?.text
        host = event.host?.text
        task = event.task
        detail = event.kind.detailText(in: .english)
    }
}

/// Events as they come, for one reader. A reader who is slow holds nobody up: see ``FleetEvent/Kind/gap``.
public struct FleetEvents: AsyncSequence, Sendable {
    private let source: Source

    init(_ follower: sending EventFollower, of operation: OperationID? = nil) {
        source = Source(follower, operation)
    }

    /// The only reader's way through them.
    public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// Gives one event after the other.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: Source

        /// - Returns: nil after the end of the operation whose events they are, or when the task is cancelled.
        public mutating func next() async -> FleetEvent? { await source.next() }
    }

    /// One reader at a time holds the place.
    fileprivate actor Source {
        private let follower: EventFollower
        private let operation: OperationID?
        private var hasEnded = false

        init(_ follower: sending EventFollower, _ operation: OperationID?) {
            (self.follower, self.operation) = (follower, operation)
        }

        func next() async -> FleetEvent? {
            while !hasEnded, let followed = await follower.next() {
                guard case .event(let event) = followed else { return FleetEvent(followed) }
                if let operation, event.operation != operation { continue }
                if operation != nil, case .operationEnded = event.kind { hasEnded = true }
                return FleetEvent(followed)
            }
            return nil
        }
    }
}
