import FoundationEssentials

/// Base 64 of RFC 4648, with padding, as known_hosts and public key files hold it.
enum Base64 {
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map(Array.init)
    }

    static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }
}
