import FleetBase
import FleetConfig
import FleetService
import FleetViews

extension FleetProject {
    /// Keys that packages are signed with.
    public var keys: Keys { Keys(project: self) }

    /// What can be done with keys.
    public struct Keys: Sendable {
        let project: FleetProject

        /// The keys of the project, then those of the user.
        public func list() async throws(FleetError) -> [SigningKey] {
            try await project.read { service in
                KeysView(service.project.keysFolders(home: service.home).flatMap(StoredKey.all)).keys
            }
        }

        /// A key by its name, or by the path of a file, which has a slash in it.
        ///
        /// - Throws: for a key that there is not, or that is no Ed25519 key.
        public func show(_ key: String = "fleet") async throws(FleetError) -> SigningKey {
            try await project.read { service in
                KeyView(try StoredKey(try service.project.keyFile(key, home: service.home)))
            }
        }

        /// Makes an Ed25519 key without a passphrase by ssh-keygen.
        ///
        /// - Parameters:
        ///   - identity: by what others know it, one word; `USER@MACHINE` when nil.
        ///   - inProject: whether it is kept in the project's `.fleet/keys`, not in `~/.config/fleet/keys`.
        /// - Throws: for a name that is taken, and when ssh-keygen fails.
        public func make(
            _ name: String = "fleet", identity: String? = nil, inProject: Bool = false
        ) async throws(FleetError) -> SigningKey {
            try await project.read { service in
                let folder =
                    inProject ? service.project.keysFolder : Project.keysFolder(home: service.home)
                return KeyView(try StoredKey.make(name, in: folder, identity: identity))
            }
        }
    }

    /// Does what needs files alone, on a thread for that.
    private func read<View: Encodable & Sendable, Value: Decodable>(
        _ body: @escaping @Sendable (FleetService) throws -> View
    ) async throws(FleetError) -> Value {
        do {
            let service = service
            return try Reading.value(of: try await ThreadExecutor.disk.run { try body(service) })
        } catch {
            throw FleetError(error)
        }
    }
}

/// A key that packages are signed with.
public struct SigningKey: Codable, Sendable, Hashable {
    /// The name of its file.
    public let name: String
    /// Whom others know by it.
    public let identity: String
    /// `SHA256:…`, as ssh-keygen shows it.
    public let fingerprint: String
    /// Where the private key lies.
    public let path: String
    /// The line for the `allowed_signers` of others.
    public let line: String
}
