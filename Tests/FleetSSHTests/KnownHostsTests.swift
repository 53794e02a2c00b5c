import FleetBase
import FleetTesting
import Testing

@testable import FleetSSH

/// known_hosts as ssh-keygen writes it and as people edit it.
@Suite struct KnownHostsTests {
    private let folder: TemporaryFolder
    private let pair: SSHKeyPair
    private let key: HostKey
    private let fields: String
    private let other: SSHKeyPair

    init() throws {
        folder = try TemporaryFolder()
        pair = try SSHKeyPair(.ed25519, in: folder)
        other = try SSHKeyPair(.ed25519, in: folder, name: "other")
        key = try #require(HostKey(blob: try pair.publicBlob))
        fields = try pair.publicFields
    }

    private func verdict(_ text: String, _ name: String = "pc", port: String = "22") throws -> KnownHosts.Verdict {
        var known = KnownHosts()
        known.read(text, file: "kh")
        return known.verdict(on: key, for: name, port: try Port(port))
    }

    @Test(arguments: ["pc", "*", "p?", "a,pc,b", "PC", "!other,*", "192.0.2.*,pc"])
    func trusts(names: String) throws {
        #expect(try verdict("\(names) \(fields)\n") == .trusted)
    }

    @Test(arguments: ["pd", "p", "pcc", "?", "!pc,*", "*,!pc", "[pc]:22", "[pc]:2222", "|1|x|y", "|1|", ""])
    func doesNotKnow(names: String) throws {
        #expect(try verdict("\(names) \(fields)\n") == .unknown)
    }

    @Test func readsNamesWithPorts() throws {
        #expect(try verdict("[pc]:2222 \(fields)\n", port: "2222") == .trusted)
    }

    @Test func readsHashesOfSSHKeygen() throws {
        try folder.write("pc \(fields)\n", to: "hashed")
        try Program.run(["ssh-keygen", "-H", "-f", folder.path + "/hashed"])
        let text = try folder.read("hashed")
        #expect(text.hasPrefix("|1|"))
        #expect(try verdict(text) == .trusted)
    }

    @Test func readsHashesWithPortsOfSSHKeygen() throws {
        try folder.write("[pc]:2222 \(fields)\n", to: "hashed")
        try Program.run(["ssh-keygen", "-H", "-f", folder.path + "/hashed"])
        #expect(try verdict(try folder.read("hashed"), port: "2222") == .trusted)
    }

    @Test func tellsWhereAnotherKeyIs() throws {
        #expect(try verdict("# mine\n\npc \(try other.publicFields)\n") == .changed(place: "kh:3"))
    }

    @Test func findsTheKeyAmongSeveral() throws {
        #expect(try verdict("pc \(try other.publicFields)\npc \(fields) a comment\n") == .trusted)
    }

    @Test func refusesRevokedKeys() throws {
        #expect(try verdict("pc \(fields)\n@revoked * \(fields)\n") == .revoked(place: "kh:2"))
    }

    @Test func doesNotMindOtherRevokedKeys() throws {
        #expect(try verdict("pc \(fields)\n@revoked * \(try other.publicFields)\n") == .trusted)
    }

    @Test func seesCertificateAuthorities() throws {
        #expect(try verdict("@cert-authority *.net,pc \(try other.publicFields)\n") == .needsCertificate(place: "kh:1"))
    }

    @Test func doesNotTrustTheKeyOfAnAuthority() throws {
        #expect(try verdict("@cert-authority pc \(fields)\n") == .needsCertificate(place: "kh:1"))
    }

    @Test func ignoresUnknownMarkers() throws {
        #expect(try verdict("@nonsense pc \(fields)\n") == .unknown)
    }

    @Test func passesOverJunk() throws {
        let junk = "pc\npc ssh-ed25519\n@revoked\n|1|\n\u{0}\u{ffff}\nssh-rsa AAAA\n\t \n"
        #expect(try verdict(junk + "pc \(fields)\n") == .trusted)
    }

    @Test func readsTabsAndLineEndsOfWindows() throws {
        #expect(try verdict("# written elsewhere\r\n\tpc\t\(fields)\r\nx \(fields)\r\n") == .trusted)
    }

    @Test func readsALastLineWithoutItsEnd() throws {
        #expect(try verdict("pc \(fields)") == .trusted)
    }

    @Test func listsTheAlgorithmsOfAName() throws {
        let ecdsa = try SSHKeyPair(.ecdsa256, in: folder, name: "ecdsa")
        var known = KnownHosts()
        known.read("pc \(fields)\n* \(try ecdsa.publicFields)\n@revoked pc \(fields)\nx \(fields)\n", file: "kh")
        #expect(known.algorithms(for: "pc", port: .ssh) == ["ssh-ed25519", "ecdsa-sha2-nistp256"])
    }

    @Test func readsSeveralFilesAndMissesNone() throws {
        let first = try folder.write("a \(fields)\n", to: "first")
        let second = try folder.write("pc \(fields)\n", to: "second")
        let known = KnownHosts(files: [first, folder.path + "/missing", second])
        #expect(known.verdict(on: key, for: "pc", port: .ssh) == .trusted)
    }

    @Test func printsTheFingerprintOfSSHKeygen() throws {
        let line = try Program.text(["ssh-keygen", "-l", "-f", pair.path + ".pub"])
        #expect(line.split(separator: " ")[1] == key.fingerprint)
    }

    @Test func aKeyOfAnotherKindIsNoSignOfAnAttack() throws {
        let rsa = try SSHKeyPair(.rsa2048, in: folder, name: "rsa")
        #expect(try verdict("pc \(try rsa.publicFields)\n") == .otherKind(place: "kh:1"))
    }

    /// As ssh has it: the key is trusted, another one there says nothing about this port.
    @Test(arguments: ["pc", "p*", "*"])
    func aLineWithoutAPortCountsForOtherPorts(names: String) throws {
        var known = KnownHosts()
        known.read("\(names) \(fields)\n", file: "kh")
        #expect(known.verdict(on: key, for: "pc", port: try Port("2391")) == .trusted)
        var wrong = KnownHosts()
        wrong.read("\(names) \(try other.publicFields)\n[pc]:2222 \(fields)\n", file: "kh")
        // * is a name of each port.
        let verdict = names == "*" ? KnownHosts.Verdict.changed(place: "kh:1") : .unknown
        #expect(wrong.verdict(on: key, for: "pc", port: try Port("2391")) == verdict)
    }
}
