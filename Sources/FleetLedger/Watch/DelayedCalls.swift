import Dispatch
import Synchronization

/// One call for all that comes within the delay, each call a delay after what it is for, and one long after the last.
final class DelayedCalls: Sendable {
    private let queue: DispatchQueue
    private let delay: Double
    private let longDelay: Double
    private let call: @Sendable () -> Void
    /// How many times it was asked for since the call that is due was scheduled; nil when none is due.
    private let asked = Mutex<Int?>(nil)
    /// Counts the calls, so that only the last one has another long after it.
    private let calls = Atomic(0)

    /// - Parameters:
    ///   - delay: in seconds, as is `longDelay`.
    ///   - call: called on the queue.
    init(_ queue: DispatchQueue, by delay: Double, and longDelay: Double, _ call: @escaping @Sendable () -> Void) {
        (self.queue, self.delay, self.longDelay, self.call) = (queue, delay, longDelay, call)
    }

    func schedule() {
        let isDue = asked.withLock { asked in
            defer { asked = asked.map { $0 + 1 } ?? 0 }
            return asked != nil
        }
        if !isDue { queue.asyncAfter(deadline: .now() + delay, execute: fire) }
    }

    @Sendable private func fire() {
        let mustFollow = asked.withLock { asked in
            defer { asked = nil }
            return (asked ?? 0) > 0
        }
        call()
        if mustFollow { return schedule() }
        let number = calls.add(1, ordering: .relaxed).newValue
        queue.asyncAfter(deadline: .now() + longDelay) {
            if self.calls.load(ordering: .relaxed) == number { self.call() }
        }
    }
}
