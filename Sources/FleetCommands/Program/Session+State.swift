import FleetBase
import FleetConfig
import FleetEngine

extension Session {
    /// Writes down that hosts have a package, after a push or a run.
    func remember(_ package: BuiltPackage, on hosts: [HostName]) async throws {
        let now = Timestamp.now
        let (name, version, digest) = (package.name, package.version, package.manifest.digest.hex)
        try await updateState { state in
            for host in hosts {
                var known = state[host] ?? HostState()
                known.seen = now
                if known.packages[name]?.version != version {
                    known.packages[name] = PackageState(version: version, digest: digest, pushed: now)
                }
                state[host] = known
            }
        }
    }

    /// Writes down what hosts said of themselves.
    func remember(_ outcomes: [HostOutcome<Facts>]) async throws {
        let now = Timestamp.now
        try await updateState { state in
            for outcome in outcomes {
                guard let facts = outcome.value else { continue }
                var known = state[outcome.host] ?? HostState()
                known.seen = now
                known.facts = facts.stable
                known.methods = facts.methods.map(\.rawValue)
                // What somebody else pushed or removed in the meantime is not what is remembered.
                known.packages = known.packages.filter { facts.packages[$0.key]?.current == $0.value.version }
                state[outcome.host] = known
            }
        }
    }

    private func updateState(_ change: @escaping @Sendable (inout InventoryState) -> Void) async throws {
        let store = project.stateStore
        try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.update(change) }
    }
}
