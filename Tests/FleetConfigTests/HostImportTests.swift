import FleetBase
import Testing

@testable import FleetConfig

@Suite struct WorkersImportTests {
    private func read(_ text: String) throws -> HostImport {
        try HostImport(parsing: text, file: "config_workers.json")
    }

    @Test func readsAListBelowWorkers() throws {
        let result = try read(#"{"workers": [{"id": "vm1", "ip": "192.0.2.5", "port": 5000, "user": "ana"}]}"#)
        #expect(result.hosts.map(\.name.text) == ["vm1"] && result.hosts[0].address == "192.0.2.5")
        #expect(result.hosts[0].user == "ana")
    }

    @Test func leavesTheHTTPPortOutWithANote() throws {
        let result = try read(#"[{"id": "vm1", "ip": "192.0.2.5", "port": 5000}]"#)
        #expect(result.hosts[0].port == nil)
        #expect(
            result.notes.map { $0.text(in: .english) } == [
                "vm1: port 5000 is the worker's HTTP port, not SSH's, and is left out"
            ])
    }

    @Test func takesPort22() throws { #expect(try read(#"[{"ip": "a", "port": 22}]"#).hosts[0].port == .ssh) }

    @Test func namesWorkersInOrder() throws {
        let result = try read(#"[{"host": "http://192.0.2.5:5000"}, {"url": "https://192.0.2.6/x"}, "192.0.2.7"]"#)
        #expect(result.hosts.map(\.name.text) == ["worker-01", "worker-02", "worker-03"])
        #expect(result.hosts.map(\.address) == ["192.0.2.5", "192.0.2.6", "192.0.2.7"])
    }

    @Test func namesWorkersByTheirNumbers() throws {
        #expect(try read(#"[{"worker_id": 7, "ip": "a"}]"#).hosts[0].name.text == "worker-07")
    }

    @Test func readsAMappingInItsOrder() throws {
        let result = try read("{\n\t\"slaves\": {\n\t\t\"pc\": {\"address\": \"a\"},\n\t\t\"laptop\": \"b\"\n\t}\n}")
        #expect(result.hosts.map(\.name.text) == ["pc", "laptop"])
    }

    @Test func makesNamesThatAreAllowed() throws {
        let result = try read(#"[{"name": "my pc", "ip": "a"}, {"name": "my/pc", "ip": "b"}]"#)
        #expect(result.hosts.map(\.name.text) == ["my-pc", "my-pc-2"] && result.notes.count == 2)
    }

    /// Names are cut, and a range makes thousands that are cut to the same: looking for each number anew would take as
    /// long as the cube of them.
    @Test func thousandsOfHostsOfOneNameAreNumbered() throws {
        let long = String(repeating: "x", count: 60)
        let result = try HostImport(
            parsing: "[web]\n\(long)[1:4000]\n\(long)-7\n\(long)\n", file: "hosts", kind: .ansibleINI)
        let names = result.hosts.map(\.name.text)
        #expect(Set(names).count == 4002 && names.prefix(3) == [long, long + "-2", long + "-3"])
    }

    @Test(arguments: ["{}", "[]", "{\"workers\": []}"]) func refusesAFileWithoutWorkers(text: String) {
        #expect(problem { try read(text) } == "config_workers.json: no hosts were found")
    }

    @Test func callsBrokenJSONByItsName() {
        #expect(problem { try read("[\n{\"ip\": ]") } == "config_workers.json:2:8: not valid JSON")
    }

    @Test func namesKeysLeftOut() throws {
        let notes = try read(#"[{"ip": "a", "cpu": 4}, {"ip": "b", "active": true}]"#).notes
        #expect(notes.map { $0.text(in: .english) } == ["keys of the workers left out: active, cpu"])
    }

    @Test func notesWorkersWithOneAddress() throws {
        let notes = try read(#"[{"id": "pc", "ip": "a"}, {"id": "mac", "ip": "a"}]"#).notes
        #expect(notes.map { $0.text(in: .english) } == ["mac has the same address as pc: a"])
    }

    @Test func saysWhichWorkerHasNoAddress() {
        #expect(problem { try read("[\n{\"id\": 1}]") } == "config_workers.json:2:1: no address in this worker")
    }

    @Test(arguments: [
        ("http://192.0.2.5:5000/x", nil, "192.0.2.5", "5000"), ("ana@vps:22", "ana", "vps", "22"),
        ("[2001:db8::1]:22", nil, "2001:db8::1", "22"), ("2001:db8::1", nil, "2001:db8::1", nil),
        ("vps", nil, "vps", nil),
    ])
    func takesEndpointsApart(text: String, user: String?, address: String, port: String?) {
        let endpoint = Endpoint(text)
        #expect(endpoint.user == user && endpoint.address == address && endpoint.port == port)
    }
}

@Suite struct AnsibleImportTests {
    private let ini = """
        # comment
        gate ansible_host=192.0.2.1 ansible_user=ana ansible_password=secret
        localhost ansible_connection=local

        [web]
        web[01:03].example.org:2222 ansible_user="eva"  # note
        [db]
        db-[a:b] ansible_ssh_private_key_file='~/.ssh/my key'
        [db:vars]
        ansible_port = 2022
        ansible_user=root
        [all:vars]
        ansible_user=leo
        [site:children]
        web
        db
        """

    private func host(_ name: String) throws -> HostDraft {
        try #require(try HostImport(parsing: ini, file: "hosts").hosts.first { $0.name.text == name })
    }

    @Test func expandsRanges() throws {
        #expect(
            try HostImport(parsing: ini, file: "hosts").hosts.map(\.name.text) == [
                "gate", "localhost", "web01.example.org", "web02.example.org", "web03.example.org", "db-a", "db-b",
            ])
    }

    @Test func readsHostVariables() throws {
        let gate = try host("gate")
        #expect(gate.address == "192.0.2.1" && gate.user == "ana")
    }

    @Test func readsAPortAfterTheName() throws {
        let web = try host("web02.example.org")
        #expect(web.port?.number == 2222 && web.user == "eva")
    }

    @Test func readsGroupVariables() throws {
        let db = try host("db-a")
        #expect(db.port?.number == 2022 && db.user == "root" && db.key == "~/.ssh/my key")
    }

    @Test func listsGroupsAndTheirParents() throws { #expect(try host("db-a").groups == ["db", "site"]) }

    @Test func knowsThisMachine() throws { #expect(try host("localhost").transport == .local) }

    @Test func namesVariablesLeftOut() throws {
        #expect(
            try HostImport(parsing: ini, file: "hosts").notes.map { $0.text(in: .english) } == [
                "variables left out: ansible_password"
            ])
    }

    @Test(arguments: [
        ("[web", "hosts:1:1: [web is not the head of a section"),
        ("[web:var]", "hosts:1:1: [web:var] is not the head of a section"),
        ("a\nweb[x]", "hosts:2:1: \"web[x]\" is not a range of hosts such as web[01:03]"),
        ("a b='c", "hosts:1:1: a quote is not closed in a b='c"),
        ("root:x:0:0:root:/root:/bin/sh", "hosts:1:1: \"root:x:0:0:root:/root:/bin/sh\" is not a host"),
        ("sync:x:4:5", "hosts:1:1: \"sync:x:4:5\" is not a host"), ("a:b", "hosts:1:1: \"a:b\" is not a host"),
        ("a\nhello world", "hosts:2:1: \"world\" is not a variable such as ansible_host=192.0.2.5"),
        ("[a:children]\nx y", "hosts:2:1: \"x y\" is not a group"), ("[web]", "hosts: no hosts were found"),
    ])
    func refusesBadLines(text: String, message: String) {
        #expect(problem { try HostImport(parsing: text, file: "hosts", kind: .ansibleINI) } == message)
    }

    @Test(arguments: ["2001:db8::1", "192.0.2.5", "a_b.example.org"]) func takesAddresses(text: String) throws {
        #expect(try HostImport(parsing: text, file: "hosts", kind: .ansibleINI).hosts.count == 1)
    }

    @Test func readsYAML() throws {
        let text = """
            all:
              vars: { ansible_user: leo }
              hosts:
                gate: { ansible_host: 192.0.2.1, ansible_port: 2222 }
              children:
                web:
                  hosts:
                    web[1:2]:
                  vars: { ansible_user: eva }
            """
        let hosts = try HostImport(parsing: text, file: "hosts.yml").hosts
        #expect(hosts.map(\.name.text) == ["gate", "web1", "web2"])
        #expect(hosts.map(\.user) == ["leo", "eva", "eva"])
        #expect(hosts[0].port?.number == 2222 && hosts[1].groups == ["web"])
    }
}

@Suite struct SSHConfigImportTests {
    private let config = """
        Host *.example.org !x.example.org
          User eva
        Host gate web.example.org
          HostName=%h.internal
          Port 2222
          IdentityFile "~/.ssh/gate key"
        host inner
            ProxyJump gate
            User ana
        Match user root
            Port 1
        Host *
          User leo
        """

    private func host(_ name: String) throws -> HostDraft {
        try #require(try HostImport(parsing: config, file: "config").hosts.first { $0.name.text == name })
    }

    @Test func takesConcreteNames() throws {
        #expect(
            try HostImport(parsing: config, file: "config").hosts.map(\.name.text) == [
                "gate", "web.example.org", "inner",
            ])
    }

    @Test func takesTheFirstValue() throws { #expect(try host("web.example.org").user == "eva") }

    @Test func takesValuesOfWildcards() throws { #expect(try host("gate").user == "leo") }

    @Test func fillsInTheName() throws { #expect(try host("gate").address == "gate.internal") }

    @Test func unquotesTheKey() throws { #expect(try host("gate").key == "~/.ssh/gate key") }

    @Test func takesTheJumpHost() throws {
        let inner = try host("inner")
        #expect(inner.jump == "gate" && inner.port == nil && inner.address == nil)
    }

    @Test func notesMatchBlocks() throws {
        #expect(
            try HostImport(parsing: config, file: "config").notes.map { $0.text(in: .english) } == [
                "config:10: this Match block is left out"
            ])
    }

    /// ssh refuses such a file, or a newer ssh knows the line: whoever imports it has to look.
    @Test func notesLinesThatItCannotRead() throws {
        let text = "\u{FEFF}Host a\nHost b\n HostName \"x\nHosts z\nPort 22x\n"
        let result = try HostImport(parsing: text, file: "config", kind: .sshConfig)
        #expect(result.hosts.map(\.name.text) == ["b"])
        #expect(
            result.notes.map { $0.text(in: .english) }.filter { $0.contains("left out: ") } == [
                "config:1: left out: this is not a keyword and its value", "config:3: left out: a quote is not closed",
                "config:4: left out: hosts is not understood with this value",
                "config:5: left out: port is not understood with this value",
            ])
    }

    /// The reader is that of connections: see SSHConfigTests for the rest.
    @Test func readsAsConnectionsDo() throws {
        let result = try HostImport(
            parsing:
                "Host Gate # the way in\r\n  User=ana # me\r\n  Port \"2222\"\r\nMatch all\r\n  IdentityFile ~/key\r\n",
            file: "config")
        let gate = try #require(result.hosts.first)
        #expect(result.hosts.map(\.name.text) == ["Gate"] && result.notes.isEmpty)
        #expect(gate.user == "ana" && gate.port?.number == 2222 && gate.key == "~/key")
    }

    @Test func notesProxyCommands() throws {
        let result = try HostImport(
            parsing: "Host a\n\n  ProxyCommand nc %h\nHost b\nProxyCommand none", file: "config")
        #expect(
            result.notes.map { $0.text(in: .english) } == [
                "config:3: ProxyCommand is left out: give the host to go through as jump"
            ])
    }
}

@Suite struct ImportKindTests {
    @Test(arguments: [
        ("x.json", "", ImportKind.workers), ("x", "[\n{}]", .workers), ("x", "[{}]", .workers),
        ("x", "{\"a\": 1}", .workers),
        ("hosts.yml", "all:", .ansibleYAML), ("x", "---\nall:\n  hosts:", .ansibleYAML),
        ("hosts", "[web]\na", .ansibleINI),
        ("hosts", "a ansible_host=b", .ansibleINI), ("/home/ana/.ssh/config", "User x", .sshConfig),
        ("x", "# c\nUser a\nHost b\n", .sshConfig),
    ])
    func tellsKindsApart(file: String, text: String, kind: ImportKind) {
        #expect(ImportKind(of: text, file: file) == kind)
    }
}
