import FleetArguments
import FleetBase
import FleetConfig

/// What a person says about a host that is to be added.
struct NewHost: Equatable {
    var name: String?
    /// Also as `user@address:port`.
    var address: String?
    var user: String?
    var port: Port?
    /// A private key's file.
    var key: String?

    var isEmpty: Bool { name == nil && address == nil }

    init(name: String? = nil, address: String? = nil, user: String? = nil, port: Port? = nil, key: String? = nil) {
        // One word that is an address: the name comes from it.
        let isAddressAlone = address == nil && (name.map(Self.looksLikeAddress) ?? false)
        (self.name, self.address) = isAddressAlone ? (nil, name) : (name, address)
        (self.user, self.port, self.key) = (user, port, key)
    }

    /// - Parameter taken: names that are in use.
    /// - Throws: when something that was said can not be right, whatever else is still to be said.
    func check(taken: [HostName]) throws {
        let endpoint = address.map(Endpoint.init)
        if let address = endpoint?.address, !Endpoint.isWholeAddress(address) {
            throw ArgumentError(
                .invalidValue, Message("\"\(address)\" is not a name or an IP address"),
                hint: Message("fleet host add NAME ADDRESS, such as pc-leo 192.0.2.7"))
        }
        for problem in [user, endpoint?.user].compactMap({ $0.flatMap(Self.problem(ofUser:)) }) {
            throw ArgumentError(.invalidValue, problem)
        }
        _ = try endpoint?.port.map { text throws(ValueError) in try Port(text) }
        if let name, taken.contains(try HostName(name)) {
            throw ArgumentError(
                .invalid, Message("there is a host \(name) already"),
                hint: Message(verbatim: "fleet inventory show \(name)"))
        }
    }

    static func problem(ofUser text: String) -> Message? {
        Endpoint.isUser(text) ? nil : Message("\"\(text)\" can not be a user's name")
    }

    /// - Parameter taken: names that are in use.
    func draft(taken: [HostName]) throws -> HostDraft {
        guard !isEmpty else {
            throw ArgumentError(
                .missingArgument, Message("which host?"),
                hint: Message("fleet host add NAME ADDRESS, such as pc-leo 192.0.2.7"))
        }
        try check(taken: taken)
        let endpoint = address.map(Endpoint.init)
        guard let text = name ?? endpoint.flatMap({ Self.name(for: $0.address) }) else {
            let address = endpoint?.address ?? ""
            throw ArgumentError(
                .missingArgument, Message("\(address) gives no name for the host"),
                hint: Message("fleet host add NAME \(address)"))
        }
        let hostName = try HostName(text)
        guard name != nil || !taken.contains(hostName) else {
            let address = endpoint?.address ?? ""
            throw ArgumentError(
                .invalid, Message("there is a host \(hostName) already"),
                hint: Message("name it: fleet host add NAME \(address)"))
        }
        var draft = HostDraft(name: hostName)
        draft.address = endpoint?.address
        draft.user = user ?? endpoint?.user
        draft.port = try port ?? endpoint?.port.map { text throws(ValueError) in try Port(text) }
        return draft
    }

    /// `worker-11` for 192.0.2.11, as the workers before fleet were numbered; `vps` for vps.example.org.
    static func name(for address: String) -> String? {
        let parts = address.split(separator: ".")
        if Endpoint.isIPv4(address), let last = parts.last.flatMap({ Int($0) }) {
            return last < 10 ? "worker-0\(last)" : "worker-\(last)"
        }
        guard !address.contains(":"), let first = parts.first, Identifier.isValid(String(first)) else { return nil }
        return String(first)
    }

    private static func looksLikeAddress(_ text: String) -> Bool {
        Endpoint.isIPv4(Endpoint(text).address) || text.contains(":") || text.contains("@")
    }
}
