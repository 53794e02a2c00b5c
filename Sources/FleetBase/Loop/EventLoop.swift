import CLinux
import Glibc
import Synchronization

/// A thread that runs actors and waits for their sockets with epoll(7).
///
/// An actor that names a loop as its executor runs on that thread only; so the compiler proves that what is no
/// thread's but one, such as a libssh2 session, is touched by one thread. A loop lives as long as the program.
package final class EventLoop: SerialExecutor, @unchecked Sendable {
    // @unchecked holds because what several threads touch is in `inbox` and `thread`, and the rest is touched on the
    // loop's own thread only: by `run`, and by the calls of `SocketWatch`, which check it.

    /// The loops that connections are spread over, one a core: encryption is what costs.
    private static let all = (0..<min(16, ThreadExecutor.cores)).map { _ in EventLoop() }
    private static let turn = Atomic<Int>(0)

    package static func next() -> EventLoop {
        all[turn.wrappingAdd(1, ordering: .relaxed).oldValue % all.count]
    }

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var cancelled: [SocketWatch.WaitID] = []
        var isAsleep = false
    }

    private static let alarmToken: UInt64 = 0

    private let epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
    private let alarm = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
    private let inbox = Mutex(Inbox())
    private let thread = Mutex<pthread_t?>(nil)
    private var watches: [UInt64: SocketWatch] = [:]
    private var timers = TimerHeap()
    private var lastToken = EventLoop.alarmToken
    private var events = [epoll_event](repeating: epoll_event(), count: 256)
    /// A buffer for reading, shared by all connections of the loop: a read is handed on before the next one.
    package let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    private init() {
        precondition(epoll >= 0 && alarm >= 0, "no descriptors left for an event loop")
        arm(alarm, EPOLL_CTL_ADD, UInt32(fleet_epoll_in), token: Self.alarmToken)
        var created = pthread_t()
        let code = pthread_create(
            &created, nil,
            { argument in
                argument.map { Unmanaged<EventLoop>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(code == 0, "no thread left for an event loop")
    }

    // MARK: Executor

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        post { $0.jobs.append(job) }
    }

    package func checkIsolated() {
        let isHere = thread.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
        precondition(isHere, "not on the loop's thread")
    }

    func cancel(_ wait: SocketWatch.WaitID) {
        post { $0.cancelled.append(wait) }
    }

    private func post(_ change: (inout sending Inbox) -> Void) {
        let mustWake = inbox.withLock { inbox in
            change(&inbox)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if mustWake { eventfd_write(alarm, 1) }
    }

    // MARK: The loop

    private func run() {
        thread.withLock { $0 = pthread_self() }
        // A library that writes to a socket whose other end is gone gets EPIPE, and the program no signal.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        while true {
            runJobs()
            wakeTimedOut()
            poll()
        }
    }

    /// So many rounds of jobs come before the sockets are looked at again: jobs that enqueue themselves anew, such as a
    /// transfer that never has to wait, must not keep the others from theirs.
    private static let roundsBetweenPolls = 8

    /// Runs what was enqueued, and allows the loop to sleep when nothing is left.
    private func runJobs() {
        for _ in 0..<Self.roundsBetweenPolls {
            let (jobs, cancelled) = inbox.withLock { inbox in
                let batch = (inbox.jobs, inbox.cancelled)
                inbox.isAsleep = batch.0.isEmpty && batch.1.isEmpty
                inbox.jobs = []
                inbox.cancelled = []
                return batch
            }
            if jobs.isEmpty, cancelled.isEmpty { return }
            for wait in cancelled { watches[wait.watch]?.finish(wait, .cancelled) }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }

    private func wakeTimedOut() {
        while let first = timers.first, first.deadline.hasPassed {
            timers.removeFirst()
            watches[first.token]?.timerFired()
        }
    }

    private func poll() {
        let count = epoll_wait(epoll, &events, CInt(events.count), sleepMilliseconds)
        inbox.withLock { $0.isAsleep = false }
        for index in 0..<max(0, Int(count)) {
            let token = fleet_epoll_token(&events[index])
            guard token == Self.alarmToken else {
                watches[token]?.wakeAll()
                continue
            }
            var value: eventfd_t = 0
            eventfd_read(alarm, &value)
        }
    }

    /// Until the next deadline, for ever when there is none, and not at all when work came in from this very thread.
    private var sleepMilliseconds: CInt {
        guard inbox.withLock(\.isAsleep) else { return 0 }
        guard let first = timers.first else { return -1 }
        return CInt(clamping: Int((max(0, first.deadline.remaining.seconds) * 1000).rounded(.up)))
    }

    // MARK: For watches

    /// Adds a socket, asleep until somebody waits for it.
    func add(_ watch: SocketWatch) -> UInt64 {
        checkIsolated()
        lastToken += 1
        watches[lastToken] = watch
        arm(watch.fd, EPOLL_CTL_ADD, UInt32(fleet_epoll_oneshot), token: lastToken)
        return lastToken
    }

    func remove(_ watch: SocketWatch) {
        checkIsolated()
        watches[watch.token] = nil
        arm(watch.fd, EPOLL_CTL_DEL, 0, token: 0)
    }

    func rearm(_ watch: SocketWatch, for interest: Interest) {
        checkIsolated()
        arm(watch.fd, EPOLL_CTL_MOD, interest.rawValue | UInt32(fleet_epoll_oneshot), token: watch.token)
    }

    func setTimer(_ deadline: Deadline, for watch: SocketWatch) {
        checkIsolated()
        timers.insert(TimerHeap.Entry(deadline: deadline, token: watch.token))
    }

    private func arm(_ fd: CInt, _ operation: CInt, _ events: UInt32, token: UInt64) {
        let code = fleet_epoll_set(epoll, operation, fd, events, token)
        precondition(code == 0, "epoll_ctl on a descriptor that is not open: errno \(errno)")
    }
}
