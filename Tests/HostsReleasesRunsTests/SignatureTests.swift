import FleetBase
import FleetConfig
import FleetPackage
import FleetSSH
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts

/// A manifest and keys of a test's own, and ssh-keygen beside them.
struct SigningFixture {
    let folder: TemporaryFolder
    let manifest: Manifest
    let key: SSHKeyPair

    init() throws {
        folder = try TemporaryFolder()
        manifest = try Self.manifest("1.0.0")
        key = try SSHKeyPair(.ed25519, in: folder)
    }

    static func manifest(_ version: String) throws -> Manifest {
        try Manifest(name: "demo", declaredVersion: version, metadata: .object(["ñ": .integer(1)]), entries: [])
    }

    static func signer(_ pair: SSHKeyPair, agent: String? = nil) throws -> ManifestSigner {
        let signer = try FileSigner(pair.path, agentSocket: agent)
        return ManifestSigner(publicKey: try #require(SigningPublicKey(blob: signer.publicKey)), sign: signer.sign)
    }

    /// What ssh-keygen signs, as its `-Y sign` prints it.
    func signedBySSHKeygen(
        _ pair: SSHKeyPair? = nil, namespace: String = "fleet-package", options: [String] = []
    ) throws -> String {
        let words = ["ssh-keygen", "-q", "-Y", "sign", "-f", (pair ?? key).path, "-n", namespace] + options
        return String(decoding: try Program.run(words, input: manifest.canonicalBytes), as: UTF8.self)
    }

    func isVerifiedBySSHKeygen(_ signature: ManifestSignature, _ manifest: Manifest) throws -> Bool {
        let file = try folder.write(signature.text, to: "sig")
        let allowed = try folder.write("ana@home namespaces=\"fleet-*\" \(try key.publicFields)\n", to: "allowed")
        let words = [
            "ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "ana@home", "-n", "fleet-package", "-s", file,
        ]
        return (try? Program.run(words, input: manifest.canonicalBytes)) != nil
    }

    func message(_ text: String) -> String? {
        do {
            _ = try ManifestSignature(parsing: text)
            return nil
        } catch {
            return error.message.text(in: .english)
        }
    }
}

@Suite struct SignatureTests {
    private let fixture: SigningFixture

    init() throws { fixture = try SigningFixture() }

    @Test func isVerifiedBySSHKeygen() throws {
        let signature = try ManifestSignature(of: fixture.manifest, by: SigningFixture.signer(fixture.key))
        #expect(try fixture.isVerifiedBySSHKeygen(signature, fixture.manifest))
        #expect(try !fixture.isVerifiedBySSHKeygen(signature, SigningFixture.manifest("1.0.1")))
    }

    @Test func isByteForByteWhatSSHKeygenWrites() throws {
        let signature = try ManifestSignature(of: fixture.manifest, by: SigningFixture.signer(fixture.key))
        #expect(try signature.text == fixture.signedBySSHKeygen())
    }

    @Test func verifiesWhatSSHKeygenSigns() throws {
        let signature = try ManifestSignature(parsing: fixture.signedBySSHKeygen())
        #expect(signature.isValid(for: fixture.manifest))
        #expect(signature.publicKey.blob == (try fixture.key.publicBlob))
    }

    @Test func refusesAChangedManifest() throws {
        let signature = try ManifestSignature(parsing: fixture.signedBySSHKeygen())
        #expect(try !signature.isValid(for: SigningFixture.manifest("1.0.1")))
    }

    @Test func readsItsOwnText() throws {
        let signature = try ManifestSignature(of: fixture.manifest, by: SigningFixture.signer(fixture.key))
        #expect(try ManifestSignature(parsing: signature.text) == signature)
    }

    @Test func tellsFingerprintsAsSSHKeygenDoes() throws {
        let signature = try ManifestSignature(parsing: fixture.signedBySSHKeygen())
        let line = try Program.text(["ssh-keygen", "-l", "-f", fixture.key.path + ".pub"])
        #expect(line.contains(" \(signature.publicKey) "))
    }

    @Test func signsWithAKeyThatOnlyTheAgentCanOpen() throws {
        let agent = try SSHAgentProcess([fixture.key])
        try Program.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-a", "1", "-f", fixture.key.path])
        let signer = try SigningFixture.signer(fixture.key, agent: agent.socket)
        let signature = try ManifestSignature(of: fixture.manifest, by: signer)
        #expect(try fixture.isVerifiedBySSHKeygen(signature, fixture.manifest))
    }

    @Test func signsWithAPublicFileWhoseOtherHalfTheAgentHas() throws {
        let agent = try SSHAgentProcess([fixture.key])
        try FileManager.default.removeItem(atPath: fixture.key.path)
        let signer = try SigningFixture.signer(fixture.key, agent: agent.socket)
        #expect(try ManifestSignature(of: fixture.manifest, by: signer).isValid(for: fixture.manifest))
    }

    @Test func refusesAPassphraseThatNobodyTells() throws {
        let pair = try SSHKeyPair(.ed25519, in: fixture.folder, name: "locked", passphrase: "secret")
        #expect(throws: KeyFileError.self) { try FileSigner(pair.path, agentSocket: nil) }
    }

    @Test(arguments: [SSHKeyPair.Kind.rsa2048, .ecdsa256]) func refusesOtherKindsOfKeys(kind: SSHKeyPair.Kind) throws {
        let pair = try SSHKeyPair(kind, in: fixture.folder, name: "other")
        #expect(throws: KeyFileError.self) { try FileSigner(pair.path, agentSocket: nil) }
        #expect(try fixture.message(fixture.signedBySSHKeygen(pair)) == "the signature is not of an Ed25519 key")
    }

    @Test func refusesAnotherNamespace() throws {
        let message = try fixture.message(fixture.signedBySSHKeygen(namespace: "file"))
        #expect(message == "the signature is for \"file\", not for \"fleet-package\"")
    }

    @Test func refusesAnotherHash() throws {
        let message = try fixture.message(fixture.signedBySSHKeygen(options: ["-O", "hashalg=sha256"]))
        #expect(message == "the signature's hash is sha256, not sha512")
    }

    /// Every text that is cut or has a wrong byte is refused, or is no signature of this manifest; nothing crashes.
    @Test func refusesGarbage() throws {
        let text = try fixture.signedBySSHKeygen()
        for end in stride(from: 0, to: text.utf8.count - 1, by: 3) {
            #expect(fixture.message(String(text.prefix(end))) != nil)
        }
        let lines = text.split(separator: "\n")
        let blob = Array(try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined())))
        for index in blob.indices {
            var changed = blob
            changed[index] ^= 0x21
            let armoured = "\(lines[0])\n\(Data(changed).base64EncodedString())\n\(lines[lines.count - 1])\n"
            let isValid = (try? ManifestSignature(parsing: armoured))?.isValid(for: fixture.manifest) ?? false
            #expect(!isValid, "byte \(index)")
        }
        for text in ["", "\n", "{}", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n"] {
            #expect(fixture.message(text) != nil)
        }
    }
}
