import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

extension Integration {
    /// What every transport keeps: SSH, this machine itself, and the fake of the engine's tests.
    @Suite struct TransportConformanceTests {
        enum Kind: String, CaseIterable, Sendable { case ssh, local, localByThread = "local-by-thread", fake }

        private let bench: SSHBench

        init() throws { bench = try SSHBench() }

        private func connection(_ kind: Kind) async throws -> any Connection {
            switch kind {
            case .ssh: return try await bench.connect(try bench.server())
            case .local, .localByThread:
                let means: ChildWatch.Means = kind == .local ? .best : .thread
                return try await LocalTransport(directory: bench.folder.path, watching: means)
                    .connect(to: bench.destination("localhost"), deadline: .after(.seconds(20)))
            case .fake:
                return try await FakeTransport(Self.script)
                    .connect(to: bench.destination("fake"), deadline: .after(.seconds(20)))
            }
        }

        /// The lines of this suite, as a shell would answer them.
        private static let script: FakeTransport.Script = { command in
            switch command.line {
            case "echo out; echo err >&2":
                command.write(.output, "out\n")
                command.write(.error, "err\n")
            case "cat": command.write(.output, command.input)
            case "exit 3": return .status(3)
            case "/nowhere/nothing": return .status(127)
            case "kill -KILL $$": return .signal("KILL")
            case "sleep 600": try await Task.sleep(for: .seconds(600))
            case "(sleep 600) & echo hi": command.write(.output, "hi\n")
            case "printf '\\000\\377\\200'": command.write(.output, [0, 0xff, 0x80])
            default: break
            }
            return .status(0)
        }

        @Test(arguments: Kind.allCases) func keepsTheStreamsApart(kind: Kind) async throws {
            let result = try await connection(kind).run("echo out; echo err >&2")
            #expect(result.output.text == "out\n" && result.output.errorText == "err\n")
            #expect(result.completion.ending == .status(0))
        }

        @Test(arguments: Kind.allCases) func keepsEveryByte(kind: Kind) async throws {
            #expect(try await connection(kind).run("printf '\\000\\377\\200'").output[.output] == [0, 0xff, 0x80])
        }

        @Test(arguments: Kind.allCases) func sendsBytes(kind: Kind) async throws {
            let bytes = noise(1 << 20)
            let result = try await connection(kind).run("cat", input: .bytes(bytes))
            #expect(result.output[.output] == bytes && result.completion.bytesSent == Int64(bytes.count))
        }

        @Test(arguments: Kind.allCases) func sendsAFile(kind: Kind) async throws {
            let bytes = noise((1 << 20) + 5)
            let path = bench.folder.path + "/input"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let result = try await connection(kind).run("cat", input: .file(path))
            #expect(result.output[.output] == bytes && result.completion.bytesSent == Int64(bytes.count))
        }

        @Test(arguments: Kind.allCases) func withoutInputThereIsNone(kind: Kind) async throws {
            #expect(try await connection(kind).run("cat").output[.output].isEmpty)
        }

        @Test(arguments: Kind.allCases) func aMissingFileIsNoInput(kind: Kind) async throws {
            let connection = try await connection(kind)
            let path = bench.folder.path + "/none"
            let failure = await #expect(throws: Failure.self) { try await connection.run("cat", input: .file(path)) }
            #expect(failure?.kind == .push)
        }

        @Test(arguments: Kind.allCases, [("exit 3", 3), ("/nowhere/nothing", 127)] as [(String, Int32)])
        func tellsTheStatus(kind: Kind, command: (line: String, status: Int32)) async throws {
            #expect(try await connection(kind).run(command.line).completion.ending == .status(command.status))
        }

        /// A shell that is killed is seen by its signal over SSH and here.
        @Test(arguments: Kind.allCases) func tellsTheSignal(kind: Kind) async throws {
            #expect(try await connection(kind).run("kill -KILL $$").completion.ending == .signal("KILL"))
        }

        @Test(arguments: Kind.allCases) func endsAtTheDeadline(kind: Kind) async throws {
            let connection = try await connection(kind)
            let start = ContinuousClock.now
            #expect(await connection.failure("sleep 600", within: .milliseconds(300))?.kind == .noAnswer)
            #expect(.now - start < .seconds(5))
        }

        @Test(arguments: Kind.allCases) func hearsCancellation(kind: Kind) async throws {
            let connection = try await connection(kind)
            let task = Task { await connection.failure("sleep 600") }
            // No event tells that it runs; a task that is cancelled before it begins must end the same way.
            await Task.yield()
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }

        @Test(arguments: Kind.allCases) func inputThatNobodyReadsHoldsNothingUp(kind: Kind) async throws {
            let input = [UInt8](repeating: 1, count: 8 << 20)
            #expect(try await connection(kind).run("true", input: .bytes(input)).completion.ending == .status(0))
        }

        @Test(arguments: Kind.allCases) func aBackgroundProcessHoldsNothingUp(kind: Kind) async throws {
            let start = ContinuousClock.now
            let result = try await connection(kind).run("(sleep 600) & echo hi", output: Output(finishedBy: "hi\n"))
            #expect(result.output.text == "hi\n" && .now - start < .seconds(5))
        }

        @Test(arguments: Kind.allCases) func runsSeveralAtOnce(kind: Kind) async throws {
            let connection = try await connection(kind)
            let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        let bytes = noise(100_000, seed: UInt64(index))
                        return try await connection.run("cat", input: .bytes(bytes)).output[.output] == bytes
                    }
                }
                return try await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(answers == [Bool](repeating: true, count: 8))
        }
    }
}
