import FleetSSH
import Foundation
import Testing

/// Against real sshd processes: `fleet lab up`.
@Suite(.serialized) struct HostCommandTests {
    /// A project with a lab of one host, which goes down with it.
    private final class Lab: Sendable {
        let fleet: FleetBinary
        let address: String
        let port: String

        init() throws {
            fleet = try FleetBinary.inProject()
            let up = try fleet.run("lab", "up", "--hosts", "1", "--json")
            try #require(up.status == 0, "\(up.error)")
            let host = try #require((try up.json()["hosts"] as? [[String: Any]])?.first)
            address = try #require(host["address"] as? String)
            port = String(try #require(host["port"] as? Int))
        }

        deinit { _ = try? fleet.run("lab", "down") }

        func add(_ words: String...) throws -> FleetBinary.Result {
            let key = fleet.folder.path + "/.fleet/lab/id_ed25519"
            return try fleet.run(
                ["host", "add", "pc", address, "--port", port, "--user", NSUserName(), "--key", key] + words)
        }

        func fingerprint() throws -> String {
            let line = try fleet.folder.read(".fleet/lab/hosts.d/lab-1/ssh_host_ed25519_key.pub")
            let blob = try #require(Data(base64Encoded: String(line.split(separator: " ")[1])))
            return try #require(HostKey(blob: Array(blob))).fingerprint
        }

        var hosts: String { (try? fleet.folder.read("inventory/hosts.yaml")) ?? "" }
        var knownHosts: String { (try? fleet.folder.read("inventory/known_hosts")) ?? "" }
    }

    private let lab: Lab

    init() throws { lab = try Lab() }

    @Test func addsAHostWhoseFingerprintIsKnown() throws {
        let result = try lab.add("--fingerprint", try lab.fingerprint(), "--tags", "fast", "--group", "home")
        #expect(result.status == 0 && result.output.contains("native"), "\(result.error)")
        #expect(lab.hosts.contains("pc:") && lab.hosts.contains("tags: [fast]"))
        #expect(lab.knownHosts.hasPrefix("[\(lab.address)]:\(lab.port) ssh-ed25519 "))
        #expect(try lab.fleet.folder.read("inventory/state.json").contains(try lab.fingerprint()))
        #expect(try lab.fleet.run("ping", "--hosts", "pc").status == 0)
    }

    @Test func severalAtOnceLoseNothing() async throws {
        let (fleet, address) = (lab.fleet, lab.address)
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 1...6 {
                group.addTask { try fleet.run("host", "add", "pc\(number)", address, "--no-check").status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [Int32](repeating: 0, count: 6))
        let list = try fleet.run("inventory", "list", "--json").output
        #expect((1...6).allSatisfy { list.contains("\"pc\($0)\"") })
    }

    @Test func refusesAWrongFingerprintAndWritesNothing() throws {
        let before = lab.hosts
        let result = try lab.add("--fingerprint", "SHA256:AAAA")
        #expect(result.status == 3 && result.error.contains("not SHA256:AAAA"))
        #expect(lab.hosts == before && lab.knownHosts.isEmpty)
    }

    @Test func asksNobodyWithoutATerminal() throws {
        let result = try lab.add()
        #expect(result.status == 3 && result.error.contains("--fingerprint SHA256:"))
        #expect(lab.knownHosts.isEmpty)
    }

    @Test func takesThePinBackWhenTheLoginFails() throws {
        let before = lab.hosts
        let result = try lab.fleet.run(
            "host", "add", "pc", lab.address, "--port", lab.port, "--user", "nobody", "--yes")
        #expect(result.status == 3 && result.error.contains("hint:"))
        #expect(lab.hosts == before && lab.knownHosts.isEmpty)
    }

    @Test func addsWithoutCallingAndPinsLater() throws {
        #expect(try lab.add("--no-check").status == 0)
        #expect(lab.hosts.contains("pc:") && lab.knownHosts.isEmpty)
        #expect(try lab.fleet.run("ping", "--hosts", "pc").status == 3)
        #expect(try lab.fleet.run("host", "pin", "pc", "--yes").status == 0)
        #expect(try lab.fleet.run("ping", "--hosts", "pc").status == 0)
        #expect(try lab.fleet.run("host", "pin", "pc").error.contains("pinned already"))
        // A host may also be named as it is, without an option.
        for words in [["ping"], ["inventory", "check"]] {
            let one = try lab.fleet.run(words + ["pc"])
            #expect(one.status == 0 && one.output.contains("pc") && !one.output.contains("localhost"), "\(one.error)")
            #expect(try lab.fleet.run(words + ["pc", "--all"]).status == 2)
        }
    }

    @Test func pinsManyAtOnce() throws {
        let (address, port) = (lab.address, lab.port)
        try lab.fleet.folder.write(
            "hosts:\n  a: { address: \(address), port: \(port) }\n  b: { address: \(address), port: \(port) }\n"
                + "  c: { address: \(address), port: 1 }\n", to: "inventory/hosts.yaml")
        let refused = try lab.fleet.run("host", "pin", "a", "b")
        #expect(refused.status == 3 && refused.error.contains("give --yes") && lab.knownHosts.isEmpty)
        #expect(try lab.fleet.run("host", "pin", "--all", "--fingerprint", "x").status == 2)
        let result = try lab.fleet.run("host", "pin", "--all", "--yes")
        #expect(result.status == 3 && result.error.contains("c: refused"), "\(result.error)")
        #expect(lab.knownHosts.split(separator: "\n").count == 1)
        #expect(try lab.fleet.run("host", "pin", "--hosts", "a,b").status == 0)
    }

    @Test func pinsTheHostsOnTheWay() throws {
        let (address, port) = (lab.address, lab.port)
        let login = "port: \(port), user: \(NSUserName()), key: \(lab.fleet.folder.path)/.fleet/lab/id_ed25519"
        // The same server under another name: inet_aton(3) reads 127.0.11 as 127.0.0.11.
        let other = address.replacing("127.0.0.", with: "127.0.")
        try lab.fleet.folder.write(
            "hosts:\n  gate: { address: \(address), \(login) }\n"
                + "  inner: { address: \(other), \(login), jump: gate }\n", to: "inventory/hosts.yaml")
        let refused = try lab.fleet.run("host", "pin", "inner")
        #expect(refused.status == 3 && refused.error.contains("fleet host pin gate") && lab.knownHosts.isEmpty)
        let result = try lab.fleet.run("host", "pin", "inner", "--yes")
        #expect(result.status == 0, "\(result.error)")
        let names = lab.knownHosts.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(names == ["[\(address)]:\(port)", "[\(other)]:\(port)"])
        let answers = try lab.fleet.run("ping")
        #expect(answers.status == 0, "\(answers.output)\(answers.error)")
    }

    @Test func wantsToKnowWhichToPin() throws { #expect(try lab.fleet.run("host", "pin").status == 2) }

    @Test func tellsWhatARemovedHostLeaves() throws {
        try lab.fleet.folder.write(
            "groups: { home: { hosts: [a] } }\nhosts:\n  a:\n  b: { jump: a }\n", to: "inventory/hosts.yaml")
        let result = try lab.fleet.run("host", "remove", "a", "--yes")
        #expect(result.status == 0 && result.error.contains("b still has a as its jump"))
        #expect(result.error.contains("the group home has no host any more"))
        #expect(try lab.fleet.run("inventory", "list").status == 0)
    }

    @Test func replacesAChangedKeyOnlyWhenTold() throws {
        #expect(try lab.add("--no-check").status == 0)
        let other = "AAAAC3NzaC1lZDI1NTE5AAAAIIuq7lSXrMyCrBWsNKdxnWGRDlTjbjyJE7bmVaaAyNV0"
        try lab.fleet.folder.write(
            "# mine\n[\(lab.address)]:\(lab.port) ssh-ed25519 \(other)\n", to: "inventory/known_hosts")
        let refused = try lab.fleet.run("host", "pin", "pc", "--yes")
        #expect(refused.status == 3 && refused.error.contains("inventory/known_hosts:2"))
        #expect(refused.error.contains(try lab.fingerprint()) && lab.knownHosts.contains(other))
        let old = try #require(HostKey(blob: Array(Data(base64Encoded: other) ?? Data()))).fingerprint
        for words in [["--fingerprint", "wrong"], []] {
            let told = try lab.fleet.run(["host", "pin", "pc", "--replace"] + words)
            #expect(told.status == 3 && lab.knownHosts.contains(other), "\(told.error)")
        }
        let replaced = try lab.fleet.run("host", "pin", "pc", "--yes", "--replace")
        #expect(replaced.status == 0 && replaced.error.contains(old), "\(replaced.error)")
        #expect(replaced.error.contains("Somebody may listen in"))
        #expect(lab.knownHosts.hasPrefix("# mine\n") && !lab.knownHosts.contains(other))
        #expect(try lab.fleet.run("ping", "--hosts", "pc").status == 0)
    }

    @Test func namesNoKeyThatIsNotThere() throws {
        #expect(try lab.add("--no-check").status == 0)
        for name in ["pc", "localhost"] {
            let removed = try lab.fleet.run("host", "remove", name, "--yes")
            #expect(removed.status == 0 && !removed.error.contains("known_hosts"), "\(removed.error)")
        }
    }

    @Test func looksAtAKeyBeforeItCalls() throws {
        let words = ["host", "add", "pc", "127.0.0.1:1", "--yes", "--key"]
        let wrong = try lab.fleet.run(words + ["/etc/passwd"])
        #expect(wrong.status == 4 && wrong.error.contains("/etc/passwd is not a private key file"), "\(wrong.error)")
        let missing = try lab.fleet.run(words + ["none"])
        #expect(missing.status == 4 && missing.error.contains("there is no key file"), "\(missing.error)")
        let key = lab.fleet.folder.path + "/.fleet/lab/id_ed25519"
        for good in [key, key + ".pub"] { #expect(try lab.fleet.run(words + [good]).status == 3) }
    }

    @Test func removesAHostAndKeepsItsKey() throws {
        #expect(try lab.add("--yes", "--group", "home").status == 0)
        #expect(try lab.fleet.run("host", "remove", "pc").status == 2)
        let removed = try lab.fleet.run("host", "remove", "pc", "--yes")
        #expect(removed.status == 0 && removed.error.contains("stays in inventory/known_hosts"), "\(removed.error)")
        #expect(!lab.hosts.contains("pc") && !lab.knownHosts.isEmpty)
        #expect(try !lab.fleet.folder.read("inventory/state.json").contains("\"pc\""))
    }
}
