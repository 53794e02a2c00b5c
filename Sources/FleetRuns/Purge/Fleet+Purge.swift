package import FleetBase
package import FleetConfig
package import FleetHosts
import Synchronization

/// What a look at fleet's folder on a host has found.
package enum RemoteFolderLook: Sendable {
    case folder(RemoteFolder)
    case nothing
    /// Nobody is there: no connection was made.
    case absent(Failure)
}

extension Fleet {
    /// To count what lies there takes long on a large or slow disk.
    private static let looking = Duration.seconds(300)
    private static let removing = Duration.seconds(1800)

    /// What fleet's folder on a host has, if it may be removed now.
    ///
    /// - Throws: what forbids to remove it, and what keeps a host that is there from answering.
    package func folder(on host: Host) async throws(Failure) -> RemoteFolderLook {
        let isConnected = Mutex(false)
        do throws(Failure) {
            let folder = try await purge(host, "look", within: Self.looking) { isConnected.withLock { $0 = true } }
            return folder.map(RemoteFolderLook.folder) ?? .nothing
        } catch {
            guard !isConnected.withLock({ $0 }), Self.absences.contains(error.kind) else {
                throw Self.explained(error, host.name)
            }
            return .absent(error)
        }
    }

    /// Removes fleet's folder from a host, with all that lies in it.
    ///
    /// - Returns: what it had; nil where there was none.
    package func removeFolder(on host: Host) async throws(Failure) -> RemoteFolder? {
        do throws(Failure) {
            return try await purge(host, "remove", within: Self.removing)
        } catch {
            throw Self.explained(error, host.name)
        }
    }

    private static let absences: Set<FailureClass> = [.unreachable, .refused, .noAnswer]

    /// A host that is there, and whose folder is not known to be gone.
    private static func explained(_ failure: Failure, _ host: HostName) -> Failure {
        guard failure.kind != .exit, failure.kind != .cancelled else { return failure }
        let message = Message("\(host) is there, but nobody knows what is in fleet's folder: \(failure.message)")
        let hint = Message("fleet doctor \(host) says more; without --purge the inventory alone forgets it")
        return Failure(failure.kind, message, hint: failure.hint ?? hint)
    }

    private func purge(
        _ host: Host, _ wish: ShellWord, within limit: Duration, connected: @escaping @Sendable () -> Void = {}
    ) async throws(Failure) -> RemoteFolder? {
        try await withShell(on: host) { shell throws(Failure) in
            connected()
            let result = try await shell.run(.purge, [host.rootWord, wish], deadline: .after(limit))
            if result.status == 82 { throw .openFolder(result.reason, .exit) }
            guard result.status == 0 else {
                let (name, reason) = (host.name, result.reason)
                throw Failure(.exit, Message("fleet's folder on \(name) can't be removed: \(reason)"))
            }
            guard let folder = try RemoteFolder(HostAnswer(result), on: host.name) else { return nil }
            if let objection = folder.objection(on: host.name, to: { try? master().text }) { throw objection }
            return folder
        }
    }
}
