import FleetBase
package import FleetConfig
import FleetHosts
package import FleetReleases
package import FleetPackage
import FleetSSH

extension OperationContext {
    /// Builds packages, and signs them with a key, or with the one that the inventory names.
    package func builder(signingKey: String? = nil) async throws -> PackageBuilder {
        let signer = try await ManifestSigner.named(
            signingKey ?? inventory.signingKey, in: project, home: service.home, environment: service.environment)
        return PackageBuilder(project, signer: signer, events: events)
    }

    /// What packages of the project declare.
    ///
    /// - Throws: for the first that the project has not, or that can't be read.
    func ownPackages(_ names: [String]) async throws -> [PackageFile] {
        let builder = PackageBuilder(project)
        return try await ThreadExecutor.disk.run { try names.map(builder.file) }
    }

    /// Proves that packages are known: to this project, to its state, or to one of the hosts.
    ///
    /// - Throws: for the first that is not; nothing when one of the hosts, which may have it, does not answer.
    package func checkPackages(_ names: [String], on hosts: [Host]) async throws {
        let (project, store) = (project, project.stateStore)
        var known = try await ThreadExecutor.disk.run {
            Set(project.packageNames).union(try store.read().hosts.values.flatMap(\.packages.keys))
                .union(PackageBuilder(project).keptNames)
        }
        guard names.contains(where: { !known.contains($0) }) else { return }
        let facts = await fleet.probe(hosts).compactMap(\.value)
        known.formUnion(facts.flatMap(\.packages.keys))
        guard facts.count == hosts.count, let name = names.first(where: { !known.contains($0) }) else { return }
        throw ConfigError.unknown(name, kind: Message("package"), among: known.sorted())
    }
}

extension ManifestSigner {
    /// The signer with a key.
    ///
    /// - Parameters:
    ///   - key: a key's name or file; nil gives nil.
    ///   - home: the user's home folder, where keys are looked for, too.
    ///   - environment: `SSH_AUTH_SOCK` is read, for keys with a passphrase.
    package static func named(
        _ key: String?, in project: Project, home: String, environment: [String: String]
    ) async throws -> ManifestSigner? {
        guard let key else { return nil }
        let path = try project.keyFile(key, home: home)
        let socket = environment["SSH_AUTH_SOCK"]
        return try await ThreadExecutor.lookups.run {
            let signer = try FileSigner(path, agentSocket: socket)
            guard let publicKey = SigningPublicKey(blob: signer.publicKey) else {
                preconditionFailure("a file signer's key is an Ed25519 key")
            }
            return ManifestSigner(publicKey: publicKey, sign: signer.sign)
        }
    }
}
