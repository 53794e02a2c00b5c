import FleetTesting
import Testing

/// A server that is no OpenSSH, on a machine that has busybox's programs alone.
@Suite(.serialized, .enabled(if: DropbearServer.isPossible)) struct DropbearTests {
    private let fleet: FleetBinary
    private let server: DropbearServer

    init() throws {
        let fleet = try FleetBinary.inProject()
        let kinds = [SSHKeyPair.Kind.ed25519, .rsa2048]
        let keys = try kinds.map { try SSHKeyPair($0, in: fleet.folder, name: "key_\($0)") }
        let server = try DropbearServer(authorized: keys)
        (self.fleet, self.server) = (fleet, server)
        let hosts = zip(["ed", "rsa"], keys).map { name, key in
            "  \(name): { address: \(server.address), port: \(server.port), user: ana, key: \(key.path), known_hosts: inventory/known_hosts }\n"
        }
        try fleet.folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        try fleet.folder.write("[\(server.address)]:\(server.port) \(server.hostKey)\n", to: "inventory/known_hosts")
    }

    private func succeeds(_ words: String...) throws -> String {
        let result = try fleet.run(words)
        #expect(result.status == 0, "\(words): \(result.output)\(result.error)\(server.messages)")
        #expect(!server.messages.contains("too long"), "\(words)")
        return result.output
    }

    @Test func logsInWithBothKeysAndDoesEverything() throws {
        #expect(try succeeds("exec", "--all", "echo ok $(whoami)").contains("ok ana"))
        #expect(try fleet.run("inventory", "check", "--all").status == 0)
        #expect(try fleet.run("package", "new", "greet").status == 0)
        _ = try succeeds("push", "greet", "--all")
        _ = try succeeds("run", "greet")
        try fleet.folder.write("tasks: [{ name: t, command: 'echo $FLEET', repeat: 4 }]\n", to: "tasks.yaml")
        #expect(try succeeds("tasks", "run").contains("done"))
    }

    @Test(arguments: [7_900, 8_100, 9_100, 29_000, 60_000]) func takesACommandOfAnyLength(count: Int) throws {
        let word = String(repeating: "x", count: count)
        #expect(try succeeds("exec", "--hosts", "ed", "echo \(word) | wc -c").contains("\(count + 1)"))
    }
}
