package import FleetBase
import Synchronization

/// Reaches hosts over SSH, as the inventory and `~/.ssh/config` say.
package final class SSHTransport: Transport {
    private static let longestRetry = 8
    private static let longestPause = Duration.milliseconds(800)

    private let config: SSHConfig
    private let environment: [String: String]
    private let passphrases: PassphraseAgent
    let keys: KeyRing
    let gate = HandshakeGate()
    let knownHosts = KnownHostsFiles()
    private let warn: @Sendable (Message) -> Void
    /// Twice as long a silence is a question to the server, eleven times as long its end.
    private let lifeInterval: Duration
    /// How long a login on a jump host is kept that carries nothing.
    private let linger: Duration
    private let sweeper: Sweeper

    private struct State {
        var jumps: [SSHEndpoint: JumpPool] = [:]
        var warned: Set<Message> = []
    }

    private let state = Mutex(State())

    /// - Parameters:
    ///   - lifeInterval: see ``Liveness``.
    ///   - linger: how long a login on a jump host is kept that carries nothing.
    ///   - warn: told once of each line of `~/.ssh/config` that fleet can't honour.
    package init(
        config: SSHConfig, environment: [String: String], lifeInterval: Duration = .seconds(5),
        linger: Duration = .seconds(10), warn: @escaping @Sendable (Message) -> Void
    ) {
        self.lifeInterval = lifeInterval
        self.linger = linger
        sweeper = Sweeper(every: linger / 2)
        self.config = config
        self.environment = environment
        self.warn = warn
        let passphrases = PassphraseAgent(environment: environment)
        self.passphrases = passphrases
        // One at a time: two questions for passphrases on one terminal would mix.
        let questions = ThreadExecutor(label: "fleet.passphrases", width: 1)
        keys = KeyRing { path in await questions.run { passphrases.unlock(path) } }
    }

    package func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        try await open(destination, until: deadline)
    }

    /// Ends what all connections share: those to jump hosts, and the agent for keys with a passphrase.
    package func close() async {
        let jumps = state.withLock { state in
            defer { state.jumps = [:] }
            return state.jumps.values
        }
        await withDiscardingTaskGroup { group in
            for jump in jumps { group.addTask { await jump.close() } }
        }
        passphrases.stop()
    }

    package func endpoint(for destination: Destination) -> SSHEndpoint {
        config.endpoint(for: destination, environment: environment)
    }

    /// What a host shows as its key, without trusting it or logging in: for `fleet host add` and `host pin`.
    package func hostKey(of destination: Destination, deadline: Deadline) async throws(Failure) -> HostKey {
        let endpoint = endpoint(for: destination)
        // A key that is known already is asked for again: another one of the host's would look like a changed key.
        let algorithms = KnownHosts(files: endpoint.knownHostsFiles).algorithms(
            for: endpoint.keyName, port: endpoint.port)
        let connection = try await connection(to: endpoint, knownAlgorithms: algorithms, until: deadline)
        defer { Task { await connection.close() } }
        return try await connection.shownKey(until: deadline)
    }

    /// Logs in with a password, on a host whose key is known; the keys of this machine are not tried.
    package func connect(
        to destination: Destination, with password: Secret, deadline: Deadline
    ) async throws(Failure) -> any Connection {
        let endpoint = endpoint(for: destination)
        return try await logIn(endpoint, until: deadline) { connection throws(Failure) in
            try await connection.authenticate(with: password, until: deadline)
        }
    }

    /// The methods of authentication that a host offers; empty where it lets everybody in.
    package func offeredMethods(of destination: Destination, deadline: Deadline) async throws(Failure) -> [String] {
        let endpoint = endpoint(for: destination)
        let known = knownHosts.read(endpoint.knownHostsFiles).hosts
        let algorithms = known.algorithms(for: endpoint.keyName, port: endpoint.keyPort)
        let connection = try await connection(to: endpoint, knownAlgorithms: algorithms, until: deadline)
        defer { Task { await connection.close() } }
        _ = try await connection.handshake(knownHosts: known, until: deadline)
        return try await connection.offeredMethods(until: deadline) ?? []
    }

    // MARK: One connection

    private func open(_ destination: Destination, until deadline: Deadline) async throws(Failure) -> SSHConnection {
        let endpoint = endpoint(for: destination)
        if let refusal = endpoint.refusal { throw refusal }
        tell(endpoint.warnings)
        let start = ContinuousClock.now
        let credentials = await keys.credentials(for: endpoint)
        // Who is asked for a passphrase may take as long as it takes.
        let limit = Deadline(deadline.instant + (.now - start))
        let deadline = endpoint.connectTimeout.map { min(limit, .after($0)) } ?? limit
        var pause = Duration.milliseconds(50)
        for attempt in 1... {
            do {
                return try await gate.pass(HandshakeGate.Route(endpoint), until: deadline) { () async throws(Failure) in
                    try await self.logIn(endpoint, until: deadline) { connection throws(Failure) in
                        try await connection.authenticate(with: credentials, until: deadline)
                    }
                }
            } catch  where error.kind == .lost && attempt < Self.longestRetry && deadline.remaining > pause * 3 {
                // A busy sshd drops connections before the login (MaxStartups): later tries find it less busy, and
                // the jitter keeps those who were dropped together from coming back together.
                try? await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
                pause = min(pause * 2, Self.longestPause)
            }
        }
        preconditionFailure("the loop ends by its returns and throws")
    }

    private func logIn(
        _ endpoint: SSHEndpoint, until deadline: Deadline,
        _ authenticate: @Sendable (SSHConnection) async throws(Failure) -> Void
    ) async throws(Failure) -> SSHConnection {
        let known = knownHosts.read(endpoint.knownHostsFiles).hosts
        let algorithms = known.algorithms(for: endpoint.keyName, port: endpoint.keyPort)
        let connection = try await connection(to: endpoint, knownAlgorithms: algorithms, until: deadline)
        do {
            let key = try await connection.handshake(knownHosts: known, until: deadline)
            connection.trusts(PinnedKey(key, of: endpoint, in: knownHosts))
            try await authenticate(connection)
            await connection.watchLife(every: lifeInterval)
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    func connection(
        to endpoint: SSHEndpoint, knownAlgorithms: [String], until deadline: Deadline
    ) async throws(Failure) -> SSHConnection {
        if let refusal = endpoint.refusal { throw refusal }
        let loop = EventLoop.next()
        if let jump = try jumpPool(for: endpoint) {
            let (socket, carrier) = try await jump.tunnel(to: endpoint.address, port: endpoint.port, until: deadline)
            return SSHConnection(
                socket: socket, endpoint: endpoint, knownAlgorithms: knownAlgorithms, loop: loop, carrier: carrier)
        }
        let socket = try await SocketConnector(loop: loop).connect(to: endpoint, until: deadline)
        return SSHConnection(
            socket: socket, endpoint: endpoint, knownAlgorithms: knownAlgorithms, loop: loop, carrier: nil)
    }

    // MARK: Jump hosts

    /// The jump hosts that are being opened above this task: one that needs itself would wait for itself for ever.
    @TaskLocal private static var route: [SSHEndpoint] = []

    /// The connections to the last jump host, shared by all who go through it.
    private func jumpPool(for endpoint: SSHEndpoint) throws(Failure) -> JumpPool? {
        guard var jump = endpoint.jumps.last else { return nil }
        jump.jumps = endpoint.jumps.dropLast() + jump.jumps
        let destination = jump
        let key = self.endpoint(for: destination.asJump)
        guard !Self.route.contains(where: { $0.reachesSameServer(as: key) }) else {
            let name = key.address
            throw Failure(
                .unreachable, Message("the jump host \(name) would have to be reached through itself"),
                hint: Message("give it ProxyJump none in ~/.ssh/config"))
        }
        return state.withLock { state in
            if let pool = state.jumps[key] { return pool }
            let pool = JumpPool(destination.address) { [weak self] deadline in
                guard let self else { return .failure(Failure(.cancelled, Message("cancelled"))) }
                return await openJump(destination, until: deadline)
            }
            state.jumps[key] = pool
            return pool
        }
    }

    /// - Returns: whether there are more logins on jump hosts.
    private func closeIdleJumps() async -> Bool {
        var isLeft = false
        for jump in state.withLock({ Array($0.jumps.values) }) {
            if await jump.closeIdle(since: .now - linger) { isLeft = true }
        }
        return isLeft
    }

    private func openJump(
        _ destination: Destination, until deadline: Deadline
    ) async -> Result<SSHConnection, Failure> {
        do {
            let route = Self.route + [endpoint(for: destination)]
            let result = await Self.$route.withValue(route) { () async -> Result<SSHConnection, Failure> in
                do throws(Failure) {
                    let connection = try await self.open(destination, until: deadline)
                    sweeper.wake { [weak self] in await self?.closeIdleJumps() ?? false }
                    return .success(connection)
                } catch {
                    return .failure(error)
                }
            }
            return .success(try result.get())
        } catch {
            let (name, reason) = (destination.address, error.message)
            return .failure(
                Failure(error.kind, Message("the jump host \(name): \(reason)"), hint: error.hint))
        }
    }

    private func tell(_ warnings: [Message]) {
        for warning in warnings where state.withLock({ $0.warned.insert(warning).inserted }) { warn(warning) }
    }
}

extension Destination {
    /// The same for all targets behind it, whose names their way holds otherwise.
    fileprivate var asJump: Destination {
        var jump = self
        guard let name = try? HostName("jump") else { preconditionFailure("a plain name") }
        jump.host = name
        jump.jumps = jumps.map(\.asJump)
        return jump
    }
}
