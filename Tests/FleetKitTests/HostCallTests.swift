import FleetBase
import FleetKit
import FleetTesting
import Foundation
import Testing

/// The calls on hosts and on the inventory.
@Suite struct HostCallTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func checksHosts() async throws {
        try await project.use { fleet in
            #expect(try await fleet.inventory.hosts().map(\.name) == ["one", "two"])
            let checked = try await fleet.hosts.check().result
            #expect(checked.map(\.host) == ["one", "two"])
            let one = try #require(checked.first).value
            #expect(one.methods.contains(.native) && one.packages.isEmpty && one.address == "localhost")
            let facts = one.facts
            let texts = [facts.architecture, facts.system, facts.kernel, facts.hostName, facts.user, facts.shell]
            #expect(texts.allSatisfy { $0?.isEmpty == false }, "\(facts)")
            let sizes = [facts.memory, facts.freeMemory, facts.disk, facts.freeDisk]
            #expect(sizes.allSatisfy { $0 ?? 0 > 1 << 20 } && facts.load != nil && facts.cores ?? 0 > 0, "\(facts)")
            #expect(facts.tools?.isEmpty == false && facts.python != nil, "\(facts)")
            let known = try await fleet.inventory.host("one")
            #expect(known.connection == .local && known.state?.facts.cores == one.facts.cores)
            #expect(try await fleet.inventory.hosts(.hosts(["two"])).map { $0.seen != nil } == [true])
        }
    }

    @Test func pings() async throws {
        try project.folder.write(
            "hosts:\n  here: { address: localhost, transport: local }\n  gone: { address: 127.0.0.1, port: 1 }\n",
            to: "inventory/hosts.yaml")
        try await project.use { fleet in
            let answers = try await fleet.hosts.ping().result
            #expect(try #require(answers.first).value.seconds > 0)
            #expect(answers.map(\.failure?.kind) == [nil, .refused])
        }
    }

    @Test func examinesAndTriesHosts() async throws {
        try project.folder.write(
            "hosts:\n  here: { address: localhost, transport: local }\n  gone: { address: 127.0.0.1, port: 1 }\n",
            to: "inventory/hosts.yaml")
        try await project.use { fleet in
            let examined = try await fleet.hosts.examine().result
            #expect(examined.map(\.host) == ["here", "gone"] && examined.map { $0.state == .failed } == [false, true])
            #expect(examined[1].checks.first { $0.state == .failed }?.check == .port)
            let tried = try await fleet.hosts.attempt().result
            #expect(tried.map(\.failure?.kind) == [nil, .refused])
            let here = try #require(tried.first).value
            #expect(here.up > 0 && here.down > 0 && here.loginSeconds > 0)
            #expect(here.methods.first { $0.method == .native }?.ok == true)
        }
    }

    @Test func runsCommands() async throws {
        try await project.use { fleet in
            let answers = try await fleet.hosts.execute(["echo", "hi"], on: .hosts(["two"])).result
            #expect(answers.map(\.host) == ["two"])
            #expect(try #require(answers.first).value.output == Array("hi\n".utf8))
            let nobody = try fleet.hosts.execute(["true"], on: .hosts(["nobody"]))
            await #expect(throws: FleetError.self) { try await nobody.result }
            var line = HostCommand.shell("pwd; cat; exit 3")
            (line.directory, line.input) = ("/", .bytes(Array("typed".utf8)))
            let answer = try #require(try await fleet.hosts.execute(line, on: .hosts(["one"])).result.first).value
            #expect(answer.output == Array("/\ntyped".utf8) && answer.status == 3)
            let python = try await fleet.hosts.execute(.python("print(6 * 7)"), on: .hosts(["one"])).result
            #expect(try #require(python.first).value.output == Array("42\n".utf8))
        }
    }

    @Test func tellsWhatAHostLacks() async throws {
        try await project.use { fleet in
            let planned = try await fleet.hosts.prepare(.hosts(["one"]), with: [.python], dryRun: true).result
            #expect(planned.map(\.host) == ["one"] && planned[0].installed.isEmpty)
            #expect(planned[0].failure != nil || planned[0].present == [.python] || !planned[0].commands.isEmpty)
        }
    }

    @Test func importsHosts() async throws {
        let file = try project.folder.write("Host new\n  HostName 192.0.2.7\n", to: "ssh_config")
        try await project.use { fleet in
            let plan = try await fleet.inventory.importHosts(from: file, dryRun: true).result
            #expect(plan.added == ["new"] && plan.dryRun)
            #expect(try await fleet.inventory.importHosts(from: file, as: .sshConfig).result.added == ["new"])
            guard case .ssh(let connection) = try await fleet.inventory.host("new").connection else {
                Issue.record("the host is reached by SSH")
                return
            }
            #expect(connection.address == "192.0.2.7" && connection.port == 22)
        }
    }

    @Test func makesAProject() async throws {
        let folder = try TemporaryFolder()
        #expect(try FleetProject.create(at: folder.path).contains("inventory/hosts.yaml"))
        #expect(try FleetProject.create(at: folder.path).isEmpty)
        let fleet = try FleetProject(at: folder.path)
        #expect(try await fleet.inventory.hosts().map(\.transport) == [.local])
        await fleet.close()
    }

    @Test func checksFiles() async throws {
        try project.folder.write("tasks: 3\n", to: "tasks.yaml")
        try await project.use { fleet in
            let wrong = try await fleet.checkFiles().filter { $0.error != nil }
            #expect(wrong.map(\.file) == ["tasks.yaml"])
        }
    }

    /// A real sshd, in a project that has no inventory yet.
    @Test func addsPinsAndRemovesAHost() async throws {
        let keys = try TemporaryFolder()
        let key = try SSHKeyPair(.ed25519, in: keys)
        let server = try SSHServer(authorized: [key])
        try FileManager.default.removeItem(atPath: project.folder.path + "/inventory/hosts.yaml")
        try await project.use { fleet in
            var host = NewHost("pc", address: server.address)
            (host.port, host.key, host.tags) = (Int("\(server.port)"), key.path, ["fast"])
            host.user = NSUserName()
            let mistaken = try fleet.hosts.add(host, .fingerprint("SHA256:AAAA"))
            let wrong = await #expect(throws: FleetError.self) { try await mistaken.result }
            #expect(wrong?.kind == .host(.hostKey))
            let declined = try fleet.hosts.add(host, .person { _ in false })
            let refused = await #expect(throws: FleetError.self) { try await declined.result }
            #expect(refused?.kind == .cancelled)
            let added = try await fleet.hosts.add(host, .person { $0.map(\.host) == ["pc"] }).result
            #expect(added.fingerprint?.hasPrefix("SHA256:") == true && added.methods.contains(.native))
            #expect(try await fleet.inventory.hosts(.hosts(["tag:fast"])).map(\.name) == ["pc"])
            #expect(try await fleet.hosts.ping(.hosts(["pc"])).result.map(\.failure) == [nil])
            let pinned = try await fleet.hosts.pin(.all, .trust).result
            #expect(try #require(pinned.first).value.pinned == false)
            #expect(try pinned.first?.value.fingerprint == added.fingerprint)
            let other = try SSHKeyPair(.ed25519, in: keys, name: "other").publicFields
            let changed = "[\(server.address)]:\(server.port) \(other)\n"
            try project.folder.write(changed, to: "inventory/known_hosts")
            #expect(try await fleet.hosts.pin(.all, .trust).result.map(\.failure?.kind) == [.hostKey])
            let replaced = try await fleet.hosts.pin(.all, .trust, replacing: true).result
            #expect(try replaced.map { try $0.value.fingerprint } == [added.fingerprint])
            #expect(try await fleet.hosts.remove("pc").result == "pc")
            #expect(try await fleet.inventory.hosts().isEmpty)
            let quiet = try await fleet.hosts.add(NewHost("later"), .trust, isCalled: false).result
            #expect(quiet.fingerprint == nil && quiet.facts == nil)
        }
    }
}
