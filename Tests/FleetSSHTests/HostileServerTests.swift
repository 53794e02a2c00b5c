import FleetBase
import FleetTesting
import Glibc
import Testing

@testable import FleetSSH

extension Integration {
    /// Servers that want to harm the master: each costs its own connection, and no other one notices.
    @Suite(.timeLimit(.minutes(2))) struct HostileServerTests {
        private let bench: SSHBench

        init() throws { bench = try SSHBench() }

        /// SSH_MSG_IGNORE (RFC 4253, 11.2) in a packet that is not yet encrypted.
        private static let ignore: [UInt8] = [0, 0, 0, 12, 6, 2] + [UInt8](repeating: 0, count: 10)
        private static let name = Array("SSH-2.0-OpenSSH_9\r\n".utf8)

        private static let floods: [(what: String, behaviour: OddListener.Behaviour)] = [
            ("no line ends", .floods(first: [], then: Array("x".utf8))),
            ("lines without end", .floods(first: [], then: Array("hello world\r\n".utf8))),
            ("a long identification", .floods(first: Array("SSH-2.0-".utf8), then: Array("A".utf8))),
            ("packets before the keys", .floods(first: name, then: ignore)),
            ("a packet of 2 GiB", .floods(first: name + [0x7f, 0xff, 0xff, 0xff, 4, 20], then: Array("x".utf8))),
            ("noise", .floods(first: name, then: Array("SSH is not like this".utf8))),
        ]

        @Test(arguments: floods) func aFloodEndsItsOwnConnection(
            what: String, behaviour: OddListener.Behaviour
        ) async throws {
            let listener = try OddListener(behaviour)
            let start = ContinuousClock.now
            let failure = await bench.failure(try bench.destination(listener.address, listener.port))
            #expect(failure?.kind == .brokenProtocol, "\(what): \(String(describing: failure))")
            #expect(.now - start < .seconds(10))
            #expect(listener.count == 1)
        }

        @Test func anEchoRunsIntoTheDeadline() async throws {
            let listener = try OddListener(.echoes)
            let failure = await bench.failure(
                try bench.destination(listener.address, listener.port), within: .seconds(1))
            #expect(failure?.kind == .noAnswer || failure?.kind == .brokenProtocol, "\(String(describing: failure))")
        }

        /// Every loop has hostile connections, and carries good ones all the while.
        @Test func goodServersAnswerBesideHostileOnes() async throws {
            let listeners = try Self.floods.map { try OddListener($0.behaviour) }
            let good = try await bench.connect(try bench.server())
            await withTaskGroup(of: Void.self) { group in
                for listener in listeners + listeners {
                    group.addTask {
                        guard let destination = try? bench.destination(listener.address, listener.port) else { return }
                        _ = await bench.failure(destination)
                    }
                }
                for _ in 0..<20 {
                    let answer = try? await good.run("echo fine", within: .seconds(5))
                    #expect(answer?.output.text == "fine\n")
                }
            }
            await good.close()
        }

        @Test func cancellingAFloodEndsIt() async throws {
            // Few enough bytes at a time to stay below every bound until it is cancelled.
            let listener = try OddListener(.floods(first: Self.name, then: []))
            let (bench, destination) = (bench, try bench.destination(listener.address, listener.port))
            let task = Task { await bench.failure(destination) }
            #expect(await eventually { listener.count > 0 })
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }

        /// Wherever in the login the network breaks, it is no refused key: the next try gets in.
        @Test(arguments: Array(stride(from: 30, through: 3000, by: 90)))
        func aLoginThatIsCutOffIsTriedAgain(bytes: Int) async throws {
            let server = try bench.server()
            let proxy = try CuttingProxy(to: server, cutting: 2, after: bytes)
            try bench.trust(try server.knownHostsLine(for: "[\(proxy.address)]:\(proxy.port)"))
            let failure = await bench.failure(try bench.destination(proxy.address, proxy.port))
            #expect(failure == nil, "\(String(describing: failure))")
        }

        // MARK: Silence

        /// A server process that is stopped still has a kernel that acknowledges: only its own answers tell.
        @Test func aServerThatFallsSilentIsGivenUp() async throws {
            let server = try bench.server()
            let transport = bench.transport(lifeInterval: .milliseconds(50))
            let connection = try await transport.connect(to: bench.destination(server), deadline: .after(.seconds(30)))
            let output = Output(finishedBy: "never")
            let running = Task {
                await connection.failure("echo begun; exec sleep 1000", within: .seconds(900), output: output)
            }
            #expect(await eventually { output.text == "begun\n" })
            let sessions = Processes.descendants(of: server.process).filter { Processes.name(of: $0) == "sshd" }
            #expect(!sessions.isEmpty)
            for session in sessions { kill(session, SIGSTOP) }
            let failure = await running.value
            for session in sessions { kill(session, SIGCONT) }
            #expect(failure?.kind == .lost)
            #expect(failure?.message.text(in: .english).contains("has not answered") == true)
        }

        /// A silent command is no silent server: it is asked, and it answers.
        @Test func aSilentCommandGoesOn() async throws {
            let server = try bench.server()
            let transport = bench.transport(lifeInterval: .milliseconds(400))
            let connection = try await transport.connect(to: bench.destination(server), deadline: .after(.seconds(30)))
            let answer = try await connection.run("sleep 6; echo done")
            #expect(answer.output.text == "done\n")
            await connection.close()
        }
    }

    @Suite struct LivenessTests {
        private func steps(_ received: [Int], mayBeMute: Bool = false) -> [Liveness.Step] {
            var liveness = Liveness(every: .seconds(5), received: 0, mayBeMute: mayBeMute)
            return received.map { liveness.step(received: $0) }
        }

        @Test func asksAfterTenSecondsAndGivesUpWithinAMinute() {
            let expected: [Liveness.Step] = [.nothing] + [Liveness.Step](repeating: .ask, count: 9) + [.giveUp]
            #expect(steps([Int](repeating: 0, count: 11)) == expected)
            #expect(Liveness(every: .seconds(5), received: 0, mayBeMute: false).patience < .seconds(60))
        }

        @Test func bytesThatComeAreLife() {
            #expect(steps([0, 0, 1, 1, 2]) == [.nothing, .ask, .nothing, .nothing, .nothing])
        }

        @Test func aServerThatNeverAnswersIsNotGivenUpUnlessItOnceHas() {
            #expect(!steps([Int](repeating: 0, count: 100), mayBeMute: true).contains(.giveUp))
            #expect(steps([0, 0, 1] + [Int](repeating: 1, count: 11), mayBeMute: true).last == .giveUp)
        }
    }
}
