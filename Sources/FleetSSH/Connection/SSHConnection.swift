import CSSH2
import FleetBase
import Glibc
import Synchronization

/// One SSH session, on one loop's thread, with any number of channels.
///
/// After an error the connection is closed, and answers `lost` from then on; so it is after a time-out or a cancellation
/// that comes while a channel is opened, or while a packet is sent by half. A command that is given up otherwise loses
/// its own channel alone.
actor SSHConnection {
    let loop: EventLoop
    let endpoint: SSHEndpoint
    let session: SSHSession
    /// The connection that carries this one when it goes through a jump host.
    private let carrier: SSHConnection?
    /// From the login on; before it every wait has a short deadline.
    private var liveness: Liveness?
    private lazy var watch = SocketWatch(session.socket, on: loop)
    private let hasClosed = Atomic(false)
    /// What the server's banner says, from the login on.
    let hasShell = Atomic(false)
    let isDropbear = Atomic(false)
    private var lastOperation = 0
    /// The operation whose packet is sent by half: until it is through nobody else may send, since libssh2 keeps one
    /// unfinished packet a session and wants the same bytes again.
    private(set) var halfSent: Int?
    /// The operation that opens a channel: libssh2 keeps one opening a session.
    private var opening: Int?
    /// How many tunnels it carries.
    var tunnels = 0 { didSet { if tunnels == 0 { idleSince = .now } } }
    private var idleSince = ContinuousClock.now
    private let pinned = Mutex<PinnedKey?>(nil)
    /// The channels of tunnels whose far end did not close in time: nobody reads them any more.
    var forsaken: Set<OpaquePointer> = []

    nonisolated var isClosed: Bool { hasClosed.load(ordering: .acquiring) }

    nonisolated var isTrusted: Bool { pinned.withLock(\.self)?.isPinned ?? true }

    nonisolated func trusts(_ key: PinnedKey) { pinned.withLock { $0 = key } }

    /// Whether it has carried no tunnel since.
    func isIdle(since instant: ContinuousClock.Instant) -> Bool { tunnels == 0 && idleSince <= instant }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Takes over a connected, non-blocking socket.
    init(socket: CInt, endpoint: SSHEndpoint, knownAlgorithms: [String], loop: EventLoop, carrier: SSHConnection?) {
        self.loop = loop
        self.endpoint = endpoint
        self.carrier = carrier
        session = SSHSession(socket: socket, knownAlgorithms: knownAlgorithms)
    }

    isolated deinit { shut() }

    /// Ends the session; whoever waits on it is woken and throws `lost`. libssh2 frees it with the actor.
    private func shut() {
        guard !isClosed else { return }
        hasClosed.store(true, ordering: .releasing)
        watch.remove()
        // The far end is to know at once; the descriptor itself stays libssh2's until the session is freed.
        shutdown(session.socket, CInt(SHUT_RDWR))
    }

    package func close() {
        guard !isClosed else { return }
        // One try: `disconnect` can spin for ever, and nothing is lost when the far end does not hear it.
        if halfSent == nil { libssh2_session_disconnect_ex(session.pointer, SSH_DISCONNECT_BY_APPLICATION, "", "") }
        shut()
    }

    // MARK: Operations

    enum Kind { case ordinary, opening }

    /// Tries a call of libssh2 until it no longer answers EAGAIN, and waits in between for just what blocks it.
    ///
    /// - Parameter kind: `opening` for a call of which libssh2 allows one a session.
    /// - Returns: what the call answered at last, libssh2's errors included.
    /// - Throws: no-answer, lost or cancelled; the connection is closed then.
    func perform(_ kind: Kind = .ordinary, until deadline: Deadline, _ call: () -> Int) async throws(Failure) -> Int {
        let id = newOperation()
        defer { if opening == id { opening = nil } }
        var isLastTry = false
        while true {
            var interest: Interest = []
            if kind == .ordinary || opening == nil || opening == id {
                if let code = try attempt(id, &interest, call) { return code }
                if kind == .opening, halfSent == nil || halfSent == id { opening = id }
            }
            if isLastTry { throw timedOut() }
            // This program itself may have slept: what it waits for may be there.
            isLastTry = try await wakeup(for: interest, until: deadline) == .timedOut
        }
    }

    /// Everyone who waits on the session tries again.
    func wakeAll() { watch.wakeAll() }

    func newOperation() -> Int {
        lastOperation += 1
        return lastOperation
    }

    /// One try without a wait, for those who have several things to try.
    ///
    /// - Parameter interest: gets what the call waits for; nothing when another operation has to finish its packet
    ///   first, which wakes everybody.
    /// - Returns: nil when it would block.
    func attempt(_ id: Int, _ interest: inout Interest, _ call: () -> Int) throws(Failure) -> Int? {
        guard !isClosed else { throw lost(nil) }
        guard halfSent == nil || halfSent == id else { return nil }
        let before = session.bytesReceived
        session.traffic.pointee.beginTurn()
        let code = call()
        let isBlocked = code == Int(LIBSSH2_ERROR_EAGAIN)
        let blockedOn = isBlocked ? session.blockedOn : []
        let hadHalfSent = halfSent == id
        halfSent = blockedOn.contains(.write) ? id : nil
        // Others wait for what this call read from the socket, or for their turn to send.
        if session.bytesReceived != before || (hadHalfSent && halfSent == nil) || !isBlocked { watch.wakeAll() }
        interest.formUnion(blockedOn)
        return isBlocked ? nil : code
    }

    /// - Parameter closes: whether a cancellation closes the connection, and is thrown.
    /// - Throws: lost or cancelled; the connection is closed then. The end of the time closes nothing.
    func wakeup(
        for interest: Interest, until deadline: Deadline, closes: Bool = true
    ) async throws(Failure) -> Wakeup {
        while true {
            guard !isClosed else { throw lost(nil) }
            let limit = liveness.map { min($0.next, deadline) } ?? deadline
            let wakeup = await watch.wait(for: interest, until: limit, isolation: self)
            if wakeup == .cancelled, closes { throw cancelled() }
            guard wakeup == .timedOut, limit < deadline else { return wakeup }
            try checkLife()
        }
    }

    // MARK: Liveness

    /// From now on a server that stays silent is asked for an answer, and given up when none comes.
    func watchLife(every interval: Duration) {
        session.traffic.pointee.isLoggedIn = true
        let banner = session.banner
        isDropbear.store(banner.contains("dropbear"), ordering: .releasing)
        hasShell.store(banner.contains("OpenSSH") || banner.contains("dropbear"), ordering: .releasing)
        libssh2_keepalive_config(session.pointer, 1, 1)
        liveness = Liveness(every: interval, received: session.bytesReceived, mayBeMute: !runsShell)
    }

    /// - Throws: lost, when the server has been silent for too long; the connection is closed then.
    private func checkLife() throws(Failure) {
        guard var liveness, liveness.next.hasPassed, !isClosed else { return }
        let step = liveness.step(received: session.bytesReceived)
        self.liveness = liveness
        switch step {
        case .nothing: return
        case .ask: ask()
        case .giveUp:
            shut()
            let address = endpoint.address
            let seconds = Int(liveness.patience.seconds)
            throw Failure(
                .lost, Message("\(address) has not answered for \(seconds) s"),
                hint: Message("is the host still on, and on this network? Commands that ran there may still run"))
        }
    }

    /// keepalive@openssh.com's kin: a global request that wants an answer (RFC 4254, 4). libssh2 takes no second try of
    /// one that was sent by half, so it is sent only where the socket has room for all of it.
    private func ask() {
        var question = pollfd(fd: session.socket, events: Int16(POLLOUT), revents: 0)
        guard halfSent == nil, poll(&question, 1, 0) == 1, question.revents & Int16(POLLOUT) != 0 else { return }
        var seconds: CInt = 0
        libssh2_keepalive_send(session.pointer, &seconds)
    }

    func timedOut() -> Failure {
        shut()
        return .noAnswer
    }

    func cancelled() -> Failure {
        shut()
        return .cancelled
    }

    /// Turns an error of libssh2 into a failure and closes the connection.
    func fail(_ make: (Message) -> Failure) -> Failure {
        let problem = session.problem
        let isBroken = session.traffic.pointee.violation != nil
        shut()
        guard isBroken else { return make(problem) }
        let address = endpoint.address
        return Failure(
            .brokenProtocol, Message("\(address) port \(endpoint.port) breaks SSH's protocol: \(problem)"),
            hint: Message("is it an SSH server? Look at the port"))
    }

    func lost(_ reason: Message?) -> Failure {
        guard let reason else { return Failure(.lost, Message("the connection is closed")) }
        return Failure(
            .lost, Message("the connection was lost: \(reason)"),
            hint: Message("a command that ran on the host may still run there"))
    }
}

extension Failure {
    static let noAnswer = Failure(.noAnswer, Message("no answer in time"))
    static let cancelled = Failure(.cancelled, Message("cancelled"))
}
