import FleetBase
import FleetConfig

/// A host that is to be written into the inventory.
public struct NewHost: Sendable, Hashable {
    /// Letters, digits, `.`, `_` and `-`, at most 64 characters.
    public var name: String
    /// A name or an IP address; the host's name when nil.
    public var address: String?
    /// Whom to log in as; as `~/.ssh/config` says when nil.
    public var user: String?
    /// The port of its sshd, from 1 to 65535; as `~/.ssh/config` says when nil.
    public var port: Int?
    /// A private key, tried after the agent: a path, from the project's folder on.
    public var key: String?
    /// The host to go through.
    public var jump: String?
    /// The folder that fleet has on the host; `~/.fleet` when nil.
    public var root: String?
    /// How many tasks the host runs at once; its cores when nil.
    public var slots: Int?
    /// Words to select it by.
    public var tags: [String] = []
    /// Groups that it belongs to.
    public var groups: [String] = []
    /// How it is reached.
    public var transport = HostTransport.ssh

    /// A host that has a name and maybe an address; the rest is as usual.
    public init(_ name: String, address: String? = nil) { (self.name, self.address) = (name, address) }

    var draft: HostDraft {
        get throws(FleetError) {
            do {
                var draft = HostDraft(name: try HostName(name))
                draft.port = try port.map { number throws(ValueError) in try Port("\(number)") }
                (draft.address, draft.user, draft.key, draft.jump) = (address, user, key, jump)
                (draft.root, draft.slots, draft.tags, draft.groups) = (root, slots, tags, groups)
                draft.transport = transport == .local ? .local : .ssh
                return draft
            } catch {
                throw FleetError(error)
            }
        }
    }
}

/// What adding a host has found.
public struct AddedHost: Codable, Sendable, Hashable {
    /// The host's name.
    public let host: String
    /// A name or an IP address.
    public let address: String
    /// Whom fleet logs in as; nil when the inventory does not say.
    public let user: String?
    /// The port of its sshd; nil when the inventory does not say.
    public let port: Int?
    /// The other names that the inventory has for the machine, by its host key or its machine id.
    public let sameMachine: [String]
    /// The kind of its key, such as `ssh-ed25519`; nil when the host was not called.
    public let algorithm: String?
    /// The fingerprint of its key, `SHA256:…`; nil when the host was not called.
    public let fingerprint: String?
    /// What the host said of itself; nil when it was not called.
    public let facts: HostFacts?
    /// What can run a package there, best first.
    public let methods: [RunMethod]

    private enum CodingKeys: String, CodingKey {
        case host, address, user, port, algorithm, fingerprint, facts, methods
        case sameMachine = "same_machine"
    }
}
