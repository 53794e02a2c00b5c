package import FleetBase
package import FleetConfig
import FleetPackage

extension Fleet {
    private static let asking = Duration.seconds(20)
    /// A push may take as long as its bytes do; a connection that is dead is noticed by the transport.
    private static let sending = Duration.seconds(3600)

    /// Brings a package to hosts, whole.
    ///
    /// - Parameter dryRun: finds out and changes nothing.
    package func push(
        _ package: BuiltPackage, to hosts: [Host], dryRun: Bool = false, width: Int = Fleet.width,
        finished: @Sendable (HostOutcome<PushOutcome>) -> Void = { _ in }
    ) async -> [HostOutcome<PushOutcome>] {
        await onEach(of: hosts, width: width, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let answer = try await shell.run(
                    .status, [host.rootWord, ShellWord(package.name)], deadline: .after(Self.asking))
                let status = PackageStatus(answer.values)
                return try await push(package, to: host, status, shell, dryRun: dryRun)
            }
        }
    }

    func push(
        _ package: BuiltPackage, to host: Host, _ status: PackageStatus, _ shell: RemoteShell, dryRun: Bool = false
    ) async throws(Failure) -> PushOutcome {
        let start = ContinuousClock.now
        func outcome(_ state: PushOutcome.State, sent: Int64 = 0) -> PushOutcome {
            PushOutcome(
                from: status.current, to: package.version, state: state, bytesSent: sent, duration: .now - start)
        }
        switch PushPlan(for: package.version, on: status) {
        case .nothing: return outcome(.unchanged)
        case .activate where dryRun: return outcome(.planned)
        case .activate:
            try await activate(package, on: host, shell)
            return outcome(.activated)
        case .send where dryRun: return outcome(.planned, sent: package.archiveSize.bytes)
        case .send: return outcome(.pushed, sent: try await send(package, to: host, status, shell))
        }
    }

    private func activate(_ package: BuiltPackage, on host: Host, _ shell: RemoteShell) async throws(Failure) {
        let words = [host.rootWord, ShellWord(package.name), ShellWord(package.version), ShellWord(Nonce().text)]
        let result = try await shell.run(.activate, words, deadline: .after(Self.asking))
        guard result.status == 0 else { throw Self.pushFailure(result, package) }
    }

    /// - Returns: how many bytes went over the channel.
    private func send(
        _ package: BuiltPackage, to host: Host, _ status: PackageStatus, _ shell: RemoteShell
    ) async throws(Failure) -> Int64 {
        let compression: PackageArchive.Compression = status.tools.contains("zstd") ? .zstd : .gzip
        let archive: String
        do {
            archive = try await ThreadExecutor.disk.run { () throws(PackageError) in
                try package.archive(compression: compression)
            }
        } catch {
            throw Failure(.push, error.message, hint: error.hint)
        }
        let words = [
            host.rootWord, ShellWord(package.name), ShellWord(package.version), ShellWord(Nonce().text),
            compression == .zstd ? "zstd" : "gzip",
        ]
        let result = try await shell.run(
            .install, words, input: .file(archive), deadline: .after(Self.sending))
        guard result.status == 0 else { throw Self.pushFailure(result, package) }
        return result.bytesSent
    }

    private static func pushFailure(_ result: RemoteResult, _ package: BuiltPackage) -> Failure {
        let (reason, name) = (result.reason, package.name)
        switch result.status {
        case 73:
            return Failure(
                .push, Message("can't write on the host: \(reason)"),
                hint: Message("is the disk full, or the folder not the user's? root: in the inventory names another"))
        case 75:
            return Failure(
                .push, Message("a file of \(name) arrived damaged: \(reason)"), hint: Message("push it again"))
        default:
            return Failure(
                .push, Message("the host could not install \(name): \(reason)"),
                hint: Message("what it had before is still there and current"))
        }
    }
}
