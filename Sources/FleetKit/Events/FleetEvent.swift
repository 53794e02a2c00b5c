import FleetBase
import FleetEvents

/// Something that an operation told.
///
/// Passing events (``Kind/sent``, ``Kind/output``, ``Kind/progress``, and ``Kind/queue`` unless tasks wait for another
/// reason than before) have no sequence and may be missed by who is slow; all others are kept as long as the inventory says, for a month when it says nothing.
public struct FleetEvent: Sendable, Hashable {
    private let followed: FollowedEvent

    init(_ followed: FollowedEvent) { self.followed = followed }

    private var event: Event? {
        guard case .event(let event) = followed else { return nil }
        return event
    }

    /// What it is about.
    public var kind: Kind {
        guard let event else { return .gap }
        guard let kind = Kind(rawValue: event.kind.name) else { preconditionFailure("every kind of event is public") }
        return kind
    }

    /// What it says.
    public var content: Content { event.map { Content($0.kind) } ?? .gap }

    /// Its place among all that is kept; nil for a passing event. Give the last one to ``FleetProject/events(after:)``.
    public var sequence: String? { event?.sequence?.description }
    /// When it was told; nil for a gap.
    public var time: FleetTime? { event.map { FleetTime($0.time) } }
    /// The name of the operation that tells; nil for a gap.
    public var operation: String? { event?.operation.text }
    /// The run that it is about, where it is about one.
    public var run: String? { event?.run?.text }
    /// The host that it is about.
    public var host: String? { event?.host?.text }
    /// The name of the task that it is about.
    public var task: String? { event?.task }

    /// The event as one line of JSON, as `fleet events --json` prints it and docs/schema/event.json describes it; an empty
    /// object for a gap.
    public var json: String { event.flatMap { try? JSONText.encode($0, in: .english) } ?? "{}" }
}

extension FleetEvent {
    /// What an event is about.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// An operation began.
        case operationStarted = "operation-started"
        /// An operation has nothing more to do.
        case operationEnded = "operation-ended"
        /// Somebody wants the operation ended.
        case cancelRequested = "cancel-requested"
        /// The hosts that the operation works on.
        case hostsChosen = "hosts-chosen"
        /// A connection is being opened.
        case hostConnecting = "host-connecting"
        /// The login succeeded.
        case hostConnected = "host-connected"
        /// The host did not answer, or it let nobody in.
        case hostAbsent = "host-absent"
        /// The host takes tasks of a queue.
        case hostReady = "host-ready"
        /// The operation has nothing more to do on the host.
        case hostEnded = "host-ended"
        /// A part of an operation that takes its time began.
        case stepStarted = "step-started"
        /// That part ended.
        case stepEnded = "step-ended"
        /// How much of an input has gone to a host.
        case sent
        /// A run is written down, and begins or goes on.
        case runStarted = "run-started"
        /// A run has ended.
        case runEnded = "run-ended"
        /// How far a run is.
        case queue
        /// An attempt waits for its host.
        case attemptQueued = "attempt-queued"
        /// An attempt runs.
        case attemptStarted = "attempt-started"
        /// An attempt has ended.
        case attemptEnded = "attempt-ended"
        /// Lines that a command or a worker wrote.
        case output
        /// What a worker wrote to its file descriptor 3.
        case progress
        /// A sentence that a person may like to read.
        case remark
        /// A sentence that a person should read.
        case note
        /// Something failed, and the operation goes on.
        case failure
        /// Passing events were missed here: whoever reads was too slow for them. Nothing that has a sequence is missed.
        case gap
    }
}
