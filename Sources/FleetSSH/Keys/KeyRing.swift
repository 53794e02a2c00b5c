import FleetBase
import Synchronization

/// The private keys of the master, each file read once for all connections.
///
/// A key file with a passphrase is handed to a `PassphraseAgent`, which asks for it on the terminal, once.
actor KeyRing {
    private var loaded: [String: Task<Result<Credential, KeyFileError>, Never>] = [:]
    private var agents: [String: Task<[SSHAgent.Identity], Never>] = [:]
    private let unlock: @Sendable (String) async -> Credential?

    /// - Parameter unlock: opens a key file that has a passphrase, or gives nil where nobody can be asked.
    init(unlock: @escaping @Sendable (String) async -> Credential?) { self.unlock = unlock }

    /// The keys to offer, in order: the agent's, then the files'. A missing default file is no news; a file that can't
    /// be used is told in the notes.
    func credentials(for endpoint: SSHEndpoint) async -> (keys: [Credential], notes: [Message]) {
        var keys: [Credential] = []
        var notes: [Message] = []
        for path in endpoint.identityFiles {
            switch await credential(path) {
            case .success(let credential): keys.append(credential)
            case .failure(let error) where error.code == .unreadable: continue
            case .failure(let error): notes.append(error.message)
            }
        }
        guard let socket = endpoint.agentSocket else { return (keys, notes) }
        let held = await identities(of: socket).map { Credential.agent(SSHAgent(socketPath: socket), $0) }
        let known = Set(keys.map(\.blob))
        let offered = endpoint.identitiesOnly ? held.filter { known.contains($0.blob) } : held
        let inAgent = Set(offered.map(\.blob))
        return (offered + keys.filter { !inAgent.contains($0.blob) }, notes)
    }

    private func credential(_ path: String) async -> Result<Credential, KeyFileError> {
        let task = loaded[path] ?? Task { await self.load(path) }
        loaded[path] = task
        return await task.value
    }

    private func load(_ path: String) async -> Result<Credential, KeyFileError> {
        do {
            return .success(.key(try KeyFile.load(path), name: path))
        } catch  where error.code == .encrypted {
            return await unlock(path).map { .success($0) } ?? .failure(error)
        } catch {
            return .failure(error)
        }
    }

    private func identities(of socket: String) async -> [SSHAgent.Identity] {
        let task =
            agents[socket]
            ?? Task { await ThreadExecutor.lookups.run { (try? SSHAgent(socketPath: socket).identities()) ?? [] } }
        agents[socket] = task
        return await task.value
    }
}
