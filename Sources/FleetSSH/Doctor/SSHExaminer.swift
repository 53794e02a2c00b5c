import FleetBase

/// Makes one connection step by step. The first step that fails ends the examination.
struct SSHExaminer {
    /// As many connections that a busy server drops are followed by another one.
    private static let mostDrops = 5
    private static let pause = Duration.milliseconds(100)
    /// How many examinations of the same server may come before this one.
    private static let turns = 16

    let transport: SSHTransport
    let question: SSHQuestion
    let endpoint: SSHEndpoint
    private let targets: [SSHEndpoint]
    var found = SSHExamination()

    init(_ transport: SSHTransport, _ question: SSHQuestion, behind targets: [SSHEndpoint]) {
        (self.transport, self.question, self.targets) = (transport, question, targets)
        endpoint = transport.endpoint(for: question.destination)
    }

    var deadline: Deadline { .after(question.timeout) }

    mutating func look() async {
        guard await lookAtRoute(), await resolve() else { return }
        let examiner = self
        do throws(Failure) {
            // The examinations of many hosts behind one jump host would fill its sshd themselves.
            self = try await transport.gate.pass(
                HandshakeGate.Route(endpoint), until: .after(question.timeout * Self.turns)
            ) { () async -> SSHExaminer in
                var examiner = examiner
                await examiner.connect()
                return examiner
            }
        } catch {
            found.add(.port, error)
        }
    }

    private mutating func connect() async {
        guard let (connection, key) = await exchangeKeys() else { return }
        if lookAtKey(key), await logIn(over: connection) { await lookAround(connection) }
        await connection.close()
    }

    // MARK: The way

    /// Each jump host is examined in the same way.
    private mutating func lookAtRoute() async -> Bool {
        guard let jump = endpoint.lastJump else { return true }
        let hop = transport.endpoint(for: jump)
        let name = HostText("\(hop.user)@\(hop.address):\(hop.port)").line
        guard !(targets + [endpoint]).contains(where: { $0.reachesSameServer(as: hop) }) else {
            let address = hop.address
            found.add(
                .route, of: name, is: .failed,
                Message("the jump host \(address) would have to be reached through itself"),
                advice: Message("give it ProxyJump none in ~/.ssh/config"))
            return false
        }
        let way = await transport.examine(question.of(jump), behind: targets + [endpoint])
        found.add(way.checks.filter { $0.kind == .route })
        guard way.hasLoggedIn else {
            // A jump host before it is what failed, and has its line.
            guard let failed = way.checks.first(where: { $0.state == .failed && $0.kind != .route }) else {
                found.add([.skipped(.route, of: name)])
                return false
            }
            found.add(.route, of: name, is: .failed, failed.found, mend: failed.mend, advice: failed.advice)
            return false
        }
        let time = way.roundTrip?.milliseconds ?? 0
        found.add(.route, of: name, Message("logged in on it; an answer takes \(time) ms"))
        return true
    }

    private mutating func resolve() async -> Bool {
        let address = endpoint.address
        guard endpoint.jumps.isEmpty else {
            found.add(.name, Message("the last jump host looks \(address) up"))
            return true
        }
        do {
            let numbers = try await SocketAddress.resolve(address, port: endpoint.port, until: deadline).map(\.number)
            let list = numbers.joined(separator: ", ")
            found.add(.name, numbers == [address] ? Message("it is an IP address") : Message("it resolves to \(list)"))
            return true
        } catch {
            found.add(.name, error)
            return false
        }
    }

    /// A server that is busy drops connections before the login: so often is another one made.
    private mutating func exchangeKeys() async -> (SSHConnection, HostKey)? {
        let known = transport.knownHosts.read(endpoint.knownHostsFiles).hosts
        let algorithms = known.algorithms(for: endpoint.keyName, port: endpoint.keyPort)
        var drops = 0
        while true {
            let (deadline, start) = (deadline, ContinuousClock.now)
            let connection: SSHConnection
            do throws(Failure) {
                connection = try await transport.connection(
                    to: endpoint, knownAlgorithms: algorithms, until: deadline)
            } catch {
                failedToConnect(error)
                return nil
            }
            let time = (ContinuousClock.now - start).milliseconds
            do throws(Failure) {
                let key = try await connection.shownKey(until: deadline)
                foundPort(time)
                found.add(.server, Message(verbatim: await connection.serverName))
                found.add(.keyExchange, Message(verbatim: await connection.agreement))
                foundDrops(drops)
                return (connection, key)
            } catch {
                let isServer = await connection.isIdentified
                await connection.close()
                guard error.kind == .lost, drops < Self.mostDrops else {
                    foundPort(time)
                    if isServer { found.add(.server, Message(verbatim: await connection.serverName)) }
                    found.add(isServer ? .keyExchange : .server, error)
                    return nil
                }
                drops += 1
                try? await Task.sleep(for: Self.pause * drops)
            }
        }
    }

    private mutating func foundPort(_ time: Int) {
        found.add(.port, Message("\(endpoint.address) port \(endpoint.port) is open, after \(time) ms"))
    }

    private mutating func failedToConnect(_ error: Failure) {
        guard let jump = endpoint.lastJump, error.isProhibition else {
            found.add(.port, error)
            return
        }
        found.add(
            .port, is: .failed, error.message,
            mend: transport.endpoint(for: jump).configure("AllowTcpForwarding yes"))
    }

    private mutating func foundDrops(_ count: Int) {
        guard count > 0 else { return }
        found.add(
            .startups, is: .warning, Message("the server dropped \(count) connections before it took one"),
            mend: endpoint.configure("MaxStartups 100:30:200"))
    }

    // MARK: The host key

    private mutating func lookAtKey(_ key: HostKey) -> Bool {
        let known = transport.knownHosts.read(endpoint.knownHostsFiles).hosts
        let verdict = known.verdict(on: key, for: endpoint.keyName, port: endpoint.keyPort)
        guard let failure = SSHConnection.failure(verdict, key, endpoint) else {
            found.add(.hostKey, Message("\(key.algorithm) \(key.fingerprint), as pinned"))
            return true
        }
        found.add(.hostKey, is: .failed, reason(verdict, failure), mend: mend(verdict), advice: failure.hint)
        return false
    }

    /// The command that accepts another key must not stand alone.
    private func reason(_ verdict: KnownHosts.Verdict, _ failure: Failure) -> Message {
        guard case .changed = verdict else { return failure.message }
        return Message("\(failure.message). Somebody may listen in, unless the host was set up anew")
    }

    private func mend(_ verdict: KnownHosts.Verdict) -> String? {
        let host = ShellWord(endpoint.host.text)
        switch verdict {
        case .trusted, .revoked: return nil
        case .unknown, .otherKind, .needsCertificate: return (question.program + ["host", "pin", host]).commandLine
        case .changed(let place):
            guard !place.hasPrefix(question.pinFile + ":") else {
                return (question.program + ["host", "pin", "--replace", host]).commandLine
            }
            let file = place.split(separator: ":").dropLast().joined(separator: ":")
            return (["ssh-keygen", "-R", ShellWord(endpoint.lookupName), "-f", ShellWord(file)] as [ShellWord])
                .commandLine
        }
    }

    // MARK: After the login

    private static let mostSessions = 10
    /// fleet has so many commands at once on one connection.
    private static let wantedSessions = 8

    private mutating func lookAround(_ connection: SSHConnection) async {
        found.hasLoggedIn = true
        do {
            let (count, roundTrip) = try await connection.sessions(upTo: Self.mostSessions, until: deadline)
            found.roundTrip = roundTrip
            foundSessions(count)
            try await lookAtForwarding(connection)
        } catch {
            found.add(.sessions, error)
        }
    }

    private mutating func foundSessions(_ count: Int) {
        guard count < Self.wantedSessions else {
            found.add(.sessions, Message("one connection carries \(count) commands or more at once"))
            return
        }
        found.add(
            .sessions, is: count == 0 ? .failed : .warning,
            Message("one connection carries \(count) commands at once, and fleet uses up to \(Self.wantedSessions)"),
            mend: endpoint.configure("MaxSessions \(Self.mostSessions)"))
    }

    private mutating func lookAtForwarding(_ connection: SSHConnection) async throws(Failure) {
        for neighbour in question.neighbours {
            let target = transport.endpoint(for: neighbour)
            let name = neighbour.host
            let answer = try await connection.forwards(to: target.address, port: target.port, until: deadline)
            guard answer == false else {
                found.add(
                    .forwarding, of: name.text,
                    answer == true
                        ? Message("it lets connections pass to \(name)")
                        : Message("it lets connections pass, but \(name) does not answer it"))
                continue
            }
            found.add(
                .forwarding, of: name.text, is: .failed, Message("it lets no connection pass to \(name)"),
                mend: endpoint.configure("AllowTcpForwarding yes"))
        }
    }
}

extension SSHExamination {
    mutating func add(_ kind: HostCheck.Kind, _ failure: Failure) {
        add(kind, is: .failed, failure.message, advice: failure.hint)
    }
}
