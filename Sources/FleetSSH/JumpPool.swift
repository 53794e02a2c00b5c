import FleetBase

/// The connections to one jump host, shared by all who go through it.
///
/// libssh2 opens one channel at a time for each session, and a target that does not answer holds that place for as long
/// as the jump host tries it. So a connection is lent to one opening at a time, and when the line does not move another
/// connection is opened.
actor JumpPool {
    typealias Opening = @Sendable (Deadline) async -> Result<SSHConnection, Failure>

    /// How long the line may stand still before another connection is worth its handshake: one login is enough for any
    /// number of targets that answer, also on a busy machine. Where one has stood still, more targets may be dead.
    private static let patience = (first: Duration.seconds(2), later: Duration.milliseconds(300))
    private static let mostConnections = 16

    private let address: String
    private let open: Opening
    private var free: [SSHConnection] = []
    /// Those that are free or lent.
    private var count = 0
    private var line: [Turn<Result<SSHConnection, Failure>>] = []
    private var opening: Task<Void, Never>?
    /// When somebody in the line got a connection last.
    private var moved = ContinuousClock.now
    private var isClosed = false

    init(_ address: String, _ open: @escaping Opening) {
        self.address = address
        self.open = open
    }

    /// A socket to `address` as the jump host sees it, and the connection that carries it.
    func tunnel(
        to address: String, port: Port, until deadline: Deadline
    ) async throws(Failure) -> (socket: CInt, carrier: SSHConnection) {
        let carrier = try await borrow(until: deadline)
        do {
            let socket = try await carrier.tunnel(to: address, port: port, until: deadline)
            await giveBack(carrier)
            return (socket, carrier)
        } catch {
            if error.kind == .noAnswer || error.kind == .cancelled { retire() } else { await giveBack(carrier) }
            throw error
        }
    }

    /// Ends the connections, those that are lent when they come back.
    func close() async {
        isClosed = true
        for turn in line { _ = turn.give(.failure(Failure(.cancelled, Message("cancelled")))) }
        line = []
        opening?.cancel()
        await opening?.value
        for connection in free { await connection.close() }
        count -= free.count
        free = []
    }

    /// Closes the logins that have carried nothing for so long, and waits for none of it: a dead host takes its time.
    ///
    /// - Returns: whether any are left, or on their way.
    func closeIdle(since instant: ContinuousClock.Instant) async -> Bool {
        for connection in free {
            // Nobody gets it while it is asked.
            guard let index = free.firstIndex(where: { $0 === connection }) else { continue }
            free.remove(at: index)
            if await connection.isIdle(since: instant) {
                Task { await connection.close() }
                retire()
            } else {
                await giveBack(connection)
            }
        }
        return count > 0 || opening != nil
    }

    // MARK: Lending

    private func borrow(until deadline: Deadline) async throws(Failure) -> SSHConnection {
        guard !isClosed else { throw Failure(.cancelled, Message("cancelled")) }
        while let connection = free.popLast() {
            if !connection.isClosed, connection.isTrusted { return connection }
            // It ends with the last tunnel that it carries.
            count -= 1
        }
        let turn = Turn<Result<SSHConnection, Failure>>(until: deadline)
        if line.isEmpty { moved = .now }
        line.append(turn)
        if count == 0 { openAnother() }
        let impatience = Task {
            while true {
                let left = patience - (ContinuousClock.now - moved)
                try await Task.sleep(for: max(left, .milliseconds(100)))
                if ContinuousClock.now - moved >= patience { openAnother() }
            }
        }
        defer { impatience.cancel() }
        switch await turn.outcome() {
        case .given(let result): return try result.get()
        case .timedOut:
            leave(turn)
            throw Failure(
                .noAnswer, Message("the jump host \(address) did not answer in time"),
                hint: Message("look at the jump host, and at its load"))
        case .cancelled:
            leave(turn)
            throw Failure(.cancelled, Message("cancelled"))
        }
    }

    private func leave(_ turn: Turn<Result<SSHConnection, Failure>>) {
        line.removeAll { $0 === turn }
        // The last one that gives up ends the opening too.
        if line.isEmpty { opening?.cancel() }
    }

    private func giveBack(_ connection: SSHConnection) async {
        if isClosed { await connection.close() }
        guard !connection.isClosed else { return retire() }
        while !line.isEmpty {
            moved = .now
            if line.removeFirst().give(.success(connection)) { return }
        }
        free.append(connection)
    }

    /// A lent connection does not come back; the line must not wait for it.
    private func retire() {
        count -= 1
        if count == 0 { openAnother() }
    }

    private var patience: Duration { count <= 1 ? Self.patience.first : Self.patience.later }

    // MARK: Opening

    private func openAnother() {
        guard !isClosed, opening == nil, !line.isEmpty, count < Self.mostConnections else { return }
        let deadline = line.map(\.deadline).max() ?? .distant
        opening = Task {
            let result = await open(deadline)
            opening = nil
            switch result {
            case .success(let connection):
                count += 1
                await giveBack(connection)
            case .failure(let failure):
                if count == 0 { refuse(failure, to: deadline) }
            }
        }
    }

    /// There is no connection and will be none: all who wait hear why, save those who may wait for longer than the
    /// opening did, or who came when it had been given up.
    private func refuse(_ failure: Failure, to deadline: Deadline) {
        let goesOn = { (turn: Turn<Result<SSHConnection, Failure>>) in
            failure.kind == .cancelled || (failure.kind == .noAnswer && turn.deadline > deadline)
        }
        let refused = line.filter { !goesOn($0) }
        line.removeAll { !goesOn($0) }
        for turn in refused { _ = turn.give(.failure(failure)) }
        openAnother()
    }
}
