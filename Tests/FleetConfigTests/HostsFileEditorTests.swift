import FleetBase
import FleetTesting
import Testing

@testable import FleetConfig

@Suite struct HostsFileEditorTests {
    private static let example = """
        # Our machines.
        defaults:
            user: ana   # everywhere

        hosts:
            # the fast one
            pc-leo:
                address: 192.0.2.100   # static
                tags: [gpu, fast]

            # rented
            # until May
            vps: { address: vps.example.org, jump: pc-leo }
            pc:
        # end of hosts
        groups:
            home: { hosts: [pc-leo, pc], user: leo }
            far:
                hosts:
                    - vps   # only this
                    - pc
        # the end

        """

    private func edited(
        _ text: String = example, _ edit: (inout HostsFileEditor) throws -> Void
    ) throws -> String {
        var editor = try HostsFileEditor(parsing: text, file: "hosts.yaml", paths: paths)
        try edit(&editor)
        return editor.text
    }

    private func host(_ name: String, address: String? = nil, groups: [String] = []) throws -> HostDraft {
        var host = try HostDraft(name: HostName(name))
        host.address = address
        host.groups = groups
        return host
    }

    @Test func addsAfterTheLastHostWithTheFilesIndentation() throws {
        let text = try edited { try $0.add(host("nas", address: "192.0.2.9")) }
        let added = "    pc:\n    nas:\n        address: 192.0.2.9\n# end"
        #expect(text == Self.example.replacing("    pc:\n# end", with: added))
    }

    @Test func addsToBothKindsOfLists() throws {
        let text = try edited { try $0.add(host("nas", groups: ["home", "far"])) }
        let wanted = Self.example.replacing("    pc:\n# end", with: "    pc:\n    nas:\n# end")
            .replacing("[pc-leo, pc]", with: "[pc-leo, pc, nas]").replacing("- pc\n", with: "- pc\n            - nas\n")
        #expect(text == wanted)
    }

    @Test func makesTheGroupsThatAreMissing() throws {
        let text = try edited("hosts:\n  a:\n") { try $0.add(host("b", groups: ["lab"])) }
        #expect(text == "hosts:\n  a:\n  b:\ngroups:\n  lab:\n    hosts: [b]\n")
    }

    @Test(arguments: [
        ("", "hosts:\n  a:\n    address: x\n"), ("# mine\n", "# mine\nhosts:\n  a:\n    address: x\n"),
        ("hosts:", "hosts:\n  a:\n    address: x\n"), ("hosts: {}  # none\n", "hosts:  # none\n  a:\n    address: x\n"),
        ("hosts: ~\n", "hosts:\n  a:\n    address: x\n"), ("{}", "\nhosts:\n  a:\n    address: x\n"),
        ("hosts: { b: }\n", "hosts: { b: , a: { address: x } }\n"),
        ("hosts: { b: { user: c } }\n", "hosts: { b: { user: c }, a: { address: x } }\n"),
        ("defaults: { user: b }", "defaults: { user: b }\nhosts:\n  a:\n    address: x\n"),
        ("hosts:\r\n  b:\r\n", "hosts:\r\n  b:\r\n  a:\r\n    address: x\r\n"),
    ])
    func addsToAnyForm(text: String, wanted: String) throws {
        #expect(try edited(text) { try $0.add(host("a", address: "x")) } == wanted)
    }

    @Test func writesEverySetting() throws {
        var draft = try host("a", address: "::1")
        draft.port = .ssh
        draft.slots = 4
        draft.tags = ["x", "a b"]
        draft.key = "~/.ssh/id"
        let text = try edited("") { try $0.add(draft) }
        #expect(
            text
                == "hosts:\n  a:\n    address: \"::1\"\n    port: 22\n    key: ~/.ssh/id\n    slots: 4\n    tags: [x, \"a b\"]\n"
        )
    }

    @Test func removesAHostWithItsCommentsAndMemberships() throws {
        let text = try edited { try $0.remove(HostName("vps")) }
        let comments = "    # rented\n    # until May\n"
        let wanted = Self.example.replacing(
            comments + "    vps: { address: vps.example.org, jump: pc-leo }\n", with: ""
        )
        .replacing("            - vps   # only this\n", with: "")
        #expect(text == wanted)
    }

    @Test func removesABlockHostAndLeavesTheJumpToIt() throws {
        let text = try edited { try $0.remove(HostName("pc-leo")) }
        let block =
            "    # the fast one\n    pc-leo:\n        address: 192.0.2.100   # static\n        tags: [gpu, fast]\n"
        #expect(text == Self.example.replacing(block, with: "").replacing("[pc-leo, pc]", with: "[pc]"))
    }

    @Test func removesTheLastOneOfAFlowMapping() throws {
        #expect(try edited("hosts: { a: , b: }\n") { try $0.remove(HostName("b")) } == "hosts: { a: }\n")
    }

    @Test func removesTheOnlyHost() throws {
        #expect(try edited("hosts:\n  a:\n# end\n") { try $0.remove(HostName("a")) } == "hosts:\n# end\n")
    }

    @Test func removesAHostThatIsTwiceInAGroup() throws {
        let text = "hosts: { a: , b: }\ngroups: { g: { hosts: [a, b, a] } }\n"
        #expect(try edited(text) { try $0.remove(HostName("a")) } == "hosts: { b: }\ngroups: { g: { hosts: [b] } }\n")
    }

    @Test func replacesAValue() throws {
        let text = try edited { try $0.set("address", of: HostName("pc-leo"), to: .text("192.0.2.7")) }
        #expect(text == Self.example.replacing("192.0.2.100", with: "192.0.2.7"))
    }

    @Test func addsAKeyToABlock() throws {
        let text = try edited { try $0.set("slots", of: HostName("pc-leo"), to: .text("8")) }
        #expect(text == Self.example.replacing("[gpu, fast]\n", with: "[gpu, fast]\n        slots: 8\n"))
    }

    @Test func addsAKeyToAFlowMapping() throws {
        let text = try edited { try $0.set("tags", of: HostName("vps"), to: .list(["far"])) }
        #expect(text == Self.example.replacing("jump: pc-leo }", with: "jump: pc-leo, tags: [far] }"))
    }

    @Test func addsAKeyToAHostWithoutSettings() throws {
        let text = try edited { try $0.set("user", of: HostName("pc"), to: .text("eva")) }
        #expect(text == Self.example.replacing("    pc:\n#", with: "    pc:\n        user: eva\n#"))
    }

    @Test func replacesABlockList() throws {
        let text = "hosts:\n  a:\n    tags:\n      - x\n      - y\n    user: b\n"
        let result = try edited(text) { try $0.set("tags", of: HostName("a"), to: .list(["z"])) }
        #expect(result == "hosts:\n  a:\n    tags:\n      [z]\n    user: b\n")
    }

    @Test func takesAKeyAway() throws {
        let text = try edited { try $0.set("tags", of: HostName("pc-leo"), to: nil) }
        #expect(text == Self.example.replacing("        tags: [gpu, fast]\n", with: ""))
    }

    @Test func keepsOtherScripts() throws {
        let text = "# ñandú\nhosts:\n  a: { user: \"ü\" }  # ☂\n"
        let result = try edited(text) { try $0.set("user", of: HostName("a"), to: .text("é")) }
        #expect(result == "# ñandú\nhosts:\n  a: { user: é }  # ☂\n")
    }

    @Test func refusesWhatTheAliasWouldSpread() {
        let text = "hosts:\n  a: &x\n    user: b\n  c: *x\n"
        let message = problem { try edited(text) { try $0.set("user", of: HostName("c"), to: .text("d")) } }
        #expect(message.hasSuffix("written in a way that can't be changed here without harm"))
    }

    @Test func refusesToRemoveAnAnchorInUse() {
        let text = "hosts:\n  a: &x\n    user: b\n  c: *x\n"
        #expect(problem { try edited(text) { try $0.remove(HostName("a")) } }.hasSuffix("without harm"))
    }

    @Test func refusesAKeyThatHostsDoNotHave() {
        #expect(
            problem { try edited { try $0.set("usr", of: HostName("pc"), to: .text("x")) } }
                .hasSuffix("unknown key \"usr\", did you mean \"user\"?"))
    }

    @Test func changesNothingAfterAnError() throws {
        var editor = try HostsFileEditor(parsing: Self.example, file: "hosts.yaml", paths: paths)
        #expect(throws: ConfigError.self) { try editor.set("port", of: HostName("pc"), to: .text("x")) }
        #expect(editor.text == Self.example)
    }

    @Test func refusesAHostThatIsThere() {
        #expect(
            problem { try edited { try $0.add(host("pc")) } }
                == "hosts.yaml:14:5: the host pc is in the inventory already")
    }

    @Test func refusesAHostThatIsNot() {
        #expect(
            problem { try edited { try $0.remove(HostName("pcleo")) } }
                == "unknown host \"pcleo\", did you mean \"pc-leo\"?")
    }

    @Test func losesNoChangeOfOthers() async throws {
        let folder = try TemporaryFolder()
        let (file, lock) = (folder.path + "/inventory/hosts.yaml", folder.path + "/.fleet/inventory.lock")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                let draft = try host("h\(number)")
                group.addTask {
                    try HostsFileEditor.update(file: file, paths: paths, lock: lock) { editor throws(ConfigError) in
                        try editor.add(draft)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try HostsFileEditor(file: file, paths: paths).inventory.hosts.count == 20)
    }

    @Test func savesANewFile() throws {
        let folder = try TemporaryFolder()
        var editor = try HostsFileEditor(file: folder.path + "/inventory/hosts.yaml", paths: paths)
        try editor.add(host("a"))
        try editor.save()
        #expect(try folder.read("inventory/hosts.yaml") == "hosts:\n  a:\n")
    }

    @Test(arguments: [
        ("a b", "\"a b\""), ("no", "no"), ("~", "\"~\""), ("", "\"\""), ("null", "\"null\""),
        ("a\"b\\", "\"a\\\"b\\\\\""),
        ("-x", "\"-x\""), ("# x", "\"# x\""), ("u@h:22", "\"u@h:22\""), ("a\nb", "\"a\\nb\""), ("é", "é"),
        ("\u{7F}", "\"\\x7f\""),
        ("/srv/x", "/srv/x"), ("[a]", "\"[a]\""),
    ])
    func writesScalarsThatReadBack(text: String, written: String) throws {
        #expect(YAMLDraft.scalar(text) == written)
        #expect(try yaml("[\(written)]").strings() == [text])
    }
}
