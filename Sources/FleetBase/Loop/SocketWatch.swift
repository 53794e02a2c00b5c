import CLinux

/// How a wait ended.
package enum Wakeup: Sendable { case ready, timedOut, cancelled }

/// What a socket is waited for.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static let read = Interest(rawValue: UInt32(fleet_epoll_in))
    package static let write = Interest(rawValue: UInt32(fleet_epoll_out))
}

/// A socket on its loop and those who wait for it; lives on the loop's thread.
///
/// One-shot and level-triggered: an event wakes all who wait, and each tries again. The loop finds the watch by a token
/// that is never used twice, so an event that comes late can't wake the owner of a reused descriptor.
package final class SocketWatch {
    package struct WaitID: Sendable, Hashable {
        let watch: UInt64
        let number: UInt64
    }

    private struct Wait {
        let id: WaitID
        let interest: Interest
        let deadline: Deadline
        let continuation: UnsafeContinuation<Wakeup, Never>
    }

    package let fd: CInt
    private(set) var token: UInt64 = 0
    private let loop: EventLoop
    private var waits: [Wait] = []
    private var lastNumber: UInt64 = 0
    /// The earliest timer that stands in the loop's heap for this watch: it is reused from wait to wait, so that a long
    /// transfer does not leave an entry behind for each of its waits. None for a deadline that never comes: that entry
    /// would outlive the watch.
    private(set) var timer: Deadline?

    package init(_ fd: CInt, on loop: EventLoop) {
        self.fd = fd
        self.loop = loop
        token = loop.add(self)
    }

    /// Forgets the socket; must come before it is closed. Whoever waits is woken, to find it gone.
    package func remove() {
        loop.remove(self)
        wakeAll()
    }

    /// - Parameter isolation: the caller, an actor on the loop. Named and captured, since a closure keeps the isolation of
    ///   a parameter only if it captures it; else the wait would be set up on a thread of the cooperative pool.
    package func wait(
        for interest: Interest, until deadline: Deadline, isolation: isolated (any Actor)? = #isolation
    ) async -> Wakeup {
        lastNumber += 1
        let id = WaitID(watch: token, number: lastNumber)
        let loop = loop
        return await withTaskCancellationHandler {
            _ = isolation
            return await withUnsafeContinuation(isolation: isolation) { continuation in
                add(Wait(id: id, interest: interest, deadline: deadline, continuation: continuation))
                // The handler below may have run before the wait was known.
                if Task.isCancelled { finish(id, .cancelled) }
            }
        } onCancel: {
            loop.cancel(id)
        }
    }

    private func add(_ wait: Wait) {
        waits.append(wait)
        loop.rearm(self, for: waits.reduce([]) { $0.union($1.interest) })
        if wait.deadline < timer ?? .distant { setTimer(wait.deadline) }
    }

    private func setTimer(_ deadline: Deadline) {
        timer = deadline
        loop.setTimer(deadline, for: self)
    }

    /// Something happened on the socket or on the session behind it: everyone tries again.
    package func wakeAll() {
        let woken = waits
        waits = []
        for wait in woken { wait.continuation.resume(returning: .ready) }
    }

    func finish(_ id: WaitID, _ wakeup: Wakeup) {
        guard let index = waits.firstIndex(where: { $0.id == id }) else { return }
        waits.remove(at: index).continuation.resume(returning: wakeup)
    }

    func timerFired() {
        timer = nil
        for wait in waits where wait.deadline.hasPassed { finish(wait.id, .timedOut) }
        if let next = waits.map(\.deadline).min(), next < .distant { setTimer(next) }
    }
}
