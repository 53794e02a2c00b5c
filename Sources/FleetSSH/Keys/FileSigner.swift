import FleetBase

/// An Ed25519 key that signs files rather than logins: out of a key file, or in the agent that holds it.
///
/// All calls block, since an agent may ask its owner.
package struct FileSigner: Sendable {
    private enum Source: Sendable {
        case key(SigningKey)
        case agent(SSHAgent)
    }

    private static let algorithm = "ssh-ed25519"
    /// As long as a person may take to confirm.
    private static let confirming = Duration.seconds(60)

    /// The blob of the public key.
    package let publicKey: [UInt8]
    private let source: Source
    private let path: String

    /// - Parameters:
    ///   - path: a private key file; or a public one, when the agent has its other half.
    ///   - agentSocket: is asked for keys that have a passphrase.
    package init(_ path: String, agentSocket: String?) throws(KeyFileError) {
        self.path = path
        do throws(KeyFileError) {
            let key = try KeyFile.load(path)
            publicKey = key.blob
            source = .key(key)
        } catch {
            guard let blob = KeyFile.publicBlob(path), let agent = Self.agent(at: agentSocket, with: blob) else {
                guard error.code == .encrypted else { throw error }
                throw KeyFileError(
                    .encrypted, Message("the key \(path) has a passphrase"),
                    hint: Message("load it into your ssh-agent, which then signs: ssh-add \(path)"))
            }
            publicKey = blob
            source = .agent(agent)
        }
        guard let algorithm = HostKey(blob: publicKey)?.algorithm, algorithm == Self.algorithm else {
            throw KeyFileError(
                .unsupported, Message("the key \(path) is not an Ed25519 key, which packages are signed with"),
                hint: Message("make one with: fleet keys new"))
        }
    }

    /// - Returns: the 64 bytes of the signature.
    package func sign(_ message: [UInt8]) throws(KeyFileError) -> [UInt8] {
        let signature =
            switch source {
            case .key(let key): message.withUnsafeBufferPointer { key.sign($0) }
            case .agent(let agent): try? agent.sign(message, with: publicKey, until: .after(Self.confirming))
            }
        guard let signature else {
            throw KeyFileError(
                .unsupported, Message("the agent did not sign with the key \(path)"),
                hint: Message("did its owner refuse? ssh-add -l shows what it holds"))
        }
        return signature
    }

    private static func agent(at socket: String?, with blob: [UInt8]) -> SSHAgent? {
        guard let agent = socket.map(SSHAgent.init), let held = try? agent.identities() else { return nil }
        return held.contains { $0.blob == blob } ? agent : nil
    }
}

extension FileSigner {
    /// What a public key file says: the key's blob and its comment; nil for one that can't be read.
    package static func publicKey(at path: String) -> [UInt8]? { KeyFile.publicBlob(path) }
}
