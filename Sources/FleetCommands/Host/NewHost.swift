import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal

/// What a person says about a host that is to be added.
struct NewHost: Equatable {
    var name: String?
    /// Also as `user@address:port`.
    var address: String?
    var user: String?
    var port: Port?

    var isEmpty: Bool { name == nil && address == nil }

    init(name: String? = nil, address: String? = nil, user: String? = nil, port: Port? = nil) {
        self.name = name
        self.address = address
        self.user = user
        self.port = port
    }

    /// Asks for what the systems before fleet asked for: id, address, port.
    ///
    /// - Returns: nil when nobody answers any more.
    init?(asking terminal: Terminal) async {
        var address = ""
        while address.isEmpty {
            guard let typed = await terminal.ask(Message("address")) else { return nil }
            address = typed
        }
        let suggestion = Self.name(for: Endpoint(address).address) ?? ""
        guard let name = await terminal.ask(Message("name"), standard: suggestion) else { return nil }
        var port: Port?
        while port == nil {
            guard let typed = await terminal.ask(Message("port"), standard: Endpoint(address).port ?? "22") else {
                return nil
            }
            port = try? Port(typed)
        }
        guard let user = await terminal.ask(Message("user; empty for the one of ~/.ssh/config")) else { return nil }
        self.init(
            name: name.isEmpty ? nil : name, address: address, user: user.isEmpty ? nil : user,
            port: port == .ssh ? nil : port)
    }

    /// - Parameter taken: names that are in use.
    func draft(taken: [HostName]) throws -> HostDraft {
        guard !isEmpty else {
            throw ArgumentError(
                .missingArgument, Message("which host?"),
                hint: Message("fleet host add NAME ADDRESS, such as pc-leo 192.0.2.7"))
        }
        // One word that is an address: the name comes from it.
        let isAddressAlone = address == nil && (name.map(Self.looksLikeAddress) ?? false)
        let endpoint = (isAddressAlone ? name : address).map(Endpoint.init)
        let given = isAddressAlone ? nil : name
        if let address = endpoint?.address, !Endpoint.isAddress(address) {
            throw ArgumentError(
                .invalidValue, Message("\"\(address)\" is not a name or an IP address"),
                hint: Message("fleet host add NAME ADDRESS, such as pc-leo 192.0.2.7"))
        }
        guard let text = given ?? endpoint.flatMap({ Self.name(for: $0.address) }) else {
            let address = endpoint?.address ?? ""
            throw ArgumentError(
                .missingArgument, Message("\(address) gives no name for the host"),
                hint: Message("fleet host add NAME \(address)"))
        }
        let name = try HostName(text)
        guard given != nil || !taken.contains(name) else {
            let address = endpoint?.address ?? ""
            throw ArgumentError(
                .invalid, Message("there is a host \(name) already"),
                hint: Message("name it: fleet host add NAME \(address)"))
        }
        var draft = HostDraft(name: name)
        draft.address = endpoint?.address
        draft.user = user ?? endpoint?.user
        draft.port = try port ?? endpoint?.port.map { text throws(ValueError) in try Port(text) }
        return draft
    }

    /// `worker-11` for 192.0.2.11, as the workers before fleet were numbered; `vps` for vps.example.org.
    static func name(for address: String) -> String? {
        let parts = address.split(separator: ".")
        if isIPv4(address), let last = parts.last.flatMap({ Int($0) }) {
            return last < 10 ? "worker-0\(last)" : "worker-\(last)"
        }
        guard !address.contains(":"), let first = parts.first, Identifier.isValid(String(first)) else { return nil }
        return String(first)
    }

    private static func looksLikeAddress(_ text: String) -> Bool {
        isIPv4(Endpoint(text).address) || text.contains(":") || text.contains("@")
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
