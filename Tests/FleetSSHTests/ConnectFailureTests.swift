import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

extension Integration {
    /// Every way in which a connection does not come about: its class, one line and one hint, within its deadline.
    @Suite struct ConnectFailureTests {
        private let bench: SSHBench

        init() throws { bench = try SSHBench() }

        /// What every failure owes to whoever reads it.
        private func check(
            _ failure: Failure?, _ kind: FailureClass, _ words: String, _ place: SourceLocation = #_sourceLocation
        ) {
            #expect(failure?.kind == kind, sourceLocation: place)
            let text = failure?.message.text(in: .english) ?? ""
            #expect(text.contains(words) && !text.contains("\n"), "\(text)", sourceLocation: place)
            #expect(failure?.hint != nil, "no hint: \(text)", sourceLocation: place)
        }

        // MARK: Host keys

        @Test func anUnknownKeyIsRefused() async throws {
            let server = try SSHServer(authorized: [bench.key])
            let shown = try #require(HostKey(blob: try server.hostKeys[0].publicBlob))
            check(
                await bench.failure(try bench.destination(server)), .hostKey,
                "not known: ssh-ed25519 \(shown.fingerprint)")
        }

        @Test func aChangedKeyNamesThePlace() async throws {
            let server = try SSHServer(authorized: [bench.key])
            try bench.trust("# mine\n[\(server.address)]:\(server.port) \(try bench.key.publicFields)\n")
            check(
                await bench.failure(try bench.destination(server)), .hostKey,
                "\(bench.folder.path)/known_hosts:2 has another")
        }

        @Test func aKeyOfAnotherKindIsToldApart() async throws {
            let rsa = try SSHKeyPair(.rsa2048, in: bench.folder, name: "rsa")
            let server = try SSHServer(authorized: [bench.key])
            try bench.trust("[\(server.address)]:\(server.port) \(try rsa.publicFields)\n")
            check(
                await bench.failure(try bench.destination(server)), .hostKey,
                "known_hosts:1 has one of another kind only")
        }

        @Test func aRevokedKeyIsRefused() async throws {
            let server = try bench.server()
            try bench.trust("@revoked * \(try server.hostKeys[0].publicFields)\n")
            check(await bench.failure(try bench.destination(server)), .hostKey, "is revoked by")
        }

        @Test func anAuthorityIsNoKey() async throws {
            let server = try SSHServer(authorized: [bench.key])
            try bench.trust("@cert-authority * \(try bench.key.publicFields)\n")
            check(await bench.failure(try bench.destination(server)), .hostKey, "wants a certificate")
        }

        @Test func aServerWithOnlyAnRSAKeyIsOutOfReach() async throws {
            let server = try bench.server(hostKeys: [.rsa2048])
            let failure = await bench.failure(try bench.destination(server))
            check(failure, .hostKey, "no common algorithms")
            #expect(failure?.hint?.text(in: .english).contains("RSA host key") == true)
        }

        @Test func asksForTheAlgorithmOfTheStoredKey() async throws {
            let server = try SSHServer(hostKeys: [.ed25519, .ecdsa256], authorized: [bench.key])
            try bench.trust("[\(server.address)]:\(server.port) \(try server.hostKeys[1].publicFields)\n")
            #expect(await bench.failure(try bench.destination(server)) == nil)
        }

        // MARK: Keys

        @Test func aKeyThatIsNotAuthorisedIsRefused() async throws {
            let server = try bench.server()
            let other = try SSHKeyPair(.ed25519, in: bench.folder, name: "other")
            check(await bench.failure(try bench.destination(server, key: other)), .auth, "takes none of the keys")
        }

        @Test func withoutAnyKeyThereIsNoLogin() async throws {
            let server = try bench.server()
            var destination = try bench.destination(server)
            destination.identityFiles = [bench.folder.path + "/missing"]
            let failure = await bench.failure(destination)
            check(failure, .auth, "there is no key file \(bench.folder.path)/missing")
            // Who named a key need not make one.
            #expect(failure?.hint?.text(in: .english).contains("ssh-keygen") == false)
        }

        @Test func aDamagedKeyIsNamed() async throws {
            let server = try bench.server()
            var destination = try bench.destination(server)
            destination.identityFiles = [try bench.folder.write("-----BEGIN OPENSSH PRIVATE KEY-----\n", to: "bad")]
            check(await bench.failure(destination), .auth, "bad is a damaged key file")
        }

        @Test func aKeyWithAPassphraseIsNamed() async throws {
            let server = try bench.server()
            let locked = try SSHKeyPair(.ed25519, in: bench.folder, name: "locked", passphrase: "secret")
            check(await bench.failure(try bench.destination(server, key: locked)), .auth, "locked has a passphrase")
        }

        @Test func tooManyKeysAreToldApart() async throws {
            let server = try bench.server(options: ["MaxAuthTries 2"])
            var destination = try bench.destination(server)
            destination.identityFiles = try (0..<4).map {
                try SSHKeyPair(.ed25519, in: bench.folder, name: "k\($0)").path
            }
            check(await bench.failure(destination), .auth, "the server ended the login")
        }

        // MARK: Sockets

        @Test func aClosedPortIsRefused() async throws {
            let listener = try OddListener(.silent)
            // Nobody else is on the listener's address, so another port of it is closed.
            let port = try Port(listener.port.number == 4 ? "5" : "4")
            check(await bench.failure(try bench.destination(listener.address, port)), .refused, "nothing listens there")
        }

        /// The broadcast address of the loopback network: connect(2) answers ENETUNREACH before any packet (tcp_v4_connect
        /// refuses routes to broadcast addresses).
        @Test func anAddressWithoutRouteIsUnreachable() async throws {
            check(
                await bench.failure(try bench.destination("127.255.255.255")), .unreachable,
                "can't reach 127.255.255.255")
        }

        /// The top-level domain `invalid` is kept free (RFC 2606) and glibc's resolver asks the machine's own files first.
        @Test func aNameThatDoesNotResolveIsUnreachable() async throws {
            check(
                await bench.failure(try bench.destination("nothing.invalid"), within: .seconds(5)), .unreachable,
                "nothing.invalid does not resolve")
        }

        @Test(arguments: [
            (OddListener.Behaviour.silent, "accepts connections but says nothing"),
            (.stallsInHandshake, "did not finish the key exchange"),
        ])
        func aSilentListenerRunsIntoTheDeadline(behaviour: OddListener.Behaviour, reason: String) async throws {
            let listener = try OddListener(behaviour)
            let start = ContinuousClock.now
            let failure = await bench.failure(
                try bench.destination(listener.address, listener.port), within: .seconds(1))
            check(failure, .noAnswer, reason)
            #expect(.now - start < .seconds(3))
        }

        @Test(arguments: [OddListener.Behaviour.closes, .closesInHandshake])
        func aListenerThatClosesIsTriedAgainAndThenLost(behaviour: OddListener.Behaviour) async throws {
            let listener = try OddListener(behaviour)
            check(
                await bench.failure(try bench.destination(listener.address, listener.port)), .lost, "the server closed")
            #expect(listener.count == 8)
        }

        @Test func aWebServerIsNoSSHServer() async throws {
            let listener = try OddListener(.http)
            check(
                await bench.failure(try bench.destination(listener.address, listener.port)), .brokenProtocol,
                "is not an SSH server: it says HTTP/1.1 400 Bad Request")
            #expect(listener.count == 1)
        }

        @Test func allGetInWhenTheServerDropsConnections() async throws {
            let server = try bench.server(options: ["MaxStartups 2:100:2"])
            let (transport, destination) = (bench.transport(), try bench.destination(server))
            let failures = await withTaskGroup(of: Failure?.self) { group in
                for _ in 0..<24 {
                    group.addTask { await bench.failure(destination, within: .seconds(50), transport) }
                }
                return await group.reduce(into: [Failure?]()) { $0.append($1) }.compactMap(\.self)
            }
            #expect(failures.isEmpty)
        }

        /// Two connections that say nothing fill the places of those who are not logged in.
        @Test func triesAgainWhileTheServerIsBusy() async throws {
            let server = try bench.server(options: ["MaxStartups 2:100:2", "LogLevel VERBOSE"])
            let idlers = try (0..<2).map { _ in try IdleSocket(to: server) }
            #expect(await eventually { server.connections.count == 2 })
            let destination = try bench.destination(server)
            let task = Task { await bench.failure(destination) }
            #expect(await eventually { server.messages.contains("MaxStartups") }, "\(server.messages)")
            for idler in idlers { idler.end() }
            #expect(await task.value == nil)
        }

        // MARK: Ends of waits

        @Test func aCancelledConnectionEnds() async throws {
            let listener = try OddListener(.silent)
            let (bench, destination) = (bench, try bench.destination(listener.address, listener.port))
            let task = Task { await bench.failure(destination, within: .seconds(60)) }
            #expect(await eventually { listener.count > 0 })
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }

        /// A full queue of connections leaves connect(2) under way.
        @Test func aConnectionUnderWayHearsCancellation() async throws {
            let listener = try FullListener()
            let endpoint = bench.transport().endpoint(for: try bench.destination(listener.address, listener.port))
            let task = Task { () -> Failure? in
                do throws(Failure) {
                    _ = try await SocketConnector(loop: .next()).connect(to: endpoint, until: .after(.seconds(60)))
                    return nil
                } catch { return error }
            }
            #expect(await eventually { listener.isBeingTried })
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }

        @Test func aConnectionUnderWayHasADeadline() async throws {
            let listener = try FullListener()
            let failure = await bench.failure(
                try bench.destination(listener.address, listener.port), within: .seconds(1))
            check(failure, .unreachable, "no answer from")
        }

        /// Eight stalled handshakes fill the gate of an address: those in line have their own deadlines.
        @Test func waitingInLineEndsAtTheDeadline() async throws {
            let listener = try OddListener(.silent)
            let (transport, destination) = (bench.transport(), try bench.destination(listener.address, listener.port))
            let start = ContinuousClock.now
            let kinds = await withTaskGroup(of: FailureClass?.self) { group in
                for _ in 0..<20 {
                    group.addTask { await bench.failure(destination, within: .seconds(1), transport)?.kind }
                }
                return await group.reduce(into: Set<FailureClass?>()) { $0.insert($1) }
            }
            // Whoever got in with the last of its time may not even be connected.
            #expect(kinds.isSubset(of: [.noAnswer, .unreachable]))
            #expect(.now - start < .seconds(3))
        }
    }
}
