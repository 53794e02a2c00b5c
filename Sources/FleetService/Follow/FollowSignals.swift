import FleetEvents
import FleetLedger

/// Why who follows a run looks at it again.
enum FollowSignal: Sendable {
    /// Something has become of the task with that name; of any task when nil.
    case news(task: String?)
    /// An attempt is followed no more.
    case left(Attempt)
    /// Time to see whether somebody still works on the run.
    case beat

    typealias Sender = AsyncStream<FollowSignal>.Continuation

    /// A master that was killed tells nothing, and the lock that it held announces nothing.
    private static let pause = Duration.milliseconds(500)

    static func beat(_ sender: Sender) async throws {
        while true {
            try await Task.sleep(for: pause)
            sender.yield(.beat)
        }
    }

    /// Hands on what the feed has of a run.
    static func listen(to run: RunID, after place: EventSequence, on bus: EventBus, _ sender: Sender) async {
        for await item in bus.follow(after: place, durable: true) {
            guard case .event(let event) = item else {
                sender.yield(.news(task: nil))
                continue
            }
            switch event.kind {
            case .attemptStarted where event.run == run, .attemptEnded where event.run == run:
                sender.yield(.news(task: event.task))
            case .runStarted where event.run == run, .runEnded where event.run == run: sender.yield(.news(task: nil))
            // With the operation goes its lock.
            case .operationEnded: sender.yield(.beat)
            default: break
            }
        }
    }
}
