package import FleetBase
import FleetConfig
import FleetHosts
package import FleetService

/// What `fleet host add --json` prints.
package struct HostAddView: Codable, Sendable {
    package let host: String
    package let address: String
    @OrNull package var user: String?
    @OrNull package var port: Int?
    /// The key's file that the inventory names.
    @OrNull package var key: String?
    /// Whether that key was installed there by a password.
    package let keyInstalled: Bool
    /// The other names that the inventory has for the machine.
    package let sameMachine: [String]
    /// These and the fingerprint are null when the host was not called.
    @OrNull package var algorithm: String?
    @OrNull package var fingerprint: String?
    @OrNull package var facts: [String: JSONValue]?
    /// What can run a package there, best first.
    package let methods: [String]

    private enum CodingKeys: String, CodingKey {
        case host, address, user, port, key, algorithm, fingerprint, facts, methods
        case keyInstalled = "key_installed"
        case sameMachine = "same_machine"
    }

    package init(_ result: HostAddOperation.Result) {
        let draft = result.draft
        host = draft.name.text
        address = draft.address ?? draft.name.text
        methods = result.facts?.methods.map(\.rawValue) ?? []
        keyInstalled = result.isKeyInstalled
        sameMachine = result.twins.map(\.other.text)
        _key = OrNull(wrappedValue: draft.key)
        _user = OrNull(wrappedValue: draft.user)
        _port = OrNull(wrappedValue: draft.port.map { Int($0.number) })
        _algorithm = OrNull(wrappedValue: result.key?.algorithm)
        _fingerprint = OrNull(wrappedValue: result.key?.fingerprint)
        _facts = OrNull(wrappedValue: result.facts?.json)
    }
}
