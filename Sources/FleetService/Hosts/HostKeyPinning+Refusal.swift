import FleetBase
import FleetConfig
import FleetSSH

extension HostKeyPinning {
    /// The same key with the pinned one that gives way to it, if any does.
    func replacing(_ shown: ShownKey) throws -> ShownKey {
        let known = try pins(of: shown)
        guard replaces, let old = known.first, !known.contains(where: { $0.key == shown.key }) else { return shown }
        var shown = shown
        shown.replaced = ShownKey.Replaced(key: old.key, place: old.place)
        return shown
    }

    private func pins(of shown: ShownKey) throws -> [(key: HostKey, place: String)] {
        PinnedKeys(try project.knownHosts(), file: project.shown(project.knownHostsFile)).keys(for: shown.endpoint)
    }

    /// - Throws: when the key is not the one that it has to be.
    func isPinned(_ shown: ShownKey) throws -> Bool {
        try refuseWrongFingerprint(shown)
        let known = try pins(of: shown)
        if known.contains(where: { $0.key == shown.key }) { return true }
        if let (key, place) = known.first, !replaces { throw Self.change(of: shown, key, place) }
        try refuseVerdict(on: shown)
        return false
    }

    private func refuseWrongFingerprint(_ shown: ShownKey) throws(Failure) {
        guard case .fingerprint(let wanted) = approval else { return }
        let isSame = wanted == shown.fingerprint || "SHA256:\(wanted)" == shown.fingerprint
        guard !isSame else { return }
        throw Failure(
            .hostKey, Message("the host's fingerprint is \(shown.fingerprint), not \(wanted)"),
            hint: Message("do not trust it before you know why: look on the host itself with ssh-keygen -l"))
    }

    private static func change(of shown: ShownKey, _ key: HostKey, _ place: String) -> Failure {
        Failure(
            .hostKey,
            Message(
                "\(shown.name) has another key than the pinned one: \(key.algorithm) \(key.fingerprint) in \(place)"),
            hint: Message(
                "somebody may listen in. If the host was set up anew: fleet host pin \(shown.host) --replace"))
    }

    private func refuseVerdict(on shown: ShownKey) throws(Failure) {
        let name = shown.name
        switch shown.verdict {
        case .revoked(let place):
            throw Failure(
                .hostKey, Message("the host key of \(name) is revoked by \(place)"),
                hint: Message("do not connect before the host has a new key"))
        case .changed(let place) where !place.hasPrefix(project.knownHostsFile + ":"):
            let file = place.split(separator: ":").dropLast().joined(separator: ":")
            throw Failure(
                .hostKey, Message("\(name) has another key than the one in \(place)"),
                hint: Message(
                    "somebody may listen in. If the host was set up anew: ssh-keygen -R \(ShellWord(name).rendered) -f \(file)"
                ))
        case .trusted, .unknown, .changed, .otherKind, .needsCertificate: break
        }
    }
}
