import FleetBase

/// The key by which somebody is to log in on a host that has none of theirs yet.
package struct LoginKey: Sendable, Hashable {
    /// What a new one is called where nobody names it, in `~/.ssh`.
    private static let usualName = "fleet_ed25519"

    package let path: String
    /// Whether the file is still to be made.
    package let isNew: Bool

    /// The first named key that can sign without a passphrase, or is there at all; where none is named, the first usual
    /// one that can sign without a passphrase; else one of fleet's own.
    ///
    /// Blocks: it reads files.
    package init(for endpoint: SSHEndpoint, home: String) {
        let own = "\(home)/.ssh/\(Self.usualName)"
        let files = endpoint.namesIdentities ? endpoint.identityFiles : endpoint.identityFiles + [own]
        if let good = files.first(where: Self.canSign) {
            (path, isNew) = (good, false)
        } else if endpoint.namesIdentities, let named = files.first(where: Self.isThere) ?? files.first {
            // Its passphrase may be in an agent.
            (path, isNew) = (named, !Self.isThere(named))
        } else {
            (path, isNew) = (own, true)
        }
    }

    /// Whether the file's key can sign without an agent.
    package var canSign: Bool { Self.canSign(path) }

    /// Why a file that a person names as a private key is none; nil for a key with a passphrase, and for a public key, whose
    /// private half an agent may have.
    ///
    /// Blocks: it reads files.
    package static func problem(of path: String) -> KeyFileError? {
        guard KeyFile.publicBlob(path) == nil else { return nil }
        do {
            _ = try KeyFile.load(path)
            return nil
        } catch {
            return error.code == .encrypted ? nil : error
        }
    }

    private static func canSign(_ file: String) -> Bool {
        if case .good = KeyFileState(file) { true } else { false }
    }

    package static func isThere(_ file: String) -> Bool { FileStamp(file) != nil || FileStamp(file + ".pub") != nil }

    /// Its public half; nil where the file tells none.
    package var publicPart: (type: String, blob: [UInt8])? {
        guard let blob = KeyFile.publicBlob(path), let type = HostKey(blob: blob)?.algorithm else { return nil }
        return (type, blob)
    }
}
