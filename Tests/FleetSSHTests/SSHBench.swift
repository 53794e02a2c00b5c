import FleetBase
import FleetTesting
import Foundation
import Synchronization

@testable import FleetSSH

/// What a test needs to reach an ``SSHServer``: a home folder of its own, a key, a transport.
final class SSHBench: Sendable {
    let folder: TemporaryFolder
    let key: SSHKeyPair
    /// They live as long as the test.
    private let servers = Mutex<[SSHServer]>([])
    private let warnings = Mutex<[Message]>([])

    init(_ kind: SSHKeyPair.Kind = .ed25519) throws {
        folder = try TemporaryFolder()
        key = try SSHKeyPair(kind, in: folder)
    }

    func server(
        hostKeys: [SSHKeyPair.Kind] = [.ed25519], authorized: [SSHKeyPair] = [], options: [String] = []
    ) throws -> SSHServer {
        let server = try SSHServer(hostKeys: hostKeys, authorized: authorized + [key], options: options)
        try trust(try server.knownHostsLine())
        servers.withLock { $0.append(server) }
        return server
    }

    /// Adds lines to the known_hosts that this bench's connections read.
    func trust(_ lines: String) throws {
        let before = (try? folder.read("known_hosts")) ?? ""
        try folder.write(before + lines, to: "known_hosts")
    }

    /// A transport that reads nothing of the real home folder.
    func transport(
        config text: String = "", environment: [String: String] = [:], lifeInterval: Duration = .seconds(5),
        linger: Duration = .seconds(10)
    ) -> SSHTransport {
        var config = SSHConfig(home: folder.path)
        config.read(text + "\nHost *\nUserKnownHostsFile none\nGlobalKnownHostsFile none\n", file: "config")
        let environment = environment.merging(["USER": Self.user]) { $1 }
        return SSHTransport(
            config: config, environment: environment, lifeInterval: lifeInterval, linger: linger
        ) { message in
            self.warnings.withLock { $0.append(message) }
        }
    }

    func destination(
        _ server: SSHServer, key: SSHKeyPair? = nil, jumps: [Destination] = []
    ) throws -> Destination {
        try destination(server.address, server.port, key: key, jumps: jumps)
    }

    func destination(
        _ address: String, _ port: FleetBase.Port? = nil, key: SSHKeyPair? = nil, jumps: [Destination] = []
    ) throws -> Destination {
        Destination(
            host: try HostName("pc"), address: address, port: port, identityFiles: [(key ?? self.key).path],
            knownHostsFiles: [folder.path + "/known_hosts"], jumps: jumps)
    }

    func connect(_ server: SSHServer, within limit: Duration = .seconds(60)) async throws -> any Connection {
        try await transport().connect(to: destination(server), deadline: .after(limit))
    }

    /// The failure of a connection; nil when there is none.
    func failure(
        _ destination: Destination, within limit: Duration = .seconds(60), _ transport: SSHTransport? = nil
    ) async -> Failure? {
        do {
            let connection = try await (transport ?? self.transport()).connect(to: destination, deadline: .after(limit))
            await connection.close()
            return nil
        } catch {
            return error
        }
    }

    static var user: String { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "root" }
}

/// The output of one command.
final class Output: Sendable {
    private let streams = Mutex<[CommandLine.Stream: [UInt8]]>([:])
    private let finishedBy: [UInt8]?

    /// - Parameter mark: the end, for commands whose streams stay open.
    init(finishedBy mark: String? = nil) { finishedBy = mark.map { Array($0.utf8) } }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        streams.withLock { streams in
            streams[stream, default: []] += bytes
            guard let finishedBy else { return .more }
            return streams[stream, default: []].firstRange(of: finishedBy) == nil ? .more : .finished
        }
    }

    subscript(stream: CommandLine.Stream) -> [UInt8] { streams.withLock { $0[stream] ?? [] } }
    var text: String { String(decoding: self[.output], as: UTF8.self) }
    var errorText: String { String(decoding: self[.error], as: UTF8.self) }
}

extension Connection {
    /// Runs a line and keeps its output.
    func run(
        _ line: String, input: CommandLine.Input = .none, within limit: Duration = .seconds(60),
        output: Output = Output()
    ) async throws -> (completion: Completion, output: Output) {
        let command = CommandLine(line, input: input) { output.take($0, $1) }
        return (try await run(command, deadline: .after(limit)), output)
    }

    func failure(_ line: String, within limit: Duration = .seconds(60), output: Output = Output()) async -> Failure? {
        do {
            _ = try await run(line, within: limit, output: output)
            return nil
        } catch { return error as? Failure }
    }
}
