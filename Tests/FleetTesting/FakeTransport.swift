package import FleetBase
import Foundation
import Synchronization

/// A transport in memory: a script in Swift answers each command.
///
/// For tests of the engine. It passes the same conformance suite as the real transports.
package final class FakeTransport: Transport {
    /// What a scripted command sees and does.
    package struct Command: Sendable {
        package let line: String
        package let input: [UInt8]
        package let destination: Destination
        fileprivate let output: CommandLine.Output

        @discardableResult
        package func write(_ stream: CommandLine.Stream, _ bytes: [UInt8]) -> CommandLine.Demand {
            bytes.withUnsafeBytes { output(stream, $0) }
        }

        /// The number by which fleet knows the command: its 32 hex digits are a word of the line.
        package var nonce: String {
            line.split(whereSeparator: { !$0.isHexDigit }).first { $0.count == 32 }.map(String.init) ?? ""
        }

        /// The marks before which nothing is the command's.
        package func begin() { for stream in [CommandLine.Stream.output, .error] { begin(stream) } }
        package func begin(_ stream: CommandLine.Stream) { write(stream, "@fleet \(nonce) begin\n") }

        /// The marks that prove the end of the command.
        package func end(_ status: Int32 = 0) {
            for stream in [CommandLine.Stream.output, .error] { write(stream, "@fleet \(nonce) \(status)\n") }
        }

        @discardableResult
        package func write(_ stream: CommandLine.Stream = .output, _ text: String) -> CommandLine.Demand {
            write(stream, Array(text.utf8))
        }
    }

    /// Answers one command; throws what the transport should throw. A script that suspends must hear cancellation.
    package typealias Script = @Sendable (Command) async throws -> Completion.Ending

    private struct State {
        var refusals: [String: Failure] = [:]
        var lines: [(address: String, line: String)] = []
        var open = 0
    }

    private let state = Mutex(State())
    private let script: Script

    package init(_ script: @escaping Script) { self.script = script }

    /// The next connections to an address fail.
    package func refuse(_ address: String, with failure: Failure?) { state.withLock { $0.refusals[address] = failure } }

    /// Every line that was run, in order.
    package var lines: [(address: String, line: String)] { state.withLock(\.lines) }
    /// Connections that nobody closed.
    package var openConnections: Int { state.withLock(\.open) }

    package func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        if let failure = state.withLock({ $0.refusals[destination.address] }) { throw failure }
        state.withLock { $0.open += 1 }
        return FakeConnection(transport: self, destination: destination)
    }

    fileprivate func run(
        _ command: CommandLine, at destination: Destination, deadline: Deadline
    ) async throws(Failure) -> Completion {
        let input = try Self.bytes(of: command.input)
        state.withLock { $0.lines.append((destination.address, command.text)) }
        let scripted = Command(line: command.text, input: input, destination: destination, output: command.output)
        let script = script
        let result = await withTaskGroup(of: Result<Completion.Ending, Failure>?.self) { group in
            group.addTask {
                do {
                    return .success(try await script(scripted))
                } catch let failure as Failure {
                    return .failure(failure)
                } catch {
                    return nil
                }
            }
            group.addTask {
                try? await Task.sleep(until: deadline.instant)
                return Task.isCancelled ? nil : .failure(Failure(.noAnswer, Message("no answer in time")))
            }
            // The first that ends with an answer decides; a task that was cancelled has none.
            var answer: Result<Completion.Ending, Failure>?
            while answer == nil, let next = await group.next() { answer = next }
            group.cancelAll()
            return answer
        }
        guard !Task.isCancelled, let result else { throw Failure(.cancelled, Message("cancelled")) }
        return Completion(ending: try result.get(), bytesSent: Int64(input.count))
    }

    private static func bytes(of input: CommandLine.Input) throws(Failure) -> [UInt8] {
        switch input {
        case .none: return []
        case .bytes(let bytes): return bytes
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure(.push, Message("can't read \(path): \("no such file")"))
            }
            return Array(data)
        }
    }

    fileprivate func closed() { state.withLock { $0.open -= 1 } }
}

private final class FakeConnection: Connection {
    private let transport: FakeTransport
    private let destination: Destination
    private let isClosed = Mutex(false)

    init(transport: FakeTransport, destination: Destination) {
        self.transport = transport
        self.destination = destination
    }

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        guard !isClosed.withLock(\.self) else { throw Failure(.lost, Message("the connection is closed")) }
        do {
            return try await transport.run(command, at: destination, deadline: deadline)
        } catch  where error.kind == .noAnswer || error.kind == .cancelled {
            await close()
            throw error
        }
    }

    func close() async {
        let wasOpen = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        if wasOpen { transport.closed() }
    }
}
