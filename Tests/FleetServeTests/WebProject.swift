import FleetBase
import FleetConfig
import FleetLedger
import FleetReport
import FleetService
import FleetTesting
import FleetViews
import Foundation
import Testing

@testable import FleetServe

/// A project whose two hosts are this machine, and its server on a free port.
struct WebProject {
    let folder: TemporaryFolder
    let service: FleetService
    let token: AccessToken
    let word: String

    init() throws {
        Catalogue.add { [Catalogue.serve, Catalogue.views, Catalogue.report, Catalogue.ledger] }
        let folder = try TemporaryFolder()
        self.folder = folder
        let way = "address: localhost, transport: local"
        let hosts = ["one", "two"].map { "  \($0): { \(way), root: \(folder.path)/\($0) }\n" }
        try folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        try folder.write(
            """
            name: benchmark
            version: 1.0.0
            engines:
              sh: { methods: [native], run: sh work.sh }
              cython: { methods: [native], run: sh work.sh }
            parameters: { particles: { type: int, default: 1, aliases: [NUM_PARTICULAS] } }

            """, to: "packages/benchmark/package.yaml")
        try folder.write(
            "echo \"said $*\"\necho '{\"n\":3}' >\"$FLEET_OUT/metrics.json\"\n", to: "packages/benchmark/work.sh")
        try folder.write("tasks:\n  - { name: count, command: 'echo $N', matrix: { n: 1..2 } }\n", to: "tasks.yaml")
        service = FleetService(
            Project(folder: folder.path), home: folder.path, environment: ProcessInfo.processInfo.environment,
            warn: { _ in })
        token = AccessToken(service.project)
        word = try token.renew()
    }

    /// Serves while the body runs.
    @discardableResult func serving<Value>(
        _ change: (inout WebServer.Settings) -> Void = { _ in }, _ body: (WebClient, WebServer) async throws -> Value
    ) async throws -> Value {
        var settings = WebServer.Settings()
        change(&settings)
        let server = try WebServer(service, token, settings, version: "1.2.3")
        let serving = Task { await server.serve() }
        let result = await Result { try await body(try WebClient(server.address, word), server) }
        serving.cancel()
        await serving.value
        await service.close()
        return try result.get()
    }
}

/// A program that asks a server.
struct WebClient: Sendable {
    let port: UInt16
    let token: String

    init(_ address: String, _ token: String) throws {
        port = try #require(UInt16(address.split(separator: ":").last ?? ""))
        self.token = token
    }

    struct Answer {
        let status: Int
        let head: String
        let body: String

        init(_ text: String) throws {
            let parts = text.components(separatedBy: "\r\n\r\n")
            (head, body) = (parts[0], parts.dropFirst().joined(separator: "\r\n\r\n"))
            status = try #require(Int(head.dropFirst("HTTP/1.1 ".count).prefix(3)), "\(text)")
        }

        var json: JSONValue { get throws { try JSONText.decode(JSONValue.self, from: body.utf8) } }

        func header(_ name: String) -> String? {
            head.components(separatedBy: "\r\n").first { $0.hasPrefix(name + ": ") }
                .map { String($0.dropFirst(name.count + 2)) }
        }
    }

    /// - Parameters:
    ///   - headers: beside Host; with the token when nil.
    ///   - host: this server when nil.
    func ask(
        _ line: String, _ headers: [String]? = nil, host: String? = nil, body: String? = nil
    ) async throws -> Answer {
        try Answer(await open(line, headers, host: host, body: body).readAll())
    }

    /// The same, for one who reads bit by bit.
    func open(
        _ line: String, _ headers: [String]? = nil, host: String? = nil, body: String? = nil
    ) throws -> RawClient {
        let client = try RawClient(port)
        var lines = ["\(line) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close"]
        lines += headers ?? ["Authorization: Bearer \(token)"]
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        client.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
        return client
    }
}
