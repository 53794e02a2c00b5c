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
        /// The command that works after the hint was done: the one that failed when nil. Empty where the hint only tells how
        /// a command is used, or where to look.
        var then: String?
        /// Whether the command works and only says what might come next.
        var isNote = false
        var prepare: @Sendable (FleetBinary) throws -> Void = { _ in }

        var testDescription: String { "\(command) → \(hint)" }

        init(
            _ command: String, _ hint: String, choosing choice: [String: String] = [:], then: String? = nil,
            isNote: Bool = false, prepare: @escaping @Sendable (FleetBinary) throws -> Void = { _ in }
        ) {
            (self.command, self.hint, self.choice, self.then, self.prepare) = (command, hint, choice, then, prepare)
            self.isNote = isNote
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

    /// A package whose program is a file `go`.
    private static func program(_ keys: String = "") -> @Sendable (FleetBinary) throws -> Void {
        { fleet in
            try hosts(fleet)
            try fleet.folder.write(
                "name: go\nversion: 1.0.0\n\(keys)engines: { sh: { methods: [native], run: ./go } }\n",
                to: "packages/go/package.yaml")
            try fleet.folder.write("#!/bin/sh\n", to: "packages/go/go")
        }
    }

    /// What a person or a program has done to a release since it was pushed.
    @Sendable private static func touched(_ fleet: FleetBinary) throws {
        try pushed(fleet)
        let file = try release(fleet, on: "a")
        try Program.run(["chmod", "u+w", file])
        try Program.run(["sh", "-c", "echo changed >'\(file)'"])
    }

    @Sendable private static func rolledBack(_ fleet: FleetBinary) throws {
        try pushed(fleet)
        try fleet.folder.write("echo anew\n", to: "packages/hello/hello.sh")
        try #require(try fleet.run("push", "hello", "--all").status == 0)
        try #require(try fleet.run("rollback", "hello", "--all").status == 0)
    }

    /// Hosts take what somebody has signed who may, and there is a key.
    @Sendable private static func signed(_ fleet: FleetBinary) throws {
        try hosts(fleet)
        try #require(try fleet.run("keys", "new", "deploy").status == 0)
        let line = try fleet.run("keys", "show", "deploy").output
        try fleet.folder.write(line, to: "inventory/allowed_signers")
        let hosts = try fleet.folder.read("inventory/hosts.yaml")
        try fleet.folder.write("defaults: { require_signed: true }\n" + hosts, to: "inventory/hosts.yaml")
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
        Situation("verify hello", "fleet verify --repair", prepare: touched),
        Situation("run hello", "fleet verify hello --repair --hosts a", prepare: touched),
        Situation("rollback hello --all", "fleet versions", then: "", prepare: pushed),
        Situation("run hello --hosts a", "fleet push hello --hosts a", prepare: rolledBack),
        Situation(
            "push hello --all", "fleet package hello --sign KEY", choosing: ["KEY": "deploy"], prepare: signed),
        Situation("package go", "chmod +x packages/go/go", prepare: program()),
        Situation(
            "package go", "fleet package --list-files go", then: "", prepare: program("exclude: [go]\n")),
        Situation("logs", "fleet run PACKAGE", choosing: ["PACKAGE": "hello --hosts a"], prepare: hosts),
        Situation("runs show last", "fleet run PACKAGE", choosing: ["PACKAGE": "hello --hosts a"], prepare: hosts),
        Situation("report last", "fleet run PACKAGE", choosing: ["PACKAGE": "hello --hosts a"], prepare: hosts),
        Situation("--project elsewhere status", "fleet init", choosing: ["init": "init elsewhere"]),
        Situation("package --list", "fleet init"),
        Situation("check", "fleet init"),
        Situation(
            "host prepare", "fleet host prepare NAME --python", choosing: ["NAME": "a"], then: "", prepare: hosts),
        Situation(
            "host add", "fleet host add NAME ADDRESS", choosing: local, then: "inventory show pc", prepare: hosts),
        Situation("host add a 192.0.2.7", "fleet inventory show a", then: "", prepare: hosts),
        Situation(
            "inventory list", "fleet host add NAME ADDRESS", choosing: local, isNote: true
        ) { fleet in
            try #require(try fleet.run("init").status == 0)
            try fleet.folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        },
        Situation("inventory show a", "fleet inventory check", isNote: true, prepare: hosts),
        Situation("exec", "fleet exec -- uname -a", then: "", prepare: hosts),
        Situation("run", "fleet package --list", then: "", prepare: hosts),
        Situation("monitor", "fleet status --json", then: "", prepare: hosts),
        Situation(
            "package new", "fleet package new NAME", choosing: ["NAME": "mine"], then: "package mine", prepare: hosts),
        Situation("tasks rerun", "fleet tasks run --again", then: "", prepare: hosts),
        Situation("serve token", "fleet serve token --renew", isNote: true, prepare: hosts),
        Situation("keys list", "fleet keys new", isNote: true, prepare: hosts),
        Situation("keys show", "fleet keys new fleet", prepare: hosts),
        Situation(
            "prune --keep 0 --all", "fleet prune PACKAGE --keep 0", choosing: ["PACKAGE": "hello --all"], then: "",
            prepare: pushed),
        Situation("runs follow", "fleet runs attach", then: "", prepare: ran),
        Situation("list", "fleet inventory list", then: "", prepare: hosts),
        Situation("deploy", "fleet push --all", then: "", prepare: hosts),
        Situation("host list", "fleet inventory list", then: "", prepare: hosts),
        Situation("tasks show", "fleet tasks plan --list", then: "", prepare: hosts),
        Situation("config", "fleet check", then: "", prepare: hosts),
        Situation("clean", "fleet prune --all", then: "", prepare: hosts),
        Situation("validate", "fleet check", then: "", prepare: hosts),
        Situation("keygen", "fleet keys new", then: "keys list", prepare: hosts),
        Situation("uptime", "fleet ping", then: "", prepare: hosts),
    ]

    private static let local = ["NAME": "pc", "ADDRESS": "localhost --no-check"]

    @Sendable private static func ran(_ fleet: FleetBinary) throws {
        try hosts(fleet)
        try #require(try fleet.run("run", "hello", "--all").status == 0)
    }

    /// Who has no project would answer the other question for nothing.
    @Test(arguments: [
        "push hello", "push", "rollback", "rollback hello", "exec", "run", "host prepare", "host pin", "package new",
        "tasks rerun", "schedule remove", "runs stop", "prune", "host add", "ask", "--project elsewhere push hello",
    ]) func theMissingProjectComesFirst(command: String) throws {
        let result = try FleetBinary().run(command.split(separator: " ").map(String.init))
        #expect(result.status != 0 && result.error.contains("fleet init"), "\(result.error)")
    }

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
        #expect((before.status == 0) == situation.isNote, "\(before.output)\(before.error)")
        #expect((before.output + before.error).contains(situation.hint), "\(before.output)\(before.error)")
        var typed = situation.hint
        for (word, choice) in situation.choice { typed = typed.replacing(word, with: choice) }
        if typed.hasPrefix("fleet ") {
            let done = try fleet.run(try ExampleTests.words(of: typed))
            #expect(done.status == 0, "\(typed): \(done.error)")
        } else {
            try Program.run(["sh", "-c", "cd '\(fleet.folder.path)' && \(typed)"])
        }
        guard situation.then != "" else { return }
        let after = try fleet.run((situation.then ?? situation.command).split(separator: " ").map(String.init))
        #expect(after.status == 0 && !after.error.contains("hint:"), "\(after.error)")
        if situation.isNote { #expect(!(after.output + after.error).contains(situation.hint), "\(after.error)") }
    }
}
