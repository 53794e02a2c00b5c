import FleetBase

/// The key by which somebody is to log in on a host that has none of theirs yet.
package struct LoginKey: Sendable, Hashable {
    /// What a new one is called where nobody names it, in `~/.ssh`.
    private static let usualName = "fleet_ed25519"

    package let path: String
    /// Whether the file is still to be made.
    package let isNew: Bool

    /// The named key; else the first usual one that can sign without a passphrase; else one of fleet's own.
    ///
    /// Blocks: it reads files.
    package init(for endpoint: SSHEndpoint, home: String) {
        if endpoint.namesIdentities, let named = endpoint.identityFiles.first {
            path = named
            isNew = FileStamp(named) == nil && FileStamp(named + ".pub") == nil
            return
        }
        let own = "\(home)/.ssh/\(Self.usualName)"
        let good = (endpoint.identityFiles + [own]).first { if case .good = KeyFileState($0) { true } else { false } }
        (path, isNew) = (good ?? own, good == nil)
    }

    /// Its public half; nil where the file tells none.
    package var publicPart: (type: String, blob: [UInt8])? {
        guard let blob = KeyFile.publicBlob(path), let type = HostKey(blob: blob)?.algorithm else { return nil }
        return (type, blob)
    }
}
