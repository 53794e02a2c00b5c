import CCrypto
import FleetBase

/// A signature over the canonical bytes of a manifest, in the format SSHSIG (PROTOCOL.sshsig of OpenSSH).
///
/// `ssh-keygen -Y verify -n fleet-package` reads what this writes, and this reads what `ssh-keygen -Y sign` writes with an
/// Ed25519 key and its usual hash, SHA-512.
package struct ManifestSignature: Hashable, Sendable {
    /// A signature for something else must not count for a package.
    package static let namespace = "fleet-package"
    private static let hash = "sha512"
    private static let magic = Array("SSHSIG".utf8)
    private static let opening = "-----BEGIN SSH SIGNATURE-----"
    private static let closing = "-----END SSH SIGNATURE-----"

    package let publicKey: SigningPublicKey
    private let bytes: [UInt8]

    /// Signs a manifest.
    ///
    /// - Throws: what the signer throws, and `PackageError` when it gives a signature that is none.
    package init(of manifest: Manifest, by signer: ManifestSigner) throws {
        publicKey = signer.publicKey
        bytes = try signer.sign(Self.signedBytes(manifest))
        guard isValid(for: manifest) else {
            let key = publicKey
            throw PackageError(.badSignature, Message("the key \(key) did not make a valid signature"))
        }
    }

    /// Reads a signature file.
    package init(parsing text: String) throws(PackageError) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }
        guard text.utf8.count < 4096, lines.first == Self.opening, lines.last == Self.closing, lines.count > 2,
            let blob = Base64.decode(lines.dropFirst().dropLast().joined())
        else { throw Self.damaged }
        guard let parts = try? Parts(blob) else { throw Self.damaged }
        guard parts.namespace == Self.namespace else {
            let namespace = parts.namespace
            throw PackageError(
                .badSignature,
                Message("the signature is for \"\(namespace)\", not for \"\(Self.namespace)\""))
        }
        guard let key = SigningPublicKey(blob: parts.publicKey), parts.algorithm == SigningPublicKey.algorithm else {
            throw PackageError(.badSignature, Message("the signature is not of an Ed25519 key"))
        }
        guard parts.hash == Self.hash else {
            throw PackageError(.badSignature, Message("the signature's hash is \(parts.hash), not \(Self.hash)"))
        }
        guard parts.reserved.isEmpty, parts.signature.count == 64 else { throw Self.damaged }
        publicKey = key
        bytes = parts.signature
    }

    private static var damaged: PackageError {
        PackageError(.badSignature, Message("the signature is damaged"), hint: Message("sign the package again"))
    }

    /// Whether it is over this manifest; whose key it is must be asked beside.
    package func isValid(for manifest: Manifest) -> Bool { publicKey.hasSigned(Self.signedBytes(manifest), bytes) }

    /// What stands in `.fleet-manifest.json.sig`, always the same for the same signature.
    package var text: String {
        var inner = WireWriter()
        inner.append(string: SigningPublicKey.algorithm)
        inner.append(string: bytes)
        var blob = WireWriter()
        blob.append(1 as UInt32)
        blob.append(string: publicKey.blob)
        for field in [Self.namespace, "", Self.hash] { blob.append(string: field) }
        blob.append(string: inner.bytes)
        var rest = Base64.encode(Self.magic + blob.bytes)[...]
        var lines = [Self.opening]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(70)))
            rest = rest.dropFirst(70)
        }
        return (lines + [Self.closing]).map { $0 + "\n" }.joined()
    }

    /// A few letters that tell one signature from another, for names of files.
    package var tag: String { String(FileDigest.of(bytes).hex.prefix(8)) }

    private static func signedBytes(_ manifest: Manifest) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        let bytes = manifest.canonicalBytes
        let code = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha512(), nil)
        precondition(code == 1, "SHA-512 of bytes in memory can't fail")
        var signed = WireWriter()
        for field in [namespace, "", hash] { signed.append(string: field) }
        signed.append(string: digest)
        return magic + signed.bytes
    }

    /// The fields of the blob.
    private struct Parts {
        let publicKey: [UInt8]
        let namespace: String
        let reserved: [UInt8]
        let hash: String
        let algorithm: String
        let signature: [UInt8]

        init(_ blob: [UInt8]) throws(WireReader.Truncated) {
            var reader = WireReader(blob)
            guard try reader.take(magic.count) == magic, try reader.uint32() == 1 else { throw .init() }
            publicKey = try reader.bytes()
            namespace = try reader.string()
            reserved = try reader.bytes()
            hash = try reader.string()
            var inner = WireReader(try reader.bytes())
            guard reader.isAtEnd else { throw .init() }
            algorithm = try inner.string()
            signature = try inner.bytes()
            guard inner.isAtEnd else { throw .init() }
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
