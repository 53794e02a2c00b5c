package import FleetBase
package import FleetConfig
package import FleetHosts

extension Fleet {
    private static let looking = Duration.seconds(60)
    private static let removing = Duration.seconds(1800)

    /// What fleet's folder on a host has, if it may be removed now.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: what forbids to remove it, and what keeps the host from answering.
    package func folder(on host: Host) async throws(Failure) -> RemoteFolder? {
        try await purge(host, "look", within: Self.looking)
    }

    /// Removes fleet's folder from a host, with all that lies in it.
    ///
    /// - Returns: what it had; nil where there was none.
    package func removeFolder(on host: Host) async throws(Failure) -> RemoteFolder? {
        try await purge(host, "remove", within: Self.removing)
    }

    private func purge(
        _ host: Host, _ wish: ShellWord, within limit: Duration
    ) async throws(Failure) -> RemoteFolder? {
        try await withShell(on: host) { shell throws(Failure) in
            let result = try await shell.run(.purge, [host.rootWord, wish], deadline: .after(limit))
            if result.status == 82 { throw .openFolder(result.reason, .exit) }
            guard result.status == 0 else {
                let (name, reason) = (host.name, result.reason)
                throw Failure(.exit, Message("fleet's folder on \(name) can't be removed: \(reason)"))
            }
            guard let folder = try RemoteFolder(HostAnswer(result), on: host.name) else { return nil }
            if let objection = folder.objection(on: host.name) { throw objection }
            return folder
        }
    }
}
