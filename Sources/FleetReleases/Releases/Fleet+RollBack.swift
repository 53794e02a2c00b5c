package import FleetBase
package import FleetConfig
package import FleetHosts

/// A way back that a host went.
package struct Rollback: Sendable, Hashable {
    package let from: String?
    package let to: String
}

extension Fleet {
    /// Makes an earlier release current: a given one, or the one that was current before.
    package func rollBack(
        _ name: String, to version: String?, on hosts: [Host],
        finished: @Sendable (HostOutcome<Rollback>) -> Void = { _ in }
    ) async -> [HostOutcome<Rollback>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let signers = host.requireSigned ? try await signers(for: host) : ""
                let words = [host.rootWord, ShellWord(name), ShellWord(version ?? ""), ShellWord(signers)]
                let result = try await shell.run(.rollback, words, deadline: .after(Fleet.waiting))
                guard ![73, 79, 80, 81, 82].contains(result.status) else {
                    throw HostInstall(name: name, host: host, shell: shell).failure(result, .rollback)
                }
                guard result.status == 0 else {
                    throw Failure(
                        .rollback, Rollback.problem(result, name, version),
                        hint: Message("see what is there with: fleet versions"))
                }
                return try Rollback(HostAnswer(result))
            }
        }
    }
}

extension Rollback {
    fileprivate static func problem(_ result: RemoteResult, _ name: String, _ version: String?) -> Message {
        let reason = result.reason
        switch result.status {
        case 72: return Message("\(name) was never installed there")
        case 85: return Message("there is no earlier version of \(name) there")
        case 86:
            let wanted = version ?? "–"
            return Message("there is not one version \(wanted) of \(name) there, but: \(reason)")
        default: return Message("the host can't go back: \(reason)")
        }
    }

    fileprivate init(_ answer: HostAnswer) throws(Failure) {
        guard let line = answer.all("to").last else { throw HostAnswerLine(key: "to", value: "").senseless }
        to = try line.version(line.value)
        let before = answer.all("from").last { !$0.value.isEmpty }
        from = try before.map { line throws(Failure) in try line.version(line.value) }
    }
}
