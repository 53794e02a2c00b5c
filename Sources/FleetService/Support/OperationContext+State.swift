package import FleetBase
import FleetConfig
import FleetEvents
package import FleetHosts
package import FleetReleases

/// What the inventory remembers of its hosts, see ``InventoryState``.
extension OperationContext {
    /// Writes down that hosts have a package, after a push or a run.
    ///
    /// - Parameter images: the ids of the images that the hosts' engines have; nil when nobody looked.
    package func remember(_ package: BuiltPackage, on hosts: [HostName], images: [HostName: String]? = nil) async {
        let now = Timestamp.now
        let (name, version, digest) = (package.name, package.version, package.manifest.digest.hex)
        await updateState { state in
            for host in hosts {
                var known = state[host] ?? HostState()
                known.seen = now
                if known.packages[name]?.version != version {
                    known.packages[name] = PackageState(version: version, digest: digest, pushed: now)
                }
                if let images { known.packages[name]?.image = images[host] }
                state[host] = known
            }
        }
    }

    /// Writes down what hosts said of themselves.
    package func remember(_ outcomes: [HostOutcome<Facts>]) async {
        let now = Timestamp.now
        await updateState { state in
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

    /// Writes down that what was current somewhere is gone.
    package func forget(_ outcomes: [HostOutcome<[PrunedRelease]>]) async {
        let gone = outcomes.flatMap { outcome in
            (outcome.value ?? []).filter { !$0.isUsed }.map { (outcome.host, $0.release) }
        }
        guard !gone.isEmpty else { return }
        await updateState { state in
            for (host, release) in gone where state[host]?.packages[release.name]?.version == release.version {
                state[host]?.packages[release.name] = nil
            }
        }
    }

    /// The work on the hosts is done by then: what can't be written down is told, and takes nothing away.
    private func updateState(_ change: @escaping @Sendable (inout InventoryState) -> Void) async {
        let store = project.stateStore
        do {
            try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.update(change) }
        } catch {
            let problem = error.message
            events.tell(.note(Message("what the hosts have was not written down: \(problem)")))
        }
    }
}
