import FoundationEssentials

/// Base 64 of RFC 4648, with padding, as key files, known_hosts and signatures hold it.
package enum Base64 {
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map(Array.init)
    }

    package static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }
}
