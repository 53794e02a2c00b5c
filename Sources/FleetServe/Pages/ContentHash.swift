import CCrypto
import FleetBase

/// SHA-256 of what is served, for names of files that may be kept and for content security policies.
enum ContentHash {
    static func bytes(_ content: [UInt8]) -> [UInt8] {
        var (content, digest) = (content, [UInt8](repeating: 0, count: 32))
        let code = EVP_Digest(&content, content.count, &digest, nil, EVP_sha256(), nil)
        precondition(code == 1, "SHA-256 of bytes in memory can't fail")
        return digest
    }

    /// Sixteen hex digits.
    static func short(_ content: some Sequence<UInt8>) -> String { bytes(Array(content)).prefix(8).hex }

    /// As a content security policy names an inline style (CSP 3, section 2.3.1).
    static func source(_ content: [UInt8]) -> String { "sha256-" + Base64.encode(bytes(content)) }
}
