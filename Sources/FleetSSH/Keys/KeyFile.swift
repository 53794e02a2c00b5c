import CCrypto
import FleetBase
import FoundationEssentials
import Glibc

/// Reads private key files: OpenSSH's own format (PROTOCOL.key of OpenSSH) and PEM (PKCS#8, traditional).
///
/// A key with a passphrase is not opened here: `SSHAgent.add` hands it to an agent, which asks for the passphrase.
enum KeyFile {
    private static let opening = "-----BEGIN OPENSSH PRIVATE KEY-----"
    private static let closing = "-----END OPENSSH PRIVATE KEY-----"
    private static let magic = Array("openssh-key-v1\0".utf8)

    static func load(_ path: String) throws(KeyFileError) -> SigningKey {
        guard let text = text(of: path) else {
            let isMissing = access(path, F_OK) != 0 && errno == ENOENT
            throw KeyFileError(
                .unreadable,
                isMissing ? Message("there is no key file \(path)") : Message("can't read the key file \(path)"))
        }
        guard text.contains("PRIVATE KEY-----") else {
            throw KeyFileError(.notAKey, Message("\(path) is not a private key file"))
        }
        guard text.contains(opening) else { return try loadPEM(text, path: path) }
        guard let key = try loadOpenSSH(text, path: path) else {
            throw KeyFileError(.notAKey, Message("\(path) is a damaged key file"))
        }
        return key
    }

    /// The public half of a key file, which can be read without a passphrase: from the file itself, or from the one
    /// beside it that ends in `.pub`.
    static func publicBlob(_ path: String) -> [UInt8]? {
        if let text = text(of: path), var reader = openSSHReader(text), let blob = try? publicPart(&reader) {
            return blob
        }
        // ssh lets a configuration name the public file where an agent has the private key.
        for file in [path, path + ".pub"] {
            let fields = text(of: file)?.split(maxSplits: 2, whereSeparator: \.isWhitespace) ?? []
            if fields.count > 1, let blob = Base64.decode(fields[1]),
                HostKey(blob: blob)?.algorithm == String(fields[0])
            {
                return blob
            }
        }
        return nil
    }

    private static func text(of path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func publicPart(_ reader: inout WireReader) throws -> [UInt8] {
        for _ in 0..<3 { _ = try reader.bytes() }
        guard try reader.uint32() == 1 else { throw WireReader.Truncated() }
        return try reader.bytes()
    }

    private static func loadPEM(_ text: String, path: String) throws(KeyFileError) -> SigningKey {
        if text.contains("ENCRYPTED") { throw encrypted(path) }
        var bytes = Array(text.utf8)
        guard let input = BIO_new_mem_buf(&bytes, CInt(bytes.count)) else { preconditionFailure("out of memory") }
        defer { BIO_free(input) }
        guard let key = PEM_read_bio_PrivateKey(input, nil, nil, nil) else {
            throw KeyFileError(.notAKey, Message("\(path) is a damaged key file: \(Crypto.lastError)"))
        }
        guard let signing = SigningKey(adopting: key) else { throw unsupported("PEM", path) }
        return signing
    }

    private static func loadOpenSSH(_ text: String, path: String) throws(KeyFileError) -> SigningKey? {
        guard var reader = openSSHReader(text), let cipher = try? reader.string() else { return nil }
        guard cipher == "none" else { throw encrypted(path) }
        guard let secrets = try? secretPart(&reader) else { return nil }
        var fields = WireReader(secrets)
        guard let type = try? fields.string() else { return nil }
        guard let make = SigningKey.readers[type] else { throw unsupported(type, path) }
        return try? make(&fields)
    }

    /// The file's content after its magic word.
    private static func openSSHReader(_ text: String) -> WireReader? {
        guard let start = text.firstRange(of: opening), let end = text.firstRange(of: closing),
            start.upperBound <= end.lowerBound
        else { return nil }
        let body = text[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
        guard let bytes = Base64.decode(body), bytes.starts(with: magic) else { return nil }
        return WireReader(bytes.dropFirst(magic.count))
    }

    /// Skips the KDF and the public keys, and the two equal check numbers before the private key.
    private static func secretPart(_ reader: inout WireReader) throws -> [UInt8] {
        _ = try reader.string()
        _ = try reader.bytes()
        guard try reader.uint32() == 1 else { throw WireReader.Truncated() }
        _ = try reader.bytes()
        var secrets = WireReader(try reader.bytes())
        guard try secrets.uint32() == secrets.uint32() else { throw WireReader.Truncated() }
        return secrets.remaining
    }

    private static func encrypted(_ path: String) -> KeyFileError {
        KeyFileError(
            .encrypted, Message("the key \(path) has a passphrase"),
            hint: Message("run on a terminal to be asked for it, or load the key with: ssh-add \(path)"))
    }

    private static func unsupported(_ type: String, _ path: String) -> KeyFileError {
        KeyFileError(
            .unsupported, Message("the key \(path) is of a kind that fleet can't sign with: \(type)"),
            hint: Message("make an Ed25519 key: ssh-keygen -t ed25519"))
    }
}
