import CCrypto
package import FleetBase
package import FleetConfig
import FleetHosts
import Synchronization

/// The word that lets programs and browsers in. Of a token that fleet makes the project keeps its SHA-256 alone, in a file
/// that nobody else can read; another token may come from a file of the user's own.
///
/// The file is read again when it has changed, so that a renewed or revoked token counts at once in a running server.
package final class AccessToken: Sendable {
    private struct Known {
        var stamp: FileStamp?
        var digest: Digest?
    }

    private let file: String
    /// Whether the file holds the token itself, as the user has written it.
    private let isPlain: Bool
    private let known = Mutex(Known())

    /// - Parameter file: a file with a token; the project's own hash when nil.
    package init(_ project: Project, file: String? = nil) {
        (self.file, isPlain) = (file ?? project.workFolder + "/serve/token.json", file != nil)
    }

    /// Nil when there is no token, so that nobody gets in.
    var digest: Digest? {
        known.withLock { known in
            let stamp = FileStamp(file)
            if stamp != known.stamp { known = Known(stamp: stamp, digest: read()) }
            return known.digest
        }
    }

    private struct Stored: Codable {
        let sha256: String
        let made: Timestamp
    }

    private func read() -> Digest? {
        guard let text = Disk.text(file) else { return nil }
        guard isPlain else {
            return (try? JSONText.decode(Stored.self, from: text.utf8)).flatMap { try? Digest(hex: $0.sha256) }
        }
        let token = text.split(whereSeparator: \.isWhitespace)
        return token.count == 1 ? Self.digest(of: String(token[0])) : nil
    }

    /// Whether there is a token.
    package var isThere: Bool { digest != nil }

    /// When the token was made or revoked; nil when there was never one, or when it is the user's own.
    package var made: Timestamp? {
        guard !isPlain, let text = Disk.text(file) else { return nil }
        return (try? JSONText.decode(Stored.self, from: text.utf8))?.made
    }

    /// Makes another token; the one before is worth nothing from now on, nor are the visits that began with it.
    ///
    /// - Returns: the token, which can't be found out again.
    package func renew() throws -> String {
        let token = Self.random()
        let stored = Stored(sha256: Self.digest(of: token).hex, made: .now)
        try PrivateFile.write(try JSONText.encode(stored) + "\n", to: file)
        return token
    }

    /// From now on nobody gets in until another token is made.
    ///
    /// - Returns: whether there was one.
    package func revoke() throws -> Bool {
        let hadOne = digest != nil
        // What stays says that somebody wanted nobody in, so that no server makes a token by itself.
        try PrivateFile.write(try JSONText.encode(Stored(sha256: "", made: .now)) + "\n", to: file)
        return hadOne
    }

    /// - Throws: when the user's own file has no token, or one that could be guessed.
    package func check() throws(ConfigError) {
        guard isPlain else { return }
        guard let text = Disk.text(file) else { throw ConfigError(.file, Message("can't read \(file)")) }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.count >= 16 else {
            throw ConfigError(
                .invalidValue, Message("\(file) must hold one word of at least 16 characters, the token"),
                hint: Message("make one: openssl rand -hex 32"))
        }
    }

    /// Whether a word is the token, in a time that tells nothing of it.
    func isRight(_ word: String) -> Bool {
        guard let digest else { return false }
        return Self.areSame(digest.hex, Self.digest(of: word).hex)
    }

    // MARK: Words that nobody guesses

    /// 256 random bits, as letters, digits, `-` and `_`.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String((0..<43).map { _ in letters[Int.random(in: 0..<64, using: &generator)] })
    }

    static func digest(of word: String) -> Digest {
        var (bytes, digest) = (Array(word.utf8), [UInt8](repeating: 0, count: 32))
        let code = EVP_Digest(&bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        precondition(code == 1, "SHA-256 of bytes in memory can't fail")
        return Digest(bytes: digest)
    }

    static func areSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        return one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
