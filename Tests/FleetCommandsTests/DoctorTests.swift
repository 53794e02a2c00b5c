import FleetTesting
import Foundation
import Glibc
import Testing

/// Hosts on real sshd processes, each with one thing wrong: what `fleet doctor` finds, and whether its command mends it.
@Suite(.serialized) struct DoctorTests {
    private let fleet: FleetBinary
    private let key: SSHKeyPair

    init() throws {
        fleet = try FleetBinary.inProject()
        key = try SSHKeyPair(.ed25519, in: fleet.folder)
    }

    /// What the doctor said of one host.
    private struct Answer {
        let status: Int32
        let checks: [[String: Any]]

        func first(_ kind: String, _ subject: String? = nil) -> [String: Any] {
            checks.first { $0["check"] as? String == kind && (subject == nil || $0["subject"] as? String == subject) }
                ?? [:]
        }

        func state(_ kind: String) -> String { first(kind)["state"] as? String ?? "none" }
        func found(_ kind: String) -> String { first(kind)["found"] as? String ?? "" }
        func mend(_ kind: String) -> String { first(kind)["mend"] as? String ?? "" }
        func advice(_ kind: String) -> String { first(kind)["advice"] as? String ?? "" }
        var failed: [String] {
            checks.filter { $0["state"] as? String == "failed" }.compactMap { $0["check"] as? String }
        }
    }

    /// A project with one host, whose key is pinned.
    private func add(
        _ server: SSHServer, key: String? = nil, knownHosts: String? = nil, more: String = ""
    ) throws {
        try fleet.folder.write(try knownHosts ?? server.knownHostsLine(), to: "inventory/known_hosts")
        try fleet.folder.write(
            """
            defaults: { known_hosts: inventory/known_hosts, user: \(NSUserName()), key: \(key ?? self.key.path) }
            hosts:
              pc: { address: \(server.address), port: \(server.port)\(more) }

            """, to: "inventory/hosts.yaml")
    }

    private func examine(_ host: String = "pc") throws -> Answer {
        let result = try fleet.run("doctor", host, "--json")
        let rows = try #require(try result.json()["hosts"] as? [[String: Any]], "\(result.error)")
        return Answer(status: result.status, checks: try #require(rows.first?["checks"] as? [[String: Any]]))
    }

    /// Runs a command that was told to a person, with the program of this test for `fleet`.
    private func carryOut(_ command: String) throws {
        try #require(!command.isEmpty)
        let bin = fleet.folder.path + "/bin"
        if !FileManager.default.fileExists(atPath: bin) {
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: bin + "/fleet", withDestinationPath: FleetBinary.path)
        }
        let line = "cd \(fleet.folder.path) && PATH=\(bin):$PATH && { \(command); }"
        try Program.run(["/bin/sh", "-c", line], environment: ["HOME": fleet.folder.path])
    }

    @Test func findsNothingWrongWithAGoodHost() throws {
        let server = try SSHServer(authorized: [key])
        try add(server)
        let answer = try examine()
        #expect(answer.status == 0 && answer.failed.isEmpty, "\(answer.checks)")
        let kinds = answer.checks.compactMap { $0["check"] as? String }.filter { $0 != "engine" }
        #expect(
            kinds == [
                "name", "port", "server", "key-exchange", "host-key", "login", "sessions", "shell", "greeting",
                "shell-start", "tools", "folder", "disk", "inodes", "clock",
            ])
        #expect(answer.found("server").contains("OpenSSH") && answer.found("login").contains(key.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/home").isEmpty)
    }

    @Test func mendsALoginShellThatPrintsAndIsSlow() throws {
        let server = try SSHServer(authorized: [key])
        try server.folder.write("echo have a nice day\nsleep 0.4\n", to: "home/.bashrc")
        try add(server)
        let answer = try examine()
        #expect(answer.status == 0 && answer.state("greeting") == "warning" && answer.state("shell-start") == "warning")
        #expect(answer.found("greeting").contains("have a nice day"))
        try carryOut(answer.mend("greeting"))
        let mended = try examine()
        #expect(mended.state("greeting") == "ok" && mended.state("shell-start") == "ok", "\(mended.checks)")
    }

    @Test func findsAServerThatHasNoKeyOfOurs() throws {
        let server = try SSHServer(authorized: [], options: ["PasswordAuthentication yes"])
        try add(server)
        let answer = try examine()
        #expect(answer.status == 3 && answer.failed == ["key", "login"])
        let login = "\(NSUserName())@\(server.address)"
        #expect(answer.mend("login") == "ssh-copy-id -i \(key.path).pub -p \(server.port) \(login)")
        #expect(answer.state("shell") == "skipped" && answer.found("agent").contains("SSH_AUTH_SOCK"))
    }

    @Test func findsAServerThatTakesPasswordsAlone() throws {
        let server = try SSHServer(
            authorized: [key], options: ["PasswordAuthentication yes", "PubkeyAuthentication no"])
        try add(server)
        let answer = try examine()
        #expect(answer.failed == ["login"] && answer.found("login").contains("only password"), "\(answer.checks)")
        #expect(answer.advice("login").contains("PubkeyAuthentication yes"))
    }

    @Test func mendsAChangedHostKey() throws {
        let server = try SSHServer(authorized: [key])
        let other = try SSHKeyPair(.ed25519, in: fleet.folder, name: "other").publicFields
        try add(server, knownHosts: "[\(server.address)]:\(server.port) \(other)\n")
        let answer = try examine()
        #expect(answer.failed == ["host-key"] && answer.mend("host-key") == "fleet host pin --replace pc")
        #expect(answer.state("login") == "skipped" && answer.found("host-key").contains("Somebody may listen in"))
        try carryOut(answer.mend("host-key") + " --yes")
        #expect(try examine().failed.isEmpty)
    }

    @Test func mendsAnUnknownHostKey() throws {
        let server = try SSHServer(authorized: [key])
        try add(server, knownHosts: "")
        let answer = try examine()
        #expect(answer.failed == ["host-key"])
        try carryOut(answer.mend("host-key") + " --yes")
        #expect(try examine().failed.isEmpty)
    }

    /// A key of the person's own known_hosts, which `host pin` would not touch.
    @Test func mendsAChangedKeyInAnotherFile() throws {
        let server = try SSHServer(authorized: [key])
        let other = try SSHKeyPair(.ed25519, in: fleet.folder, name: "other").publicFields
        let file = try fleet.folder.write("[\(server.address)]:\(server.port) \(other)\n", to: "theirs")
        try add(server, knownHosts: "", more: ", known_hosts: [theirs, inventory/known_hosts]")
        let answer = try examine()
        #expect(answer.mend("host-key") == "ssh-keygen -R '[\(server.address)]:\(server.port)' -f \(file)")
        try carryOut(answer.mend("host-key"))
        #expect(try examine().mend("host-key") == "fleet host pin pc")
    }

    @Test func mendsAKeyThatOthersMayRead() throws {
        let server = try SSHServer(authorized: [key])
        try add(server)
        chmod(key.path, 0o644)
        let answer = try examine()
        #expect(answer.status == 0 && answer.state("key") == "warning" && answer.found("key").contains("0644"))
        try carryOut(answer.mend("key"))
        #expect(try examine().state("key") == "none")
    }

    @Test func findsAMissingKey() throws {
        let server = try SSHServer(authorized: [key], options: ["PasswordAuthentication yes"])
        let path = fleet.folder.path + "/it's new"
        try add(server, key: "\"\(path)\"")
        let answer = try examine()
        #expect(answer.failed == ["key", "login"])
        let word = "'" + path.replacing("'", with: "'\\''") + "'"
        #expect(answer.mend("login").hasPrefix("ssh-keygen -t ed25519 -f \(word) && ssh-copy-id"))
    }

    @Test func findsAKeyWithAPassphrase() throws {
        let server = try SSHServer(authorized: [key])
        try Program.run(["ssh-keygen", "-q", "-p", "-N", "secret words", "-f", key.path])
        try add(server)
        let answer = try examine()
        #expect(answer.failed == ["key", "login"] && answer.mend("key") == "ssh-add \(key.path)")
    }

    /// ssh lets a configuration name the public file where an agent has the other half.
    @Test func takesAPublicFileForAKeyOfTheAgent() throws {
        let server = try SSHServer(authorized: [key])
        let agent = try SSHAgentProcess([key])
        try add(server, key: key.path + ".pub")
        var fleet = self.fleet
        fleet.environment["SSH_AUTH_SOCK"] = agent.socket
        let result = try fleet.run("doctor", "pc", "--json")
        #expect(result.status == 0 && !result.output.contains("\"check\":\"key\""), "\(result.output)")
    }

    @Test func tellsAnEmptyAgent() throws {
        let server = try SSHServer(authorized: [])
        let agent = try SSHAgentProcess([])
        try add(server)
        var fleet = self.fleet
        fleet.environment["SSH_AUTH_SOCK"] = agent.socket
        let result = try fleet.run("doctor", "pc")
        #expect(result.status == 3 && result.output.contains("\(agent.socket): it holds no key"), "\(result.output)")
        #expect(result.output.contains("by another way in"))
    }

    @Test func findsAClosedPort() throws {
        let server = try SSHServer(authorized: [key])
        try add(server)
        server.stop()
        let answer = try examine()
        #expect(answer.status == 3 && answer.failed == ["port"] && answer.found("port").contains("refused"))
        #expect(answer.checks.filter { $0["state"] as? String == "skipped" }.count == 13)
    }

    @Test(arguments: [OddListener.Behaviour.http, .closes]) func findsWhatIsNoSSHServer(
        behaviour: OddListener.Behaviour
    ) throws {
        let listener = try OddListener(behaviour)
        try fleet.folder.write(
            "hosts:\n  pc: { address: \(listener.address), port: \(listener.port), connect_timeout: 5s }\n",
            to: "inventory/hosts.yaml")
        let answer = try examine()
        #expect(answer.status == 3 && answer.failed == ["server"] && answer.state("port") == "ok", "\(answer.checks)")
    }

    @Test func findsANameThatDoesNotResolve() throws {
        try fleet.folder.write("hosts:\n  pc: { address: nowhere.invalid }\n", to: "inventory/hosts.yaml")
        let answer = try examine()
        #expect(answer.failed == ["name"] && answer.state("port") == "skipped")
    }

    @Test(arguments: [("noexec", "no program runs there"), ("ro", "nothing can be written there")])
    func findsAFolderThatIsOfNoUse(option: String, words: String) throws {
        guard getuid() == 0 else { return }
        let server = try SSHServer(authorized: [key])
        let home = server.folder.path + "/home"
        try Program.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", home])
        defer { umount2(home, CInt(MNT_DETACH)) }
        try add(server)
        let answer = try examine()
        #expect(answer.status == 3 && answer.failed == ["folder"] && answer.found("folder").contains(words))
        try carryOut(answer.mend("folder"))
        #expect(try examine().failed.isEmpty)
    }

    @Test(arguments: [3600, -3600]) func findsAClockThatIsWrong(lead: Int) throws {
        let folder = try TemporaryFolder()
        let real = try Program.path("date")
        try folder.write(
            "#!/bin/sh\n[ \"$1\" = +%s ] && exec \(real) -d '\(lead) sec' +%s\nexec \(real) \"$@\"\n", to: "date")
        chmod(folder.path + "/date", 0o755)
        let server = try SSHServer(authorized: [key], environment: ["PATH": "\(folder.path):/usr/bin:/bin:/sbin"])
        try add(server)
        let answer = try examine()
        #expect(
            answer.state("clock") == "warning" && answer.found("clock").contains(#/\b(5[5-9]|6[0-5]) min/#),
            "\(answer.checks)")
        #expect(answer.found("clock").contains(lead > 0 ? "ahead" : "behind") && !answer.mend("clock").isEmpty)
    }

    @Test func countsTheSessionsOfAConnection() throws {
        let server = try SSHServer(authorized: [key], options: ["MaxSessions 3"])
        try add(server)
        let answer = try examine()
        #expect(answer.state("sessions") == "warning" && answer.found("sessions").contains("3 commands"))
        #expect(answer.mend("sessions").contains("1i MaxSessions 10"))
    }

    /// Another login that does not come to its end takes the only place that the server has.
    @Test func feelsThatAServerDropsConnections() async throws {
        let server = try SSHServer(authorized: [key], options: ["MaxStartups 1:100:1"])
        try add(server)
        let idle = try IdleSocket(to: server)
        let doctor = try fleet.start(["doctor", "pc", "--json"])
        #expect(await eventually { server.messages.contains("MaxStartups") })
        idle.end()
        let result = try doctor.result()
        #expect(result.status == 0 && result.output.contains("\"check\":\"startups\""), "\(result.output)")
        #expect(result.output.contains("1i MaxStartups 100:30:200"))
    }

    @Test(arguments: ["yes", "no"]) func goesThroughAJumpHost(forwarding: String) throws {
        let gate = try SSHServer(authorized: [key], options: ["AllowTcpForwarding \(forwarding)"])
        let inner = try SSHServer(authorized: [key])
        try add(inner, knownHosts: try gate.knownHostsLine() + inner.knownHostsLine(), more: ", jump: gate")
        let hosts = try fleet.folder.read("inventory/hosts.yaml")
        try fleet.folder.write(
            hosts + "  gate: { address: \(gate.address), port: \(gate.port) }\n", to: "inventory/hosts.yaml")
        let answer = try examine()
        #expect(answer.state("route") == "ok" && answer.found("name").contains("jump host"), "\(answer.checks)")
        let isOpen = forwarding == "yes"
        #expect(answer.failed == (isOpen ? [] : ["port"]))
        #expect(isOpen || answer.mend("port").contains("AllowTcpForwarding yes"))
        let other = try examine("gate")
        #expect(other.state("forwarding") == (isOpen ? "ok" : "failed"))
        gate.stop()
        let closed = try examine()
        #expect(closed.failed == ["route"] && closed.state("port") == "skipped")
    }

    @Test func tellsOfManyHostsOnlyWhatIsNotWell() throws {
        let folder = self.fleet.folder
        let local = (1...4).map {
            "  here\($0): { address: localhost, transport: local, root: \(folder.path)/\($0) }\n"
        }.joined()
        try folder.write(
            "hosts:\n\(local)  gone: { address: 127.0.0.1, port: 1 }\n", to: "inventory/hosts.yaml")
        // A host without container engines has nothing to tell.
        var fleet = self.fleet
        let tools = try ToolFolder(without: ["docker", "podman"])
        fleet.environment["PATH"] = tools.path
        let result = try fleet.run("doctor")
        #expect(result.status == 3)
        let lines = result.output.split(separator: "\n")
        #expect(
            lines.first == "gone" && lines.contains("✓ all is well: here1, here2, here3, here4"), "\(result.output)")
        #expect(lines.last == "hosts: 5; well: 4, with warnings: 0, failed: 1")
    }
}
