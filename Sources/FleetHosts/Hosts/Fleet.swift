package import FleetBase
package import FleetConfig
package import FleetEvents

/// The hosts of one project and the ways to reach them: what every operation of the engine starts from.
package struct Fleet: Sendable {
    /// How many hosts are worked on at once.
    package static let width = 64
    package static let connecting = Duration.seconds(15)

    package let project: Project
    package let inventory: Inventory
    let pool: HostPool
    /// How long a connection may take, unless the inventory says otherwise for a host.
    let connectTimeout: Duration
    /// Who hears of what is done.
    package let events: EventSource
    /// The container engines that have not answered in this operation.
    package let silentEngines = SilentEngines()

    package init(
        project: Project, inventory: Inventory, pool: HostPool, connectTimeout: Duration = Fleet.connecting,
        events: EventSource = .silent
    ) {
        self.project = project
        self.inventory = inventory
        self.pool = pool
        self.connectTimeout = connectTimeout
        self.events = events
    }

    package init(
        project: Project, inventory: Inventory, ssh: any Transport, connectTimeout: Duration = Fleet.connecting,
        events: EventSource = .silent
    ) {
        self.init(
            project: project, inventory: inventory, pool: HostPool(ssh: ssh), connectTimeout: connectTimeout,
            events: events)
    }

    /// Does something on a host, over a connection that others may use, too.
    ///
    /// - Parameter isFresh: over a new login: what the system knows of a user it reads then.
    package func withShell<Value: Sendable>(
        on host: Host, isFresh: Bool = false, _ body: @Sendable (RemoteShell) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let key = HostPool.Key(destination: inventory.destination(of: host), isLocal: host.transport == .local)
        let wish = HostLine.Wish(
            timeout: host.connectTimeout ?? connectTimeout, events: events.on(host.name), isFresh: isFresh)
        return try await pool.withLine(to: key) { line throws(Failure) in try await line.withShell(wish, body) }
    }

    /// Does something on many hosts at once, never on more than `width`; what fails on one is its outcome.
    ///
    /// - Parameter finished: told of each outcome as it comes.
    /// - Returns: the outcomes in the order of the hosts.
    package func onEach<Value: Sendable>(
        of hosts: [Host], width: Int = Fleet.width, finished: @Sendable (HostOutcome<Value>) -> Void = { _ in },
        _ body: @escaping @Sendable (Host) async throws(Failure) -> Value
    ) async -> [HostOutcome<Value>] {
        await withTaskGroup(of: (Int, HostOutcome<Value>).self) { group in
            var outcomes = [HostOutcome<Value>?](repeating: nil, count: hosts.count)
            var next = 0
            func add() {
                guard next < hosts.count else { return }
                let (index, host) = (next, hosts[next])
                next += 1
                group.addTask { (index, await Self.outcome(of: body, on: host)) }
            }
            for _ in 0..<max(1, width) { add() }
            while let (index, outcome) = await group.next() {
                events.on(outcome.host).tell(.hostEnded(Event.HostEnd(outcome.failure)))
                finished(outcome)
                outcomes[index] = outcome
                add()
            }
            return outcomes.compactMap(\.self)
        }
    }

    private static func outcome<Value: Sendable>(
        of body: @Sendable (Host) async throws(Failure) -> Value, on host: Host
    ) async -> HostOutcome<Value> {
        guard !Task.isCancelled else {
            return HostOutcome(host: host.name, result: .failure(Failure(.cancelled, Message("cancelled"))))
        }
        do {
            return HostOutcome(host: host.name, result: .success(try await body(host)))
        } catch {
            return HostOutcome(host: host.name, result: .failure(error))
        }
    }
}

extension Inventory {
    /// How to reach a host, its jump hosts looked up in the inventory first.
    package func destination(of host: Host) -> Destination {
        var destination = Destination(
            host: host.name, address: host.address, user: host.user, port: host.port,
            identityFiles: host.key.map { [$0] } ?? [], knownHostsFiles: host.knownHosts)
        destination.jumps = (host.jump ?? "").split(separator: ",").map { hop in
            hosts.first { $0.name.text == hop }.map(self.destination) ?? Destination(hop: hop, to: destination)
        }
        return destination
    }
}

extension Host {
    /// fleet's folder on the host, absolute or below the home folder.
    package var rootWord: ShellWord {
        let root = root ?? ".fleet"
        return ShellWord(root.hasPrefix("~/") ? String(root.dropFirst(2)) : root)
    }
}
