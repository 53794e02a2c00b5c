import FleetTesting
import Foundation
import Testing

@Suite struct KeysCommandTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary.inProject() }

    private func key(_ words: String...) throws -> [String: Any] {
        try fleet.run(["keys"] + words + ["--json"]).json()
    }

    private func requireSigned() throws {
        let text = try fleet.folder.read("inventory/hosts.yaml")
        try fleet.folder.write(
            text.replacing("defaults:\n", with: "signing_key: fleet\ndefaults:\n  require_signed: true\n"),
            to: "inventory/hosts.yaml")
        let root = "root: \(fleet.folder.path)/host\n"
        let changed = try fleet.folder.read("inventory/hosts.yaml")
            .replacing("    transport: local", with: "    \(root)    transport: local")
        try fleet.folder.write(changed, to: "inventory/hosts.yaml")
    }

    @Test func makesAKeyForItsOwnerAlone() throws {
        let key = try key("new")
        let path = try #require(key["path"] as? String)
        #expect(path.hasSuffix("/.config/fleet/keys/fleet"))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let fingerprint = try #require(key["fingerprint"] as? String)
        #expect(try Program.text(["ssh-keygen", "-l", "-f", path]).contains(fingerprint))
    }

    @Test func keepsAKeyInTheProject() throws {
        let path = try #require(try key("new", "team", "--in-project", "--identity", "team@x")["path"] as? String)
        #expect(path == fleet.folder.path + "/.fleet/keys/team")
        #expect(
            try fleet.run("keys", "show", "team").output.hasPrefix("team@x namespaces=\"fleet-package\" ssh-ed25519 "))
    }

    @Test func neverWritesOverAKey() throws {
        let first = try #require(try key("new")["line"] as? String)
        let result = try fleet.run("keys", "new")
        #expect(result.status == 4 && result.error.contains("already"))
        #expect(try fleet.run("keys", "show").output == first + "\n")
    }

    @Test(arguments: ["../up", ".hidden", "a b", "-q", "a.pub"]) func refusesNames(name: String) throws {
        #expect(try fleet.run("keys", "new", "--", name).status == 4)
    }

    @Test func listsKeys() throws {
        #expect(try fleet.run("keys").error.contains("fleet keys new"))
        _ = try key("new", "b")
        _ = try key("new", "a", "--in-project")
        let keys = try #require(try key("list")["keys"] as? [[String: Any]])
        #expect(keys.compactMap { $0["name"] as? String } == ["a", "b"])
        #expect(try fleet.run("keys", language: "es_ES.UTF-8").output.contains("HUELLA"))
    }

    @Test func tellsAKeyThatIsNotThere() throws {
        let result = try fleet.run("package", "--sign", "nobody")
        #expect(result.status == 4 && result.error.contains("there is no key \"nobody\""))
        #expect(result.error.contains("fleet keys new nobody"))
    }

    @Test func signsWithAnyEd25519Key() throws {
        let pair = try SSHKeyPair(.ed25519, in: fleet.folder)
        let packages = try #require(try fleet.run("package", "--sign", "./id", "--json").json()["packages"] as? [Any])
        let signer = try #require((packages.first as? [String: Any])?["signer"] as? String)
        #expect(try Program.text(["ssh-keygen", "-l", "-f", pair.path]).contains(signer))
    }

    @Test func saysNullForAPackageThatNobodySigned() throws {
        #expect(try fleet.run("package", "--json").output.contains("\"signer\":null"))
    }

    @Test func refusesAnotherKindOfKey() throws {
        _ = try SSHKeyPair(.ecdsa256, in: fleet.folder)
        let result = try fleet.run("package", "--sign", "./id")
        #expect(result.status == 4 && result.error.contains("not an Ed25519 key"))
    }

    /// The whole way of a person: a key, its line, a host that asks for it.
    @Test func pushesAndRunsWithTheKeyOfTheInventory() throws {
        try requireSigned()
        #expect(try fleet.run("push", "--all").status == 4)
        _ = try key("new")
        let refused = try fleet.run("push", "--all", "--json")
        #expect(refused.status == 3 && refused.output.contains("\"class\":\"push\""), "\(refused.output)")
        try fleet.folder.write(try fleet.run("keys", "show").output, to: "inventory/allowed_signers")
        let check = try fleet.run("check")
        #expect(check.status == 0 && check.output.contains("inventory/allowed_signers: good"))
        let pushed = try fleet.run("push", "--all")
        #expect(pushed.status == 0 && pushed.output.contains("pushed"), "\(pushed.error)")
        #expect(try fleet.run("run", "hello").status == 0)
    }

    @Test func checksTheFileOfSigners() throws {
        try fleet.folder.write("ana ssh-rsa AAAA\n", to: "inventory/allowed_signers")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("inventory/allowed_signers:1:1: a key of the kind ssh-rsa"))
    }

    @Test func refusesAnUnsignedBundle() throws {
        try requireSigned()
        _ = try key("new")
        try fleet.folder.write("# nobody\n", to: "inventory/allowed_signers")
        let result = try fleet.run("package", "hello", "--for", "localhost")
        #expect(result.status != 0 && result.error.contains("signed by a stranger"))
    }

    @Test func carriesTheSignatureInABundle() throws {
        try requireSigned()
        _ = try key("new")
        try fleet.folder.write(try fleet.run("keys", "show").output, to: "inventory/allowed_signers")
        #expect(try fleet.run("package", "hello", "--for", "localhost").status == 0)
        let install = """
            cd \(fleet.folder.path)/.fleet/bundles && tar -xzf localhost-*.tar.gz && cd hello-* && sh install.sh >&2
            cat \(fleet.folder.path)/host/packages/hello/current/.fleet-manifest.json.sig
            """
        #expect(try Program.text(["sh", "-c", install]).hasPrefix("-----BEGIN SSH SIGNATURE-----"))
    }

    @Test func staysAnErrorElsewhere() throws {
        try fleet.folder.write("defaults: { signing_key: fleet }\n", to: "inventory/hosts.yaml")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("unknown key \"signing_key\""))
    }
}
