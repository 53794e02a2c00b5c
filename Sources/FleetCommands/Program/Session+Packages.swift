import FleetBase
import FleetConfig

extension Session {
    /// Proves that packages are known: to this project, to its state, or to one of the hosts.
    ///
    /// - Throws: for the first that is not; nothing when no host answers.
    func checkPackages(_ names: [String], on hosts: [Host]) async throws {
        let store = project.stateStore
        let state = try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.read() }
        var known = Set(project.packageNames).union(state.hosts.values.flatMap(\.packages.keys))
        guard names.contains(where: { !known.contains($0) }) else { return }
        let facts = await fleet.probe(hosts).compactMap(\.value)
        known.formUnion(facts.flatMap(\.packages.keys))
        guard !facts.isEmpty, let name = names.first(where: { !known.contains($0) }) else { return }
        throw ConfigError.unknown(name, kind: Message("package"), among: known.sorted())
    }
}
