import CCrypto
import FleetBase

/// An Ed25519 public key (RFC 8032), as SSH writes it (RFC 8709).
package struct SigningPublicKey: Hashable, Sendable, CustomStringConvertible {
    package static let algorithm = "ssh-ed25519"

    /// The algorithm's name and the 32 bytes of the key.
    package let blob: [UInt8]
    private let bytes: [UInt8]

    /// - Returns: nil for the blob of another kind of key, and for bytes that are none.
    package init?(blob: [UInt8]) {
        var reader = WireReader(blob)
        guard (try? reader.string()) == Self.algorithm, let bytes = try? reader.bytes(), bytes.count == 32,
            reader.isAtEnd
        else { return nil }
        self.blob = blob
        self.bytes = bytes
    }

    /// The two fields of a public key file.
    package var fields: String { "\(Self.algorithm) \(Base64.encode(blob))" }

    /// `SHA256:` and base 64 without padding, as `ssh-keygen -l` prints it.
    package var description: String {
        let digest = FileDigest.of(blob).hex
        var bytes: [UInt8] = []
        var rest = digest[...]
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return "SHA256:" + Base64.encode(bytes).prefix { $0 != "=" }
    }

    /// Whether the owner of this key has signed these bytes.
    func hasSigned(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        // 0 is a wrong signature, below 0 a worse problem: both are no.
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
