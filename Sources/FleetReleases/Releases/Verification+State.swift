package import FleetBase
package import FleetHosts

extension Verification {
    /// How a release is at the end.
    package enum State: Sendable, Hashable {
        case whole
        case repaired
        /// So many files are not as they were installed; a host tells no more than ``mostDamaged``.
        case damaged(Int, orMore: Bool)
        /// On a host that takes signed packages only.
        case unsigned
        case wronglySigned
    }

    /// All that were found, by name and version.
    package var releases: [RemoteRelease] { Set(checked.keys).union(damaged.keys).sorted() }

    package func state(of release: RemoteRelease) -> State {
        guard !repaired.contains(release) else { return .repaired }
        let count = damaged[release]?.count ?? 0
        guard count == 0 else { return .damaged(count, orMore: count >= Self.mostDamaged) }
        guard untrusted.contains(release) else { return .whole }
        return signatures[release] == .missing ? .unsigned : .wronglySigned
    }

    /// What a person should know though nothing failed.
    package var notes: [Message] { signatures.values.contains(.unchecked) ? [Signature.uncheckedNote] : [] }

    /// Why the host's releases are not all well at the end: some are still damaged, or not signed by whom they should be.
    package var failure: Failure? {
        let damaged = damaged.keys.count { !repaired.contains($0) }
        if damaged > 0 {
            return Failure(
                .verify, Message("damaged versions: \(damaged)"),
                // Why a repair came to nothing is told of each version.
                hint: problems.isEmpty ? Message("bring it back with: fleet verify --repair") : nil)
        }
        let untrusted = untrusted.count { !repaired.contains($0) }
        guard untrusted > 0 else { return nil }
        return Failure(
            .verify, Message("versions without the signature of an allowed signer: \(untrusted)"),
            hint: Message("sign and push them again, or see who may sign: inventory/allowed_signers"))
    }
}

extension HostOutcome<Verification> {
    /// Why the host could not tell, or what is wrong with what it told.
    package var problem: Failure? { failure ?? value?.failure }
}
