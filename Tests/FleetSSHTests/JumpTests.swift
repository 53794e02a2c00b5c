import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

extension Integration {
    /// Connections through real jump hosts.
    @Suite struct JumpTests {
        private let bench: SSHBench
        private let target: SSHServer
        private let jump: SSHServer

        init() throws {
            bench = try SSHBench()
            target = try bench.server()
            jump = try bench.server()
        }

        @Test func goesThroughOneHost() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            let connection = try await transport.connect(to: destination, deadline: .after(.seconds(20)))
            let (completion, output) = try await connection.run("echo $SSH_CONNECTION")
            #expect(
                completion.ending == .status(0) && output.text.contains(target.address),
                "\(output.text + output.errorText)")
            #expect(jump.connections.count == 1)
            await connection.close()
            await transport.close()
        }

        @Test func goesThroughTwoHosts() async throws {
            let second = try bench.server()
            let transport = bench.transport()
            let jumps = [try bench.destination(jump), try bench.destination(second)]
            let connection = try await transport.connect(
                to: try bench.destination(target, jumps: jumps), deadline: .after(.seconds(20)))
            #expect(try await connection.run("echo through").output.text == "through\n")
            #expect(jump.connections.count == 1 && second.connections.count == 1)
            await connection.close()
            await transport.close()
        }

        @Test func aJumpHostThatNeedsItselfIsToldAtOnce() async throws {
            let transport = bench.transport(config: "Host *\n ProxyJump \(jump.address):\(jump.port)\n")
            let start = ContinuousClock.now
            let failure = await bench.failure(try bench.destination(target), transport)
            #expect(failure?.kind == .unreachable)
            #expect(failure?.message.text(in: .english).contains("through itself") == true)
            #expect(ContinuousClock.now - start < .seconds(5))
            await transport.close()
        }

        @Test func readsTheJumpFromTheConfiguration() async throws {
            let config = "Host \(target.address)\n ProxyJump \(jump.address):\(jump.port)\n"
            let transport = bench.transport(config: config)
            #expect(await bench.failure(try bench.destination(target), transport) == nil)
            #expect(await eventually { jump.messages.contains("Accepted publickey") })
            await transport.close()
        }

        @Test func carriesLargeDataBothWays() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            let connection = try await transport.connect(to: destination, deadline: .after(.seconds(20)))
            let bytes = noise(8 << 20)
            #expect(try await connection.run("cat", input: .bytes(bytes)).output[.output] == bytes)
            await connection.close()
            await transport.close()
        }

        /// Whoever names the jump host: the inventory or `~/.ssh/config`.
        @Test(arguments: [false, true]) func manyTargetsMakeOneLoginOnTheJumpHost(byConfig: Bool) async throws {
            let config = "Host \(target.address)\n ProxyJump \(jump.address):\(jump.port)\n"
            let transport = bench.transport(config: byConfig ? config : "")
            let destinations = try (1...20).map { number in
                let name = try HostName("target-\(number)")
                var destination = try bench.destination(target)
                destination.host = name
                guard !byConfig else { return destination }
                var hop = try bench.destination(jump)
                // As the inventory has it where the jump host is none of its hosts.
                hop.host = name
                destination.jumps = [hop]
                return destination
            }
            let failures = await withTaskGroup(of: Failure?.self) { group in
                for destination in destinations { group.addTask { await bench.failure(destination, transport) } }
                return await group.reduce(into: [Failure?]()) { $0.append($1) }.compactMap(\.self)
            }
            #expect(failures.isEmpty)
            await transport.close()
            #expect(await eventually { jump.messages.contains("Disconnected") })
            #expect(jump.messages.components(separatedBy: "Accepted publickey").count - 1 == 1)
        }

        /// Each of eight targets holds a place in its line while it waits for the jump host.
        @Test func aJumpHostWithTheAddressOfItsTargetsIsNoDeadlock() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(jump, jumps: [try bench.destination(jump)])
            let failures = await withTaskGroup(of: Failure?.self) { group in
                for _ in 0..<10 { group.addTask { await bench.failure(destination, transport) } }
                return await group.reduce(into: [Failure?]()) { $0.append($1) }.compactMap(\.self)
            }
            #expect(failures.isEmpty)
            await transport.close()
        }

        // MARK: Failures

        private func check(_ failure: Failure?, _ kind: FailureClass, _ words: String) {
            #expect(failure?.kind == kind)
            let text = failure?.message.text(in: .english) ?? ""
            #expect(text.contains(words), "\(text)")
            #expect(failure?.hint != nil)
        }

        @Test func namesAJumpHostThatRefuses() async throws {
            let closed = try bench.destination(jump.address, try Port("4"))
            check(
                await bench.failure(try bench.destination(target, jumps: [closed])), .refused,
                "the jump host \(jump.address): \(jump.address) port 4 refused")
        }

        @Test func namesAJumpHostWithAnUnknownKey() async throws {
            let stranger = try SSHServer(authorized: [bench.key])
            check(
                await bench.failure(try bench.destination(target, jumps: [try bench.destination(stranger)])), .hostKey,
                "the jump host \(stranger.address): the host key")
        }

        @Test func namesAJumpHostThatTakesNoKey() async throws {
            let other = try SSHKeyPair(.ed25519, in: bench.folder, name: "other")
            check(
                await bench.failure(try bench.destination(target, jumps: [try bench.destination(jump, key: other)])),
                .auth, "the jump host \(jump.address): \(jump.address) takes none")
        }

        @Test func tellsThatTheTargetIsOutOfReachFromThere() async throws {
            let jumps = [try bench.destination(jump)]
            check(
                await bench.failure(try bench.destination(target.address, try Port("4"), jumps: jumps)), .unreachable,
                "the jump host \(jump.address) can't reach")
        }

        @Test func tellsThatForwardingIsForbidden() async throws {
            let closed = try bench.server(options: ["AllowTcpForwarding no"])
            let failure = await bench.failure(try bench.destination(target, jumps: [try bench.destination(closed)]))
            check(failure, .unreachable, "can't reach")
            #expect(failure?.hint?.text(in: .english).contains("AllowTcpForwarding") == true)
        }

        @Test func aDeadTargetLeavesTheOthersBehindTheJumpHost() async throws {
            let dead = try (1...3).map { _ in try FullListener() }
            let transport = bench.transport()
            let jumps = [try bench.destination(jump)]
            let alive = try bench.destination(target, jumps: jumps)
            let first = try await transport.connect(to: alive, deadline: .after(.seconds(20)))
            let failures = try await withThrowingTaskGroup(of: Failure?.self) { group in
                for listener in dead {
                    let destination = try bench.destination(listener.address, listener.port, jumps: jumps)
                    group.addTask { await bench.failure(destination, within: .seconds(3), transport) }
                }
                for _ in 0..<8 { group.addTask { await bench.failure(alive, transport) } }
                return try await group.reduce(into: [Failure?]()) { $0.append($1) }.compactMap(\.self)
            }
            #expect(failures.map(\.kind) == [.noAnswer, .noAnswer, .noAnswer])
            check(failures.first, .noAnswer, "could not reach")
            #expect(try await first.run("echo still here").output.text == "still here\n")
            await first.close()
            await transport.close()
        }

        /// sshd closes a tunnel when the target has taken everything, which this one never does: once with so much that the
        /// window is full too, once without.
        @Test(arguments: [Int.max, 8 << 20]) func aTargetThatTakesNothingHoldsNoTunnel(most: Int) async throws {
            let deaf = try OddListener(.silent)
            let carrier = try #require(try await bench.connect(jump) as? SSHConnection)
            let socket = try await carrier.tunnel(to: deaf.address, port: deaf.port, until: .after(.seconds(20)))
            let bytes = [UInt8](repeating: 1, count: 64 << 10)
            var sent = 0
            var last = ContinuousClock.now
            _ = await eventually {
                let count = sent < most ? send(socket, bytes, bytes.count, CInt(MSG_NOSIGNAL)) : 0
                if count > 0 { (sent, last) = (sent + count, .now) }
                return .now - last > .seconds(1)
            }
            close(socket)
            #expect(await carrier.tunnels == 1)
            #expect(await eventually { await carrier.tunnels == 0 })
            #expect(try await carrier.run("echo still here").output.text == "still here\n")
            await carrier.close()
        }

        @Test func aRefusedTunnelLeavesNoSockets() async throws {
            let carrier = try #require(try await bench.connect(jump) as? SSHConnection)
            let before = Sockets.localCount
            for _ in 0..<20 {
                let failure = await #expect(throws: Failure.self) {
                    try await carrier.tunnel(to: target.address, port: try Port("4"), until: .after(.seconds(20)))
                }
                #expect(failure?.kind == .unreachable)
            }
            // Other tests run beside this one.
            #expect(await eventually { Sockets.localCount < before + 20 })
            await carrier.close()
        }

        @Test func aSilentJumpHostHasADeadline() async throws {
            let silent = try OddListener(.silent)
            let jumps = [try bench.destination(silent.address, silent.port)]
            check(
                await bench.failure(try bench.destination(target, jumps: jumps), within: .seconds(1)), .noAnswer,
                "the jump host \(silent.address)")
        }

        @Test func cancellationReachesTheJumpHost() async throws {
            let silent = try OddListener(.silent)
            let destination = try bench.destination(
                target, jumps: [try bench.destination(silent.address, silent.port)])
            let task = Task { await bench.failure(destination, within: .seconds(60)) }
            #expect(await eventually { silent.count > 0 })
            let start = ContinuousClock.now
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
            #expect(.now - start < .seconds(5))
        }

        @Test func aJumpHostThatWasLostIsReachedAgain() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            let first = try await transport.connect(to: destination, deadline: .after(.seconds(20)))
            jump.dropConnections()
            #expect(await first.failure("true")?.kind == .lost)
            #expect(await bench.failure(destination, transport) == nil)
            await transport.close()
        }

        @Test func aJumpHostThatFailedIsTriedAgain() async throws {
            let (transport, known) = (bench.transport(), bench)
            let stranger = try SSHServer(authorized: [bench.key])
            let missing = try bench.destination(stranger.address, try Port("4"))
            #expect(await known.failure(try bench.destination(target, jumps: [missing]), transport)?.kind == .refused)
            #expect(await known.failure(try bench.destination(target, jumps: [missing]), transport)?.kind == .refused)
            await transport.close()
        }

        /// A program may live for weeks after it went through a jump host once.
        @Test func endsALoginThatCarriesNothing() async throws {
            let transport = bench.transport(linger: .milliseconds(50))
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            let connection = try await transport.connect(to: destination, deadline: .after(.seconds(20)))
            #expect(try await connection.run("sleep 1; echo still here").output.text == "still here\n")
            await connection.close()
            #expect(await eventually { jump.connections.isEmpty && Sockets.count(to: jump.port) == 0 })
            #expect(await bench.failure(destination, transport) == nil)
            await transport.close()
        }

        @Test func leavesALoginWhosePinWasRemoved() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            let first = try await transport.connect(to: destination, deadline: .after(.seconds(20)))
            #expect(first.isTrusted)
            let pins = try bench.folder.read("known_hosts")
            try bench.folder.write(try target.knownHostsLine(), to: "known_hosts")
            #expect(first.isTrusted)
            #expect(await bench.failure(destination, transport)?.kind == .hostKey)
            try bench.folder.write(try jump.knownHostsLine(), to: "known_hosts")
            #expect(!first.isTrusted)
            try bench.folder.write(pins, to: "known_hosts")
            #expect(first.isTrusted)
            #expect(await bench.failure(destination, transport) == nil)
            await first.close()
            await transport.close()
        }

        @Test func nothingStaysAfterTheEnd() async throws {
            let transport = bench.transport()
            let destination = try bench.destination(target, jumps: [try bench.destination(jump)])
            #expect(await bench.failure(destination, transport) == nil)
            await transport.close()
            #expect(await eventually { Sockets.count(to: jump.port) == 0 && jump.connections.isEmpty })
        }
    }
}
