import FleetBase
package import FleetConfig
import FleetHosts
package import FleetPackage
import FleetSSH
import FoundationEssentials
import Glibc

/// A key that packages can be signed with.
package struct StoredKey: Sendable {
    /// What `fleet keys new` takes when no name is given.
    package static let usualName = "fleet"

    package let name: String
    package let path: String
    package let publicKey: SigningPublicKey
    /// Whom others know by it: the comment of the public key file.
    package let identity: String

    package init(_ path: String) throws(ConfigError) {
        guard let blob = FileSigner.publicKey(at: path), let key = SigningPublicKey(blob: blob) else {
            throw ConfigError(
                .invalidValue, Message("\(path) is not an Ed25519 key"), hint: Message("make one with: fleet keys new"))
        }
        self.path = path
        name = path.split(separator: "/").last.map(String.init) ?? path
        publicKey = key
        let words = Disk.text(path + ".pub")?.split(separator: "\n").first?.split(separator: " ") ?? []
        let comment = words.dropFirst(2).joined(separator: "-")
        identity = comment.isEmpty ? name : comment
    }

    /// The line of `allowed_signers` that others put into theirs.
    package var line: String { "\(identity) namespaces=\"\(ManifestSignature.namespace)\" \(publicKey.fields)" }

    /// The keys that lie in a folder, by name.
    package static func all(in folder: String) -> [StoredKey] {
        Disk.folders(in: folder).filter { $0.hasSuffix(".pub") }
            .compactMap { try? StoredKey("\(folder)/\($0.dropLast(4))") }
    }

    /// Makes a new one by ssh-keygen, which leaves it readable for its owner alone.
    ///
    /// - Parameter identity: one word; `USER@MACHINE` when nil.
    package static func make(
        _ name: String, in folder: String, identity: String? = nil
    ) throws(ConfigError) -> StoredKey {
        let identity = identity ?? usualIdentity
        guard !identity.isEmpty, !identity.contains(where: { $0.isWhitespace || "\",#".contains($0) }) else {
            throw ConfigError(.invalidValue, Message("an identity is one word, such as ana@example.org"))
        }
        let path = "\(folder)/\(name)"
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard isPlain, let first = name.first, first != ".", first != "-", !name.hasSuffix(".pub") else {
            throw ConfigError(.invalidValue, Message("\"\(name)\" is no name for a key"))
        }
        guard !Disk.exists(path), !Disk.exists(path + ".pub") else {
            throw ConfigError(
                .duplicate, Message("there is a key \(path) already"), hint: Message("give the new one another name"))
        }
        try makePrivateFolder(folder)
        let words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", identity, "-f", path]
        let process = ChildProcess.spawn(words, quiet: true)
        guard process.flatMap(ChildProcess.wait) == .status(0) else {
            throw ConfigError(
                .file, Message("ssh-keygen could not make the key \(path)"), hint: Message("is OpenSSH installed here?")
            )
        }
        return try StoredKey(path)
    }

    /// Makes a folder, and those above it, that nobody else can read.
    private static func makePrivateFolder(_ path: String) throws(ConfigError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ConfigError(.file, Message("can't make the folder \(path)"))
        }
    }

    /// `USER@MACHINE`.
    static var usualIdentity: String {
        let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
        var system = utsname()
        uname(&system)
        return user + "@"
            + withUnsafeBytes(of: &system.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
