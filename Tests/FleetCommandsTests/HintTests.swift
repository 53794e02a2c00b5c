import FleetTesting
import Foundation
import Testing

/// What a hint says is done in the situation that prints it, and then the situation is gone.
@Suite struct HintTests {
    struct Situation: CustomTestStringConvertible, Sendable {
        /// What is typed first; words apart by blanks.
        let command: String
        /// What the hint says; `NAME` and the like stand for a person's choice.
        let hint: String
        /// What a person chooses.
        var choice: [String: String] = [:]
        /// What works then; the command itself when nil.
        var then: String?
        var prepare: @Sendable (FleetBinary) throws -> Void = { _ in }

        var testDescription: String { "\(command) → \(hint)" }

        init(
            _ command: String, _ hint: String, choosing choice: [String: String] = [:], then: String? = nil,
            prepare: @escaping @Sendable (FleetBinary) throws -> Void = { _ in }
        ) {
            (self.command, self.hint, self.choice, self.then, self.prepare) = (command, hint, choice, then, prepare)
        }
    }

    /// Hosts that are this machine, and nothing on them.
    @Sendable private static func hosts(_ fleet: FleetBinary) throws {
        #expect(try fleet.run("init").status == 0)
        let hosts = ["a", "b"].map {
            "  \($0): { address: localhost, transport: local, root: \(fleet.folder.path)/host-\($0) }\n"
        }
        try fleet.folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
    }

    @Sendable private static func pushed(_ fleet: FleetBinary) throws {
        try hosts(fleet)
        #expect(try fleet.run("push", "hello", "--all").status == 0)
    }

    /// `far` is a real sshd whose key nobody has pinned.
    private static func far(_ server: SSHServer, _ key: SSHKeyPair, _ fleet: FleetBinary) throws {
        #expect(try fleet.run("init").status == 0)
        try fleet.folder.write(
            """
            defaults: { known_hosts: inventory/known_hosts, user: \(NSUserName()), key: \(key.path) }
            hosts:
              far: { address: \(server.address), port: \(server.port) }

            """, to: "inventory/hosts.yaml")
        try fleet.folder.write("", to: "inventory/known_hosts")
    }

    private static func release(_ fleet: FleetBinary, on host: String) throws -> String {
        let folder = "\(fleet.folder.path)/host-\(host)/packages/hello/current"
        return "\(folder)/hello.sh"
    }

    static let situations = [
        Situation("push hello --all", "fleet init"),
        Situation("--project elsewhere inventory list", "fleet init", choosing: ["init": "init elsewhere"]),
        Situation("package hello --sign deploy", "fleet keys new deploy", prepare: hosts),
        Situation(
            "ping --all", "fleet host add NAME ADDRESS",
            choosing: ["NAME": "pc", "ADDRESS": "localhost --no-check"], then: "inventory list"
        ) { fleet in
            try #require(try fleet.run("init").status == 0)
            try fleet.folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        },
        Situation("push hello", "fleet push --all", then: "push --all", prepare: hosts),
        Situation("rollback hello", "fleet rollback PACKAGE --all", choosing: ["PACKAGE": "hello"], then: "versions") {
            fleet in
            try pushed(fleet)
            try fleet.folder.write("echo anew\n", to: "packages/hello/hello.sh")
            try #require(try fleet.run("push", "hello", "--all").status == 0)
        },
        Situation("prune", "fleet prune --all", then: "prune --all", prepare: pushed),
        Situation("run hello --no-push --hosts b", "fleet push hello --hosts b") { fleet in
            try hosts(fleet)
            try #require(try fleet.run("push", "hello", "--hosts", "a").status == 0)
        },
        Situation("verify hello", "fleet verify --repair") { fleet in
            try pushed(fleet)
            let file = try release(fleet, on: "a")
            try Program.run(["chmod", "u+w", file])
            try Program.run(["sh", "-c", "echo changed >'\(file)'"])
        },
        Situation("logs", "fleet run PACKAGE", choosing: ["PACKAGE": "hello --hosts a"], prepare: hosts),
        Situation("runs show last", "fleet run PACKAGE", choosing: ["PACKAGE": "hello --hosts a"], prepare: hosts),
    ]

    @Test(arguments: situations) func whatAHintSaysEndsTheSituation(situation: Situation) throws {
        let fleet = try FleetBinary()
        try situation.prepare(fleet)
        try expect(situation, in: fleet)
    }

    @Test func pinsAHostThatNobodyHasPinned() throws {
        let fleet = try FleetBinary()
        let key = try SSHKeyPair(.ed25519, in: fleet.folder)
        let server = try SSHServer(authorized: [key])
        try Self.far(server, key, fleet)
        try expect(pinning(server, "fleet host pin far"), in: fleet)
        server.stop()
    }

    @Test func pinsTheNewKeyOfAHost() throws {
        let fleet = try FleetBinary()
        let key = try SSHKeyPair(.ed25519, in: fleet.folder)
        let server = try SSHServer(authorized: [key])
        let earlier = try SSHKeyPair(.ed25519, in: fleet.folder, name: "earlier")
        try Self.far(server, key, fleet)
        try fleet.folder.write(
            "[\(server.address)]:\(server.port) \(try earlier.publicFields)\n", to: "inventory/known_hosts")
        try expect(pinning(server, "fleet host pin far --replace"), in: fleet)
        server.stop()
    }

    /// Who is not at a terminal names the fingerprint.
    private func pinning(_ server: SSHServer, _ hint: String) throws -> Situation {
        let line = try Program.text(["ssh-keygen", "-lf", server.hostKeys[0].path])
        let fingerprint = try #require(line.split(separator: " ").dropFirst().first)
        return Situation("ping --hosts far", hint, choosing: ["far": "far --fingerprint \(fingerprint)"])
    }

    private func expect(_ situation: Situation, in fleet: FleetBinary) throws {
        let before = try fleet.run(situation.command.split(separator: " ").map(String.init))
        #expect(before.status != 0, "\(before.output)")
        #expect(before.error.contains(situation.hint), "\(before.error)")
        var typed = situation.hint
        for (word, choice) in situation.choice { typed = typed.replacing(word, with: choice) }
        let done = try fleet.run(try ExampleTests.words(of: typed))
        #expect(done.status == 0, "\(typed): \(done.error)")
        let after = try fleet.run((situation.then ?? situation.command).split(separator: " ").map(String.init))
        #expect(after.status == 0 && !after.error.contains("hint:"), "\(after.error)")
    }
}
