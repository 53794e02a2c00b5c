import FleetBase
import Synchronization

/// The private keys of the master, each file read once for all connections, and again when it has changed.
///
/// A key file with a passphrase is handed to a `PassphraseAgent`, which asks for it on the terminal, once.
actor KeyRing {
    /// What one login can offer: the keys in order, and why some files could not be used.
    struct Credentials: Sendable {
        var keys: [Credential] = []
        var problems: [KeyFileError] = []
    }

    /// How long the answer of an agent holds.
    private static let agentAnswer = Duration.seconds(30)

    private struct Loading {
        let stamp: FileStamp?
        let task: Task<Result<Credential, KeyFileError>, Never>
    }

    private struct Asking {
        let task: Task<[SSHAgent.Identity], Never>
        let since = ContinuousClock.now
    }

    private var loaded: [String: Loading] = [:]
    private var unlocked: [String: Task<Credential?, Never>] = [:]
    private var agents: [String: Asking] = [:]
    private let unlock: @Sendable (String) async -> Credential?

    /// - Parameter unlock: opens a key file that has a passphrase, or gives nil where nobody can be asked.
    init(unlock: @escaping @Sendable (String) async -> Credential?) { self.unlock = unlock }

    /// The keys to offer, in order: the agent's, then the files'. A missing file is no news where nobody named it, and nobody is asked for
    /// the passphrase of a key that the agent holds.
    func credentials(for endpoint: SSHEndpoint) async -> Credentials {
        let held = await credentials(of: endpoint.agentSocket)
        let inAgent = Set(held.map(\.blob))
        var found = Credentials()
        var named: Set<[UInt8]> = []
        for path in endpoint.identityFiles {
            let result = await credential(path)
            if case .success(let credential) = result {
                named.insert(credential.blob)
                if !inAgent.contains(credential.blob) { found.keys.append(credential) }
                continue
            }
            if let blob = KeyFile.publicBlob(path).map(Credential.offered), inAgent.contains(blob) {
                named.insert(blob)
            } else if case .failure(let error) = result {
                await open(path, error, isNamed: endpoint.namesIdentities, &found)
            }
        }
        found.keys = held.filter { !endpoint.identitiesOnly || named.contains($0.blob) } + found.keys
        return found
    }

    private func open(
        _ path: String, _ error: KeyFileError, isNamed: Bool, _ found: inout Credentials
    ) async {
        if error.code == .encrypted, let credential = await unlocked(path) {
            found.keys.append(credential)
        } else if error.code != .unreadable || isNamed {
            found.problems.append(error)
        }
    }

    private func credential(_ path: String) async -> Result<Credential, KeyFileError> {
        let stamp = FileStamp(path)
        if let known = loaded[path], known.stamp == stamp { return await known.task.value }
        let task = Task {
            Result<Credential, KeyFileError> { () throws(KeyFileError) in .key(try KeyFile.load(path), name: path) }
        }
        loaded[path] = Loading(stamp: stamp, task: task)
        return await task.value
    }

    private func unlocked(_ path: String) async -> Credential? {
        let task = unlocked[path] ?? Task { await unlock(path) }
        unlocked[path] = task
        return await task.value
    }

    private func credentials(of socket: String?) async -> [Credential] {
        guard let socket else { return [] }
        return await identities(of: socket).map { .agent(SSHAgent(socketPath: socket), $0) }
    }

    private func identities(of socket: String) async -> [SSHAgent.Identity] {
        if let known = agents[socket], .now - known.since < Self.agentAnswer { return await known.task.value }
        let asking = Asking(
            task: Task { await ThreadExecutor.lookups.run { (try? SSHAgent(socketPath: socket).identities()) ?? [] } })
        agents[socket] = asking
        return await asking.task.value
    }
}
