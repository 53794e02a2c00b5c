import CSSH2
import FleetBase
import Glibc

/// One SSH session, on one loop's thread, with any number of channels.
///
/// After a time-out, a cancellation or an error the connection is closed, and answers `lost` from then on.
actor SSHConnection {
    let loop: EventLoop
    let endpoint: SSHEndpoint
    let session: SSHSession
    /// The connection that carries this one when it goes through a jump host.
    private let carrier: SSHConnection?
    private lazy var watch = SocketWatch(session.socket, on: loop)
    private(set) var isClosed = false
    private var lastOperation = 0
    /// The operation whose packet is sent by half: until it is through nobody else may send, since libssh2 keeps one
    /// unfinished packet a session and wants the same bytes again.
    private(set) var halfSent: Int?
    /// The operation that opens a channel: libssh2 keeps one opening a session.
    private var opening: Int?
    /// How many tunnels it carries.
    var tunnels = 0
    /// The channels of tunnels whose far end did not close in time: nobody reads them any more.
    var forsaken: Set<OpaquePointer> = []

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
        isClosed = true
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
    /// - Throws: time-out, lost or cancelled; the connection is closed then.
    func perform(_ kind: Kind = .ordinary, until deadline: Deadline, _ call: () -> Int) async throws(Failure) -> Int {
        let id = newOperation()
        defer { if opening == id { opening = nil } }
        while true {
            var interest: Interest = []
            if kind == .ordinary || opening == nil || opening == id {
                if let code = try attempt(id, &interest, call) { return code }
                if kind == .opening, halfSent == nil || halfSent == id { opening = id }
            }
            try await wait(for: interest, until: deadline)
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

    /// - Throws: time-out, lost or cancelled; the connection is closed then.
    func wait(for interest: Interest, until deadline: Deadline) async throws(Failure) {
        if try await wakeup(for: interest, until: deadline) == .timedOut { throw timedOut() }
    }

    /// - Throws: lost or cancelled; the connection is closed then. The end of the time closes nothing.
    func wakeup(for interest: Interest, until deadline: Deadline) async throws(Failure) -> Wakeup {
        guard !isClosed else { throw lost(nil) }
        let wakeup = await watch.wait(for: interest, until: deadline, isolation: self)
        if wakeup == .cancelled { throw cancelled() }
        return wakeup
    }

    /// For those who have not had to wait for long.
    ///
    /// - Throws: time-out or cancelled; the connection is closed then.
    func checkTime(_ deadline: Deadline) throws(Failure) {
        if Task.isCancelled { throw cancelled() }
        if deadline.hasPassed { throw timedOut() }
    }

    private func timedOut() -> Failure {
        shut()
        return Failure(.timeOut, Message("no answer in time"))
    }

    private func cancelled() -> Failure {
        shut()
        return Failure(.cancelled, Message("cancelled"))
    }

    /// Turns an error of libssh2 into a failure and closes the connection.
    func fail(_ make: (String) -> Failure) -> Failure {
        let failure = make(session.lastError)
        shut()
        return failure
    }

    func lost(_ reason: String?) -> Failure {
        guard let reason else { return Failure(.lost, Message("the connection is closed")) }
        return Failure(
            .lost, Message("the connection was lost: \(reason)"),
            hint: Message("what ran on the host may still run there"))
    }
}
