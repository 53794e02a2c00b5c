import CCrypto
import FleetBase

/// A private key in libcrypto, loaded once and used for every connection: parsing a key file costs more than a
/// handshake.
///
/// Signs for SSH (RFC 4253, 8332, 5656, 8709): Ed25519, ECDSA on the three NIST curves, RSA with SHA-2.
final class SigningKey: @unchecked Sendable {
    // @unchecked holds because an EVP_PKEY is not changed after `init`, and libcrypto allows concurrent signing with
    // one key by contexts of their own (openssl-threads(7)).

    enum Algorithm: Sendable, Hashable {
        case ed25519
        /// `nistp256`, `nistp384` or `nistp521`.
        case ecdsa(curve: String)
        case rsa
    }

    let algorithm: Algorithm
    /// The key blob, its type already that of the signature: `rsa-sha2-256` for RSA, so that libssh2 asks for it.
    let blob: [UInt8]
    private let key: OpaquePointer

    /// Takes the key over.
    init(owning key: OpaquePointer, algorithm: Algorithm, blob: [UInt8]) {
        self.key = key
        self.algorithm = algorithm
        self.blob = blob
    }

    deinit { EVP_PKEY_free(key) }

    /// The signature's inner blob, without the algorithm's name; nil when libcrypto refuses.
    func sign(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, digest, nil, key) == 1,
            EVP_DigestSign(context, nil, &length, message.baseAddress, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message.baseAddress, message.count) == 1 else { return nil }
        signature.removeLast(signature.count - length)
        guard case .ecdsa = algorithm else { return signature }
        return Self.ecdsaBlob(der: signature)
    }

    /// Ed25519 hashes by itself; the hash of ECDSA follows from the size of the curve (RFC 5656, 6.2.1).
    private var digest: OpaquePointer? {
        switch algorithm {
        case .ed25519: nil
        case .ecdsa("nistp384"): EVP_sha384()
        case .ecdsa("nistp521"): EVP_sha512()
        case .ecdsa, .rsa: EVP_sha256()
        }
    }

    /// libcrypto gives the two numbers in DER; SSH wants two mpints (RFC 5656, 3.1.2).
    private static func ecdsaBlob(der: [UInt8]) -> [UInt8]? {
        var position: UnsafePointer<UInt8>?
        return der.withUnsafeBufferPointer { buffer -> [UInt8]? in
            position = buffer.baseAddress
            guard let signature = d2i_ECDSA_SIG(nil, &position, buffer.count) else { return nil }
            defer { ECDSA_SIG_free(signature) }
            var writer = WireWriter()
            for number in [ECDSA_SIG_get0_r(signature), ECDSA_SIG_get0_s(signature)] {
                var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
                BN_bn2bin(number, &bytes)
                writer.append(mpint: bytes)
            }
            return writer.bytes
        }
    }
}
