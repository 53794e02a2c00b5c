import FleetTesting
import Foundation
import Testing

/// `fleet host add` on a host that takes a password only: a real sshd with accounts of its own.
@Suite(.enabled(if: SSHServer.Account.isPossible)) struct HostContactTests {
    /// A project, and a home folder without any key.
    private final class Contact: Sendable {
        let fleet: FleetBinary
        let server: SSHServer
        let passwordFile: String

        init(_ account: SSHServer.Account = .init(), options: [String] = []) throws {
            fleet = try FleetBinary.inProject()
            server = try SSHServer(authorized: [], options: options, account: account)
            passwordFile = try fleet.folder.write(SSHServer.Account.password + "\n", to: "secret")
        }

        var place: [String] { ["\(SSHServer.Account.user)@\(server.address):\(server.port)"] }

        func add(_ words: String..., name: String = "pc") throws -> FleetBinary.Result {
            try fleet.run(["host", "add", name] + place + (try known) + words)
        }

        /// The fingerprint of the server's key, known from elsewhere.
        var known: [String] { get throws { try Self.known(server) } }

        static func known(_ server: SSHServer) throws -> [String] {
            let line = try Program.text(["ssh-keygen", "-lf", server.hostKeys[0].path])
            return ["--fingerprint", String(try #require(line.split(separator: " ").dropFirst().first))]
        }

        var hosts: String { (try? fleet.folder.read("inventory/hosts.yaml")) ?? "" }
        var knownHosts: String { (try? fleet.folder.read("inventory/known_hosts")) ?? "" }
        var authorized: String { (try? server.folder.read("home/.ssh/authorized_keys")) ?? "" }

        func mode(of path: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: server.folder.path + "/home/" + path)
            return try #require(attributes[.posixPermissions] as? Int)
        }
    }

    @Test func installsAKeyByAPasswordFromAFile() throws {
        let contact = try Contact()
        let result = try contact.add("--password-file", contact.passwordFile, "--json")
        #expect(result.status == 0, "\(result.error)")
        let view = try result.json()
        #expect(view["key"] as? String == "~/.ssh/fleet_ed25519" && view["key_installed"] as? Bool == true)
        #expect(contact.hosts.contains("key: ~/.ssh/fleet_ed25519"))
        #expect(contact.authorized.hasPrefix("ssh-ed25519 ") && contact.authorized.hasSuffix("\n"))
        #expect(try contact.mode(of: ".ssh") == 0o700 && contact.mode(of: ".ssh/authorized_keys") == 0o600)
        #expect(try contact.fleet.run("ping", "--hosts", "pc").status == 0)
    }

    /// What no event, no ledger and no file of the project may hold.
    @Test func keepsThePasswordToItself() throws {
        let contact = try Contact()
        let result = try contact.add("--password-file", contact.passwordFile, "--events", "--verbose")
        #expect(result.status == 0, "\(result.error)")
        let word = SSHServer.Account.password
        #expect(!result.output.contains(word) && !result.error.contains(word))
        try FileManager.default.removeItem(atPath: contact.passwordFile)
        let files = try Program.run([
            "sh", "-c", "grep -rlF -- \"$0\" \"$1\" || [ $? = 1 ]", word, contact.fleet.folder.path,
        ])
        #expect(files.isEmpty, "\(String(decoding: files, as: UTF8.self))")
    }

    @Test func installsTheSameKeyOnce() throws {
        let contact = try Contact()
        try contact.server.folder.write("# mine\nssh-ed25519 AAAA other", to: "home/.ssh/authorized_keys")
        try Program.run(["chown", "-R", "4242:4242", contact.server.folder.path + "/home/.ssh"])
        #expect(try contact.add("--password-file", contact.passwordFile).status == 0)
        #expect(contact.authorized.hasPrefix("# mine\nssh-ed25519 AAAA other\nssh-ed25519 "))
        let before = contact.authorized
        // sshd passes over what others may write to, so that the key does not count for now.
        try Program.run(["chmod", "777", contact.server.folder.path + "/home/.ssh"])
        #expect(try contact.fleet.run("host", "remove", "pc", "--yes").status == 0)
        let again = try contact.add("--password-file", contact.passwordFile)
        #expect(again.status == 0 && again.error.contains("has the key"), "\(again.error)")
        #expect(contact.authorized == before)
    }

    @Test func asksAHiddenQuestionOfPAM() throws {
        let contact = try Contact(.init(isInteractive: true))
        let result = try contact.add("--password-file", contact.passwordFile)
        #expect(result.status == 0, "\(result.error)\(contact.server.messages)")
        #expect(contact.authorized.hasPrefix("ssh-ed25519 "))
    }

    @Test func readsThePasswordFromADescriptor() throws {
        let contact = try Contact()
        let words = ["host", "add", "pc"] + contact.place + (try contact.known) + ["--password-fd", "0"]
        let process = contact.fleet.process(words)
        process.standardInput = FileHandle(forReadingAtPath: contact.passwordFile)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && contact.hosts.contains("pc:"))
    }

    /// Swift has the line break of Windows as one character.
    @Test func readsAFileOfAnotherSystem() throws {
        let contact = try Contact()
        let file = try contact.fleet.folder.write(SSHServer.Account.password + "\r\n", to: "secret.txt")
        #expect(try contact.add("--password-file", file).status == 0)
    }

    @Test func takesNoDescriptorThatIsNotOpen() throws {
        let contact = try Contact()
        let result = try contact.add("--password-fd", "77")
        #expect(result.status == 2 && result.error.contains("77 is not open"), "\(result.error)")
    }

    /// Whoever answers under the host's address would have it.
    @Test func givesNoPasswordToAnUnknownHost() throws {
        let contact = try Contact()
        let words = ["host", "add", "pc"] + contact.place + ["--yes", "--password-file", contact.passwordFile]
        let result = try contact.fleet.run(words)
        #expect(result.status == 2 && result.error.contains("--fingerprint"), "\(result.error)")
        #expect(contact.knownHosts.isEmpty && contact.authorized.isEmpty)
    }

    @Test func leavesAKeyWithConditionsAlone() throws {
        let contact = try Contact()
        #expect(try contact.add("--password-file", contact.passwordFile).status == 0)
        #expect(try contact.fleet.run("host", "remove", "pc", "--yes").status == 0)
        let restricted = "from=\"192.0.2.1\" " + contact.authorized
        try contact.server.folder.write(restricted, to: "home/.ssh/authorized_keys")
        let again = try contact.add("--password-file", contact.passwordFile)
        #expect(again.status != 0 && again.error.contains("conditions of its own"), "\(again.error)")
        #expect(contact.authorized == restricted)
    }

    @Test func refusesAWrongPasswordAndWritesNothing() throws {
        let contact = try Contact()
        let before = contact.hosts
        let file = try contact.fleet.folder.write("wrong\n", to: "wrong")
        let result = try contact.add("--password-file", file)
        #expect(result.status == 3 && result.error.contains("does not take this password"), "\(result.error)")
        #expect(contact.hosts == before && contact.knownHosts.isEmpty && contact.authorized.isEmpty)
    }

    @Test func namesTheFlagWhereNobodyCanBeAsked() throws {
        let contact = try Contact()
        let result = try contact.add()
        #expect(result.status == 3 && result.error.contains("--install-key"), "\(result.error)")
        let agreed = try contact.add("--install-key")
        #expect(agreed.status == 2 && agreed.error.contains("--password-file FILE"), "\(agreed.error)")
        #expect(try contact.add("--password-file", "a", "--password-fd", "0").status == 2)
        #expect(try contact.add("--password-file", "/nowhere").error.contains("/nowhere"))
        #expect(contact.knownHosts.isEmpty)
    }

    @Test func tellsOfAHomeThatCanNotBeWrittenTo() throws {
        let contact = try Contact(.init(isReadOnly: true))
        let result = try contact.add("--password-file", contact.passwordFile)
        #expect(result.status == 3 && result.error.contains("Read-only file system"), "\(result.error)")
        #expect(contact.knownHosts.isEmpty)
    }

    /// sshd passes over the keys of a home folder that others may write to.
    @Test func tellsWhatRemainsOfAHostThatWasNotAdded() throws {
        let contact = try Contact()
        try Program.run(["chmod", "777", contact.server.folder.path + "/home"])
        let result = try contact.add("--password-file", contact.passwordFile)
        #expect(result.status == 3 && result.error.contains("pc was not added"), "\(result.error)")
        #expect(result.error.contains("~/.ssh/fleet_ed25519 stays in ~/.ssh/authorized_keys of pc"), "\(result.error)")
        #expect(result.error.contains("the new private key stays here in ~/.ssh/fleet_ed25519"), "\(result.error)")
        #expect(contact.knownHosts.isEmpty && !contact.authorized.isEmpty)
    }

    /// A key would be of no use there.
    @Test func offersNoKeyWhereNoneIsTaken() throws {
        let contact = try Contact(options: ["PubkeyAuthentication no"])
        let result = try contact.add("--password-file", contact.passwordFile)
        #expect(result.status == 3 && !result.error.contains("installed"), "\(result.error)")
        #expect(contact.authorized.isEmpty)
    }

    @Test func warnsOfAMachineThatIsThere() throws {
        let contact = try Contact()
        #expect(try contact.add("--password-file", contact.passwordFile).status == 0)
        // The same machine, by its host key.
        let refused = try contact.add("--key", "~/.ssh/fleet_ed25519", name: "other")
        #expect(refused.status == 2 && refused.error.contains("has as pc: they have one host key"), "\(refused.error)")
        #expect(refused.error.contains("--same-machine") && !contact.hosts.contains("other:"))
        let forced = try contact.add("--key", "~/.ssh/fleet_ed25519", "--same-machine", "--json", name: "other")
        #expect(try forced.status == 0 && forced.json()["same_machine"] as? [String] == ["pc"], "\(forced.error)")
    }

    /// Another sshd, with a host key of its own, on the machine that is there already.
    @Test func knowsAMachineByItsID() throws {
        let first = try Contact(.init(machineID: "11111111111111111111111111111111"))
        #expect(try first.add("--password-file", first.passwordFile).status == 0)
        let place = { (server: SSHServer) in "\(SSHServer.Account.user)@\(server.address):\(server.port)" }
        let twin = try SSHServer(authorized: [], account: .init(machineID: "11111111111111111111111111111111"))
        let words = { (server: SSHServer) in
            try Contact.known(server) + ["--password-file", first.passwordFile]
        }
        let refused = try first.fleet.run(["host", "add", "twin", place(twin)] + words(twin))
        #expect(
            refused.status == 2 && refused.error.contains("has as pc: they have one machine id"), "\(refused.error)")
        // It was asked about before anything was done there.
        #expect(!refused.error.contains("installed") && (try? twin.folder.read("home/.ssh/authorized_keys")) == nil)
        // What is no id tells nothing.
        for id in ["00000000000000000000000000000000", "uninitialized", "../../etc/passwd"] {
            let other = try SSHServer(authorized: [], account: .init(machineID: id))
            let name = "host\(other.port)"
            let added = try first.fleet.run(["host", "add", name, place(other)] + words(other))
            #expect(added.status == 0, "\(added.error)")
        }
        #expect(try !first.fleet.folder.read("inventory/state.json").contains("1111111111"))
    }

    @Test func importWarnsOfAMachineThatIsThere() throws {
        let contact = try Contact()
        #expect(try contact.add("--password-file", contact.passwordFile).status == 0)
        let line = try contact.server.knownHostsLine(for: "vps.example.org")
        try contact.fleet.folder.write(contact.knownHosts + line, to: "inventory/known_hosts")
        try contact.fleet.folder.write(
            "Host vps\n  HostName vps.example.org\nHost again\n  HostName \(contact.server.address)\n"
                + "  Port \(contact.server.port)\nHost new\n  HostName 192.0.2.7\n", to: "config")
        let planned = try contact.fleet.run("inventory", "import", "config", "--dry-run", "--json")
        let same = try #require(try planned.json()["same_machine"] as? [[String: String]])
        #expect(same == [["host": "vps", "other": "pc"], ["host": "again", "other": "pc"]], "\(planned.error)")
        let refused = try contact.fleet.run("inventory", "import", "config")
        #expect(refused.status == 2 && refused.error.contains("--same-machine") && !contact.hosts.contains("vps:"))
        let forced = try contact.fleet.run("inventory", "import", "config", "--same-machine")
        #expect(forced.status == 0 && forced.error.contains("has as pc"), "\(forced.error)")
        #expect(contact.hosts.contains("vps:") && contact.hosts.contains("new:"))
    }

    /// As a person does it who mistypes.
    @Test func asksForAllOfItOnATerminal() async throws {
        let contact = try Contact()
        let terminal = try DrawnTerminal(columns: 100, rows: 40)
        let process = try contact.fleet.start(["host", "add"], on: terminal)
        func answer(_ question: String, _ text: String) async throws {
            #expect(
                await eventually(within: .seconds(30)) { terminal.text.contains(question) },
                "\(question): \(terminal.screen)")
            terminal.type(text + "\n")
        }
        try await answer("address, such as", "no address")
        try await answer("is not a name or an IP address", contact.server.address)
        try await answer("name [", "localhost")
        try await answer("there is a host localhost already", "pc")
        try await answer("user; empty for", SSHServer.Account.user)
        try await answer("port [22]:", "0")
        try await answer("\"0\" is not a port", "\(contact.server.port)")
        try await answer("Is this the host's fingerprint? [y/N]", "y")
        try await answer("and install its public half there? [y/N]", "perhaps")
        try await answer("is neither yes nor no", "y")
        try await answer("password of ana@", "wrong")
        #expect(await eventually(within: .seconds(30)) { terminal.text.contains("does not take this password") })
        // What is told meanwhile stands above the question.
        let refusal = "\(contact.server.address) does not take this password"
        #expect(
            await eventually(within: .seconds(30)) {
                let rows = terminal.screen.filter { !$0.allSatisfy { $0 == " " } }
                return rows.contains { $0.hasPrefix(refusal) } && rows.last?.hasPrefix("password of ana@") == true
            })
        terminal.type(SSHServer.Account.password + "\n")
        process.waitUntilExit()
        let text = terminal.text
        #expect(process.terminationStatus == 0 && text.contains("installed the key"), "\(text)")
        #expect(!text.contains(SSHServer.Account.password) && !text.contains("wrong") && terminal.isWhole)
        #expect(contact.hosts.contains("key: ~/.ssh/fleet_ed25519"))
    }

    /// One slip does not lose what was typed before.
    @Test func asksAgainForAnAddressThatRefuses() async throws {
        let contact = try Contact()
        let terminal = try DrawnTerminal(columns: 100, rows: 40)
        let words = ["host", "add", "pc", "\(SSHServer.Account.user)@\(contact.server.address):1"]
        let process = try contact.fleet.start(words, on: terminal)
        func answer(_ question: String, _ text: String) async throws {
            #expect(
                await eventually(within: .seconds(30)) { terminal.text.contains(question) },
                "\(question): \(terminal.screen)")
            terminal.type(text + "\n")
        }
        try await answer("ana@vps.example.org:2222 [\(contact.server.address)]:", "")
        try await answer("port [1]:", "\(contact.server.port)")
        try await answer("Is this the host's fingerprint? [y/N]", "y")
        try await answer("install its public half there? [y/N]", "n")
        process.waitUntilExit()
        #expect(terminal.text.contains("nothing was changed") && contact.knownHosts.isEmpty)
    }

    @Test func asksNothingWithYes() async throws {
        let contact = try Contact()
        let terminal = try DrawnTerminal(columns: 100, rows: 40)
        let process = try contact.fleet.start(["host", "add", "pc"] + contact.place + ["--yes"], on: terminal)
        process.waitUntilExit()
        #expect(process.terminationStatus == 3 && terminal.text.contains("--install-key"), "\(terminal.text)")
        #expect(!terminal.text.contains("[y/N]") && contact.knownHosts.isEmpty)
    }

    @Test func givesTheTerminalBackWhenAPasswordIsNotTyped() async throws {
        let contact = try Contact()
        let terminal = try DrawnTerminal(columns: 100, rows: 40)
        let words = ["host", "add", "pc"] + contact.place + ["--yes", "--install-key"]
        let process = try contact.fleet.start(words, on: terminal)
        #expect(await eventually(within: .seconds(30)) { terminal.text.contains("password of ana@") })
        #expect(!terminal.isWhole)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(terminal.isWhole && contact.knownHosts.isEmpty)
    }
}
