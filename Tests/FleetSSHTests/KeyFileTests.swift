import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

/// Key files as ssh-keygen and openssl write them.
@Suite struct KeyFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    struct Case: Sendable, CustomTestStringConvertible {
        let kind: SSHKeyPair.Kind
        let format: SSHKeyPair.Format
        var testDescription: String { "\(kind) \(format)" }
    }

    /// ssh-keygen writes Ed25519 in its own format only.
    static let cases = SSHKeyPair.Kind.allCases.flatMap { kind in
        (kind == .ed25519 ? [.openSSH] : SSHKeyPair.Format.allCases).map { Case(kind: kind, format: $0) }
    }

    private func code(_ path: String) -> KeyFileError.Code? {
        do {
            _ = try KeyFile.load(path)
            return nil
        } catch {
            return error.code
        }
    }

    /// The key blob as the public key file has it: RSA keys name the algorithm of their signatures instead.
    private func publicBlob(of key: SigningKey) throws -> [UInt8] {
        var reader = WireReader(key.blob)
        guard try reader.string() == "rsa-sha2-256" else { return key.blob }
        var writer = WireWriter()
        writer.append(string: "ssh-rsa")
        return writer.bytes + reader.remaining
    }

    @Test(arguments: cases) func readsThePublicPart(_ item: Case) throws {
        let pair = try SSHKeyPair(item.kind, in: folder, format: item.format)
        #expect(try publicBlob(of: try KeyFile.load(pair.path)) == pair.publicBlob)
    }

    /// `ssh-keygen -Y verify` takes signatures in the format of OpenSSH's PROTOCOL.sshsig.
    @Test(arguments: cases) func signsAsSSHKeygenVerifies(_ item: Case) throws {
        let pair = try SSHKeyPair(item.kind, in: folder, format: item.format)
        let message = Array("what is signed".utf8)
        let signature = try SSHSignature.make(message, with: try KeyFile.load(pair.path), publicBlob: pair.publicBlob)
        let file = try folder.write(signature, to: "signature")
        let allowed = try folder.write("me \(try pair.publicLine)", to: "allowed")
        try Program.run(
            ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "me", "-n", "fleet", "-s", file], input: message)
    }

    @Test func readsEd25519OfOpenSSL() throws {
        let path = folder.path + "/pem"
        try Program.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path])
        chmod(path, 0o600)
        #expect(try KeyFile.load(path).algorithm == .ed25519)
    }

    @Test(arguments: [SSHKeyPair.Kind.ed25519, .ecdsa256, .rsa2048])
    func seesAPassphrase(kind: SSHKeyPair.Kind) throws {
        #expect(code(try SSHKeyPair(kind, in: folder, passphrase: "secret").path) == .encrypted)
    }

    @Test(arguments: [SSHKeyPair.Format.pkcs8, .traditional])
    func seesAPassphraseInPEM(format: SSHKeyPair.Format) throws {
        #expect(code(try SSHKeyPair(.rsa2048, in: folder, format: format, passphrase: "secret").path) == .encrypted)
    }

    @Test func readsThePublicPartOfALockedKey() throws {
        let pair = try SSHKeyPair(.ed25519, in: folder, passphrase: "secret")
        try FileManager.default.removeItem(atPath: pair.path + ".pub")
        let line = try Program.text(["ssh-keygen", "-y", "-P", "secret", "-f", pair.path]).split(separator: " ")[1]
        #expect(KeyFile.publicBlob(pair.path) == Base64.decode(line))
    }

    @Test func aMissingFileIsUnreadable() {
        #expect(code(folder.path + "/missing") == .unreadable)
    }

    @Test func aFolderIsUnreadable() {
        #expect(code(folder.path) == .unreadable)
    }

    @Test func aPublicKeyIsNoKey() throws {
        #expect(code(try SSHKeyPair(.ed25519, in: folder).path + ".pub") == .notAKey)
    }

    @Test(arguments: [SSHKeyPair.Format.openSSH, .pkcs8, .traditional])
    func aFileCutOffIsDamaged(format: SSHKeyPair.Format) throws {
        let pair = try SSHKeyPair(.rsa2048, in: folder, format: format)
        let text = try folder.read("id")
        for count in stride(from: 40, to: text.count - 2, by: 97) {
            #expect(code(try folder.write(String(text.prefix(count)), to: "cut")) == .notAKey, "\(count)")
        }
        _ = pair
    }

    @Test func noDamageTrapsTheReader() throws {
        let pair = try SSHKeyPair(.ecdsa384, in: folder)
        let text = try folder.read("id")
        let lines = text.split(separator: "\n")
        let body = Array(try #require(Base64.decode(lines.dropFirst().dropLast().joined())))
        for index in body.indices {
            var damaged = body
            damaged[index] ^= 0xff
            let file = "\(lines[0])\n\(Base64.encode(damaged))\n\(lines[lines.count - 1])\n"
            _ = code(try folder.write(file, to: "damaged"))
        }
        _ = pair
    }

    @Test func refusesCurvesThatSSHHasNot() throws {
        let path = folder.path + "/pem"
        try Program.run([
            "openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-out", path,
        ])
        #expect(code(path) == .unsupported)
    }

    @Test func refusesDSA() throws {
        let path = folder.path + "/dsa"
        try Program.run(["ssh-keygen", "-q", "-t", "dsa", "-N", "", "-f", path])
        #expect(code(path) == .unsupported)
    }
}

/// A signature file as OpenSSH's PROTOCOL.sshsig describes it.
enum SSHSignature {
    static func make(_ message: [UInt8], with key: SigningKey, publicBlob: [UInt8]) throws -> String {
        var signed = WireWriter()
        for field in ["fleet", "", "sha256"] { signed.append(string: field) }
        signed.append(string: Crypto.sha256(message))
        let magic = Array("SSHSIG".utf8)
        let inner = try #require((magic + signed.bytes).withUnsafeBufferPointer { key.sign($0) })
        var reader = WireReader(key.blob)
        var signature = WireWriter()
        signature.append(string: try reader.string())
        signature.append(string: inner)
        var blob = WireWriter()
        blob.append(1 as UInt32)
        blob.append(string: publicBlob)
        for field in ["fleet", "", "sha256"] { blob.append(string: field) }
        blob.append(string: signature.bytes)
        return "-----BEGIN SSH SIGNATURE-----\n\(Base64.encode(magic + blob.bytes))\n-----END SSH SIGNATURE-----\n"
    }
}
