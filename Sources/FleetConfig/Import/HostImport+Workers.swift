import FleetBase

extension HostImport {
    private static let lists = ["workers", "vms", "slaves", "hosts", "nodes"]
    private static let nameKeys = ["id", "worker_id", "slave_id", "name"]
    private static let addressKeys = ["ip", "host", "address", "url", "hostname"]
    private static let userKeys = ["user", "username", "ssh_user"]

    private static let knownKeys = Set(nameKeys + addressKeys + userKeys + ["port", "ssh_port"])

    /// Reads `config_workers.json`: a list or a mapping of workers, also below a key such as "workers".
    init(workers root: YAMLNode) throws(ConfigError) {
        self.init()
        let list = Self.lists.lazy.compactMap { root[$0] }.first { !$0.isNull } ?? root
        var workers: [(key: String?, node: YAMLNode)] = []
        if case .sequence(let elements) = list.content {
            workers = elements.map { (nil, $0) }
        } else {
            workers = try list.entries().map { ($0.key, $0.value) }
        }
        for (index, worker) in workers.enumerated() {
            try add(worker.node, called: worker.key, number: index + 1)
        }
        noteUnused(workers.map(\.node))
    }

    private mutating func noteUnused(_ workers: [YAMLNode]) {
        let keys = Set(workers.flatMap { $0.mapping ?? [] }.map(\.key)).subtracting(Self.knownKeys)
        guard !keys.isEmpty else { return }
        let names = keys.sorted().joined(separator: ", ")
        notes.append(Message("keys of the workers left out: \(names)"))
    }

    private mutating func add(_ node: YAMLNode, called key: String?, number: Int) throws(ConfigError) {
        let endpoint = Endpoint(try Self.address(node))
        guard !endpoint.address.isEmpty else {
            throw ConfigError(.invalidValue, at: node.place, Message("no address in this worker"))
        }
        let given = try Self.text(node, Self.nameKeys) ?? key
        let name = name(for: Self.workerName(given, number: number))
        var host = HostDraft(name: name)
        host.address = endpoint.address
        host.user = try Self.text(node, Self.userKeys) ?? endpoint.user
        if let port = try Self.text(node, ["port"]) ?? endpoint.port { host.port = sshPort(port, of: name) }
        if let port = try Self.text(node, ["ssh_port"]) { host.port = self.port(port, of: name) }
        hosts.append(host)
    }

    /// A worker's port is that of its HTTP daemon, which fleet does without.
    private mutating func sshPort(_ port: String, of name: HostName) -> Port? {
        if port == "22" { return .ssh }
        notes.append(Message("\(name): port \(port) is the worker's HTTP port, not SSH's, and is left out"))
        return nil
    }

    /// A worker without a name, or with a bare number, is named by number: `worker-01`.
    private static func workerName(_ given: String?, number: Int) -> String {
        if let given, Int(given) == nil { return given }
        let digits = given ?? String(number)
        return "worker-" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits
    }

    private static func address(_ node: YAMLNode) throws(ConfigError) -> String {
        guard case .mapping = node.content else { return try node.string() }
        guard let address = try text(node, addressKeys) else {
            throw ConfigError(.missing, at: node.place, Message("no address in this worker"))
        }
        return address
    }

    private static func text(_ node: YAMLNode, _ keys: [String]) throws(ConfigError) -> String? {
        for key in keys {
            if let value = node[key], !value.isNull { return try value.string() }
        }
        return nil
    }
}
