import CCrypto

/// The few calls of libcrypto that FleetSSH needs beside signing.
enum Crypto {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let code = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        precondition(code == 1, "SHA-256 of bytes in memory can't fail")
        return digest
    }

    /// HMAC-SHA1, which hashes the names in known_hosts.
    static func hmacSHA1(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        let result = HMAC(EVP_sha1(), key, CInt(key.count), bytes, bytes.count, &digest, &length)
        precondition(result != nil && length == 20, "HMAC of bytes in memory can't fail")
        return digest
    }

    /// The text of libcrypto's last error; it is taken at once, before another call overwrites it.
    static var lastError: String {
        let code = ERR_get_error()
        ERR_clear_error()
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "libcrypto error \(code)"
    }
}
