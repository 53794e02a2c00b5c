import FleetBase
import FleetEvents

/// What goes to one topic of a broker.
struct SinkMessage: Sendable, Hashable {
    let topic: String
    let payload: String
    var isRetained = false
}

/// What is told to a broker, in this order: one thing may be several messages.
enum SinkItem: Sendable {
    case event(Event)
    /// Numbers of the feed that nobody can read any more.
    case gone(epoch: String, ClosedRange<Int64>)
    case host(name: String, address: String)
    /// All that hosts work on now, for who may have missed how it began, and how other work ended.
    case work([SinkWork])

    /// Up to where of the feed a reader has been told everything once he has this; nil for what is not in the feed.
    var sequence: EventSequence? {
        switch self {
        case .event(let event): event.sequence
        case .gone(let epoch, let range): EventSequence(epoch: epoch, number: range.upperBound)
        case .host, .work: nil
        }
    }
}

/// An attempt that has not ended.
struct SinkWork: Sendable, Hashable {
    let host: String
    let run: String
    /// The name of the task.
    let task: String
    let number: Int
}

/// Has the keys of an event, so that whoever reads those takes it for one of a kind that he does not know.
struct GoneMessage: Encodable {
    private struct Detail: Encodable { let first, last: EventSequence }

    private let sequence: EventSequence
    private let time = Timestamp.now
    private let kind = "gone"
    private let detail: Detail
    @OrNull private var operation: String?
    @OrNull private var run: String?
    @OrNull private var host: String?
    @OrNull private var task: String?

    init(_ epoch: String, _ range: ClosedRange<Int64>) {
        let last = EventSequence(epoch: epoch, number: range.upperBound)
        sequence = last
        detail = Detail(first: EventSequence(epoch: epoch, number: range.lowerBound), last: last)
        (_operation, _run, _host, _task) = (
            OrNull(wrappedValue: nil), OrNull(wrappedValue: nil), OrNull(wrappedValue: nil), OrNull(wrappedValue: nil)
        )
    }
}
