import FleetBase
import Testing

@testable import FleetConfig

@Suite struct InventoryTests {
    static let example = """
        defaults:
          user: ana
          port: 22
          key: ~/.ssh/id_ed25519
          known_hosts: inventory/known_hosts
        hosts:
          pc-leo:
            address: 192.0.2.100
            tags: [gpu, fast]
            slots: 8
          vps:
            address: vps.example.org
            jump: pc-leo
            root: /srv/fleet
          pc:
        groups:
          home: { hosts: [pc-leo], user: leo, tags: home }
          all-of-them: { groups: [home], hosts: [pc], user: eva, slots: 2 }
        """

    private func host(_ name: String, _ text: String = example) throws -> Host {
        try #require(try inventory(text)[HostName(name)])
    }

    @Test func keepsTheOrderOfTheFile() throws {
        #expect(try inventory(Self.example).hosts.map(\.name.text) == ["pc-leo", "vps", "pc"])
    }

    @Test func keepsEventsForAMonthUnlessItSaysOtherwise() throws {
        let usual = try inventory(Self.example).keepEvents
        #expect(usual.age == .seconds(30 * 24 * 3600) && usual.count == 200_000)
        let own = try inventory("keep_events: { age: 2h, count: 50 }\nhosts: {}\n").keepEvents
        #expect(own.age == .seconds(7200) && own.count == 50)
    }

    @Test(arguments: ["{ count: 0 }", "{ age: 0s }", "{ age: x }", "{ size: 1 }", "5"])
    func refusesARetentionThatIsNone(text: String) {
        #expect(throws: ConfigError.self) { try inventory("keep_events: \(text)\nhosts: {}\n") }
    }

    @Test func takesTheNameAsAddress() throws { #expect(try host("pc").address == "pc") }

    @Test func appliesDefaults() throws { #expect(try host("vps").user == "ana") }

    @Test func prefersTheFirstGroupOverDefaultsAndLaterGroups() throws { #expect(try host("pc-leo").user == "leo") }

    @Test func prefersTheHostOverItsGroups() throws { #expect(try host("pc-leo").slots == 8) }

    @Test func unitesTags() throws { #expect(try host("pc-leo").tags == ["gpu", "fast", "home"]) }

    @Test func countsHostsOfInnerGroups() throws { #expect(try host("pc-leo").groups == ["home", "all-of-them"]) }

    @Test func listsGroupMembersInInventoryOrder() throws {
        #expect(try inventory(Self.example).groups.map { $0.hosts.map(\.text) } == [["pc-leo"], ["pc-leo", "pc"]])
    }

    @Test func expandsTheHomeFolder() throws { #expect(try host("vps").key == "/home/ana/.ssh/id_ed25519") }

    @Test func resolvesRelativePathsInTheProject() throws {
        #expect(try host("vps").knownHosts == ["/project/inventory/known_hosts"])
    }

    @Test func leavesOpenWhatNobodySaid() throws {
        let host = try host("a", "hosts: { a: }")
        #expect(host.user == nil && host.port == nil && host.key == nil && host.transport == .ssh)
    }

    @Test func readsAnEmptyFile() throws { #expect(try inventory("").hosts.isEmpty) }

    @Test func readsConnectTimeout() throws {
        #expect(try host("a", "hosts: { a: { connect_timeout: 500ms } }").connectTimeout == .milliseconds(500))
    }

    @Test func allowsAnUnknownJumpHost() throws {
        #expect(try host("a", "hosts: { a: { jump: 'eva@gate:2222' } }").jump == "eva@gate:2222")
    }

    @Test func dropsAnInheritedJumpToItself() throws {
        #expect(try host("gate", "defaults: { jump: gate }\nhosts: { gate: , a: }").jump == nil)
    }

    @Test func takesNoneForNoJump() throws {
        #expect(try host("a", "defaults: { jump: gate }\nhosts: { a: { jump: none } }").jump == nil)
    }

    @Test func acceptsLocalhost() throws {
        #expect(try host("localhost", "hosts: { localhost: { transport: local } }").transport == .local)
    }

    @Test(arguments: [
        ("hosts: { a: { usr: leo } }", "hosts.yaml:1:15: unknown key \"usr\", did you mean \"user\"?"),
        ("hosts: { a: { port: 70000 } }", "hosts.yaml:1:21: \"70000\" is not a port (1 to 65535)"),
        ("hosts: { a: { slots: 0 } }", "hosts.yaml:1:22: 0 is below the minimum 1"),
        ("hosts: { a: { slots: many } }", "hosts.yaml:1:22: expected a whole number, found many"),
        ("hosts: { a: { transport: rsh } }", "hosts.yaml:1:26: \"rsh\" is none of: ssh, local"),
        ("hosts: { a: [x] }", "hosts.yaml:1:13: expected a mapping, found a list"),
        ("hosts: [a]", "hosts.yaml:1:8: expected a mapping, found a list"),
        ("hosts: { -a: }", "hosts.yaml:1:10: \"-a\" can't be the name of a host"),
        ("hosts: { a: { require_signed: no } }", "hosts.yaml:1:31: expected true or false, found no"),
        ("host: { a: }", "hosts.yaml:1:1: unknown key \"host\", did you mean \"hosts\"?"),
        ("hosts: { a: { jump: a } }", "hosts.yaml:1:10: jump hosts in a circle: a → a"),
        (
            "hosts: { a: { jump: b }, b: { jump: 'x,c' }, c: { jump: a } }",
            "hosts.yaml:1:46: jump hosts in a circle: a → b → c → a"
        ),
        (
            "hosts: { pc-leo: }\ngroups: { home: { hosts: [pcleo] } }",
            "hosts.yaml:2:27: unknown host \"pcleo\", did you mean \"pc-leo\"?"
        ),
        ("groups: { a: { groups: [b] }, b: { groups: [a] } }", "hosts.yaml:1:45: groups in a circle: a → b → a"),
        ("groups: { a: { groups: [a] } }", "hosts.yaml:1:25: groups in a circle: a → a"),
        ("groups: { a: { groups: [zz] } }", "hosts.yaml:1:25: unknown group \"zz\""),
        (
            "hosts: { a: { transport: local } }",
            "hosts.yaml:1:10: \"transport: local\" is this machine, but the address is a"
        ),
    ])
    func refuses(text: String, message: String) {
        #expect(problem { try inventory(text) } == message)
    }
}
