package import FleetBase
import FoundationEssentials

/// The known_hosts files of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT": plain, `[host]:port` and hashed names, wildcards,
/// negations, `@revoked`. A junk line is passed over; `@cert-authority` is seen, so that its absence can be explained.
///
/// libssh2's own checker ignores markers and wildcards and stops at a junk line.
package struct KnownHosts: Sendable {
    package enum Verdict: Sendable, Hashable {
        case trusted
        case unknown
        /// Other keys are known for the name; `place` is the first one's `file:line`.
        case changed(place: String)
        /// Only keys of other algorithms are known for the name, such as the RSA key that libssh2 can't check.
        case otherKind(place: String)
        case revoked(place: String)
        /// Only a certificate authority is known for the name, which libssh2 can't check.
        case needsCertificate(place: String)
    }

    private struct Place: Sendable {
        let file: String
        let line: Int
        var text: String { "\(file):\(line)" }
    }

    private struct Entry: Sendable {
        let pattern: HostPattern
        let marker: Substring?
        let algorithm: Substring
        let key: Substring
        let place: Place
    }

    /// Names without any wildcard, by name: the common case stays fast with thousands of hosts.
    private var plain: [Substring: [Entry]] = [:]
    private var others: [Entry] = []

    package init() {}

    /// Reads the files in order; one that is not there is empty.
    package init(files: [String]) {
        for file in files {
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else { continue }
            read(String(decoding: data, as: UTF8.self), file: file)
        }
    }

    package mutating func read(_ text: String, file: String) {
        for (index, line) in text.lines.enumerated() {
            add(line, at: Place(file: file, line: index + 1))
        }
    }

    private mutating func add(_ line: Substring, at place: Place) {
        var fields = line.split(maxSplits: 4, whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })[...]
        guard let first = fields.first, !first.hasPrefix("#") else { return }
        let marker = first.hasPrefix("@") ? fields.removeFirst() : nil
        guard fields.count >= 3 else { return }
        let names = fields[fields.startIndex]
        let entry = Entry(
            pattern: HostPattern(names), marker: marker, algorithm: fields[fields.startIndex + 1],
            key: fields[fields.startIndex + 2], place: place)
        guard case .plain(let list) = entry.pattern else { return others.append(entry) }
        for name in list { plain[name, default: []].append(entry) }
    }

    /// A key of another port than 22 may also be known for the name alone, as ssh has it: it is trusted then, while
    /// another key there says nothing about this port.
    ///
    /// - Parameter name: an address or a host key alias in lower case, without brackets.
    package func verdict(on key: HostKey, for name: String, port: Port) -> Verdict {
        let verdict = ownVerdict(on: key, for: name, port: port)
        guard port != .ssh else { return verdict }
        return switch verdict {
        case .unknown, .otherKind, .needsCertificate:
            ownVerdict(on: key, for: name, port: .ssh) == .trusted ? .trusted : verdict
        case .trusted, .changed, .revoked: verdict
        }
    }

    private func ownVerdict(on key: HostKey, for name: String, port: Port) -> Verdict {
        let entries = entries(for: name, port: port)
        let encoded = Base64.encode(key.blob)
        let same = entries.filter { $0.key == encoded }
        if let revoked = same.first(where: { $0.marker == "@revoked" }) { return .revoked(place: revoked.place.text) }
        if same.contains(where: { $0.marker == nil }) { return .trusted }
        let others = entries.filter { $0.marker == nil }
        if let other = others.first(where: { $0.algorithm == key.algorithm }) {
            return .changed(place: other.place.text)
        }
        if let other = others.first { return .otherKind(place: other.place.text) }
        if let authority = entries.first(where: { $0.marker == "@cert-authority" }) {
            return .needsCertificate(place: authority.place.text)
        }
        return .unknown
    }

    /// The algorithms of the stored keys: what to ask the server for, since a stored Ed25519 key would look like a
    /// changed one when the server shows its ECDSA key.
    package func algorithms(for name: String, port: Port) -> [String] {
        entries(for: name, port: port).filter { $0.marker == nil }.map { String($0.algorithm) }
    }

    /// The stored keys of a name, as base 64.
    package func keys(for name: String, port: Port) -> Set<String> {
        Set(entries(for: name, port: port).filter { $0.marker == nil }.map { String($0.key) })
    }

    private func entries(for name: String, port: Port) -> [Entry] {
        let lookup = Self.lookupName(name, port: port)
        return (plain[Substring(lookup)] ?? []) + others.filter { $0.pattern.matches(lookup) }
    }

    /// `name`, or `[name]:port` for any port but 22.
    package static func lookupName(_ name: String, port: Port) -> String {
        port == .ssh ? name : "[\(name)]:\(port)"
    }
}
