import FleetTesting
import Foundation
import Testing

/// `fleet host remove --purge`, on a real sshd whose user has a home folder of the test's own.
@Suite(.enabled(if: SSHServer.Account.isPossible)) struct HostPurgeTests {
    private let fleet: FleetBinary
    private let server: SSHServer

    init() throws {
        fleet = try FleetBinary.inProject()
        let key = try SSHKeyPair(.ed25519, in: fleet.folder, name: "id")
        server = try SSHServer(authorized: [], account: .init())
        try server.folder.write(try key.publicLine, to: "home/.ssh/authorized_keys")
        try Program.run(["sh", "-c", "chown -R 4242:4242 \"$0\" && chmod 700 \"$0/.ssh\"", home])
        try fleet.folder.write(try server.knownHostsLine(), to: "inventory/known_hosts")
        try inventory()
    }

    private var home: String { server.folder.path + "/home" }
    private var hosts: String { (try? fleet.folder.read("inventory/hosts.yaml")) ?? "" }

    private func inventory(root: String? = nil) throws {
        let line = root.map { ", root: \($0)" } ?? ""
        try fleet.folder.write(
            "defaults: { known_hosts: inventory/known_hosts }\nhosts:\n  pc: { address: \(server.address), "
                + "port: \(server.port), user: ana, key: id\(line) }\n", to: "inventory/hosts.yaml")
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(home)/\(path)") }

    /// As the user of the host.
    private func onHost(_ command: String) throws {
        let result = try fleet.run("exec", "--hosts", "pc", "--", "sh", "-c", command)
        #expect(result.status == 0, "\(result.error)")
    }

    @Test func takesTheFolderAlong() throws {
        let ran = try fleet.run("run", "hello")
        #expect(ran.status == 0 && exists(".fleet/packages/hello"), "\(ran.error)")
        // A worker may have left what nobody may write to.
        try onHost(
            "cd .fleet && mkdir -p runs && cd runs && mkdir -p 20260101-000000-abcd.1.1/locked && cd 2*"
                + " && : >locked/file && chmod 500 locked && touch -t 202601010000 ."
        )
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes", "--json")
        #expect(result.status == 0, "\(result.error)")
        let purged = try #require(try result.json()["purged"] as? [String: Any])
        #expect(purged["path"] as? String == "/home/ana/.fleet" && purged["packages"] as? [String] == ["hello"])
        #expect((purged["bytes"] as? Int ?? 0) > 4096 && purged["runs"] as? Int == 1)
        #expect(!exists(".fleet") && exists(".ssh") && !hosts.contains("pc:"))
    }

    @Test func asksOnATerminalAndTellsWhatGoes() async throws {
        #expect(try fleet.run("push", "hello", "--all").status == 0)
        let terminal = try DrawnTerminal(columns: 100, rows: 24)
        let refusing = try fleet.start(["host", "remove", "pc", "--purge"], on: terminal)
        #expect(await eventually(within: .seconds(30)) { terminal.text.contains("[y/N]") })
        #expect(terminal.text.contains("fleet's folder on pc is /home/ana/.fleet") && terminal.text.contains("hello"))
        terminal.type("\n")
        refusing.waitUntilExit()
        #expect(refusing.terminationStatus != 0 && exists(".fleet") && hosts.contains("pc:"))
        #expect(try fleet.run("host", "remove", "pc", "--purge").status == 2)
    }

    @Test func namesHostsThatHaveTheSameFolder() throws {
        try onHost("mkdir -p .fleet/runs")
        let lines = hosts + hosts.split(separator: "\n").suffix(1).joined().replacing("  pc:", with: "  again:") + "\n"
        try fleet.folder.write(lines, to: "inventory/hosts.yaml")
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("it is also that of these hosts of the inventory: again"), "\(result.error)")
    }

    @Test func refusesWhileAJobRuns() async throws {
        try fleet.folder.write(
            "name: slow\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n",
            to: "packages/slow/package.yaml")
        try fleet.folder.write("touch ~/begun; exec sleep 600\n", to: "packages/slow/work.sh")
        let running = try fleet.start(["run", "slow"])
        #expect(await eventually(within: .seconds(60)) { exists("begun") })
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 3 && result.error.contains("jobs run on pc: "), "\(result.error)")
        #expect(exists(".fleet/runs") && hosts.contains("pc:"))
        running.process.interrupt()
        _ = try running.result()
        #expect(try fleet.run("host", "remove", "pc", "--purge", "--yes").status == 0)
        #expect(!exists(".fleet"))
    }

    /// What cron starts would make the folder anew.
    @Test func refusesWhileCronStartsTasks() throws {
        let crontab = try fleet.folder.write("#!/bin/sh\necho '* * * * * x # fleet a@01234567'\n", to: "bin/crontab")
        try Program.run(["chmod", "+x", crontab])
        try fleet.folder.write("", to: "here/schedules/a@01234567/when")
        try fleet.folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(fleet.folder.path)/here }\n",
            to: "inventory/hosts.yaml")
        var fleet = fleet
        fleet.environment["PATH"] = "\(fleet.folder.path)/bin:/usr/bin:/bin"
        let result = try fleet.run("host", "remove", "here", "--purge", "--yes")
        #expect(
            result.status == 3 && result.error.contains("tasks of other projects by itself: a@01234567"),
            "\(result.error)")
        #expect(result.error.contains("crontab -e"))
        fleet.environment["PATH"] = "/usr/bin:/bin"
        #expect(try fleet.run("host", "remove", "here", "--purge", "--yes").status == 0)
        #expect(!FileManager.default.fileExists(atPath: fleet.folder.path + "/here"))
    }

    /// What is not fleet's, the home folder, what is above it, and what belongs to somebody else.
    @Test(arguments: [
        ("shared", "holds what is not fleet's: mine"), ("~/.", "is no folder of fleet's own"),
        ("/", "is no folder of fleet's own"), ("/home", "is no folder of fleet's own"),
        ("/etc", "is no folder of fleet's own"), ("link", "holds what is not fleet's: mine"),
    ])
    func neverRemovesWhatIsNotItsOwn(root: String, words: String) throws {
        try onHost("mkdir -p shared/runs && echo 1 >shared/mine && ln -s shared link")
        try inventory(root: root)
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 3 && result.error.contains(words), "\(result.error)")
        #expect(exists("shared/mine") && exists("shared/runs") && hosts.contains("pc:"))
    }

    @Test func refusesWhatOthersCouldReplace() throws {
        try onHost("mkdir -p open/fleet/runs && chmod 777 open/fleet")
        try inventory(root: "open/fleet")
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 3 && result.error.contains("another user of the host"), "\(result.error)")
        #expect(exists("open/fleet/runs"))
    }

    @Test func followsALinkAndRemovesIt() throws {
        try onHost("mkdir -p scratch/fleet/runs && ln -s scratch/fleet .fleet")
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 0 && !exists("scratch/fleet") && exists("scratch"), "\(result.error)")
        #expect(throws: (any Error).self) {
            try FileManager.default.destinationOfSymbolicLink(atPath: home + "/.fleet")
        }
    }

    @Test func forgetsAnAbsentHostOnlyWhenTold() throws {
        server.stop()
        let refused = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(refused.status == 3 && refused.error.contains("--forget-absent"), "\(refused.error)")
        #expect(hosts.contains("pc:"))
        let forgotten = try fleet.run("host", "remove", "pc", "--purge", "--yes", "--forget-absent", "--json")
        #expect(try forgotten.status == 0 && forgotten.json()["purged"] is NSNull, "\(forgotten.error)")
        #expect(!hosts.contains("pc:"))
    }

    /// A host that is there may still have everything.
    @Test func forgetsNoHostThatShowsAnotherKey() throws {
        let other = try SSHServer(authorized: [])
        let name = "[\(server.address)]:\(server.port)"
        let key = try other.knownHostsLine().split(separator: " ").dropFirst().joined(separator: " ")
        try fleet.folder.write("\(name) \(key)\n", to: "inventory/known_hosts")
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes", "--forget-absent")
        #expect(result.status == 3 && result.error.contains("is there, but nobody knows"), "\(result.error)")
        #expect(hosts.contains("pc:"))
    }

    @Test func forgetsNoHostThatTakesNoKey() throws {
        try Program.run(["rm", "\(home)/.ssh/authorized_keys"])
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes", "--forget-absent")
        #expect(result.status == 3 && result.error.contains("is there, but nobody knows"), "\(result.error)")
        #expect(hosts.contains("pc:"))
    }

    @Test func hasNothingToRemoveWhereNothingIs() throws {
        let result = try fleet.run("host", "remove", "pc", "--purge", "--yes")
        #expect(result.status == 0 && result.error.contains("nothing was removed from pc itself"), "\(result.error)")
    }
}
