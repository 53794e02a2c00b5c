import FleetEvents
import FleetLedger
import Synchronization

/// Why who follows a run looks at it again: what came since the last look, each thing once, however slow he is.
final class FollowSignals: Sendable {
    struct News {
        /// Something may have become of any task.
        var isOfAll = false
        /// The names of the tasks of which something has become.
        var tasks: Set<String> = []
        /// Attempts that are followed no more.
        var left: [Attempt] = []
        /// Time to see whether somebody still works on the run.
        var hasBeat = false
    }

    /// A master that was killed tells nothing, and the lock that it held announces nothing.
    private static let pause = Duration.milliseconds(500)

    /// A value when there are news.
    let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let news = Mutex(News())

    init() { (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func tell(_ change: @Sendable (inout News) -> Void) {
        news.withLock { change(&$0) }
        waker.yield()
    }

    /// Takes what came since.
    func take() -> News {
        news.withLock { news in
            defer { news = News() }
            return news
        }
    }

    func beat() async throws {
        while true {
            try await Task.sleep(for: Self.pause)
            tell { $0.hasBeat = true }
        }
    }

    /// Hands on what the feed has of a run.
    func listen(to run: RunID, after place: EventSequence, on bus: EventBus) async {
        for await item in bus.follow(after: place, durable: true) {
            guard case .event(let event) = item else {
                tell { $0.isOfAll = true }
                continue
            }
            switch event.kind {
            case .attemptStarted where event.run == run, .attemptEnded where event.run == run:
                tell { if let task = event.task { $0.tasks.insert(task) } else { $0.isOfAll = true } }
            case .runStarted where event.run == run, .runEnded where event.run == run: tell { $0.isOfAll = true }
            // With the operation goes its lock.
            case .operationEnded: tell { $0.hasBeat = true }
            default: break
            }
        }
    }
}
