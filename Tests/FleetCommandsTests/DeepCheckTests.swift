import FleetTesting
import Foundation
import Glibc
import Testing

/// `fleet inventory check --deep` on real sshd processes.
@Suite(.serialized) struct DeepCheckTests {
    private let fleet: FleetBinary
    private let key: SSHKeyPair
    private let tools: ToolFolder

    init() throws {
        fleet = try FleetBinary.inProject()
        key = try SSHKeyPair(.ed25519, in: fleet.folder)
        tools = try ToolFolder(without: ["docker", "podman"])
    }

    private func server(more: String = "") throws -> SSHServer {
        let server = try SSHServer(authorized: [key], environment: ["PATH": tools.path])
        try fleet.folder.write(try server.knownHostsLine(), to: "inventory/known_hosts")
        try fleet.folder.write(
            """
            defaults: { known_hosts: inventory/known_hosts, user: \(NSUserName()), key: \(key.path) }
            hosts:
              pc: { address: \(server.address), port: \(server.port) }
            \(more)
            """, to: "inventory/hosts.yaml")
        return server
    }

    private func rows(_ result: FleetBinary.Result) throws -> [[String: Any]] {
        try #require(try result.json()["hosts"] as? [[String: Any]], "\(result.error)")
    }

    private func methods(_ row: [String: Any]) -> [String: Bool] {
        let list = row["methods"] as? [[String: Any]] ?? []
        return Dictionary(list.map { ($0["method"] as? String ?? "", $0["ok"] as? Bool ?? false) }) { first, _ in first
        }
    }

    @Test func triesEachMethodAndLeavesNothing() throws {
        let server = try server()
        let result = try fleet.run("inventory", "check", "--deep", "--json")
        let row = try #require(try rows(result).first)
        #expect(result.status == 0 && methods(row) == ["venv": true, "python": true, "native": true], "\(row)")
        for key in ["login_seconds", "up", "down"] { #expect((row[key] as? Double ?? 0) > 0) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/home").isEmpty)
    }

    @Test func tellsAMethodThatFails() throws {
        try tools.add("docker", "echo 'Error: no daemon today' >&2\nexit 1\n")
        let server = try server()
        let result = try fleet.run("inventory", "check", "--deep")
        #expect(result.status == 3 && result.output.contains("fails"), "\(result.output)")
        #expect(result.error.contains("pc: start: no job runs by docker: no daemon today"), "\(result.error)")
        // Those who are asked what is wrong say it, too.
        #expect(try fleet.run("inventory", "check").error.contains("docker starts no container there: no daemon today"))
        #expect(try fleet.run("doctor").output.contains("it starts no container: no daemon today"))
        server.stop()
    }

    @Test func goesOnWithoutAHostThatIsGone() throws {
        let server = try server(more: "  gone: { address: 127.0.0.1, port: 1 }")
        let result = try fleet.run("inventory", "check", "--deep", "--json")
        #expect(try result.status == 3 && rows(result).map { $0["alive"] as? Bool } == [true, false])
        server.stop()
    }
}
