package import FleetBase

/// A broker that gets the durable events while `fleet serve` runs: an entry of `events:` in `hosts.yaml`.
package struct EventSink: Sendable, Hashable {
    package let broker: BrokerAddress
    package let user: String?
    package let password: SecretSource?
    /// The file with the certificates that the broker's must lead to; nil for those that this machine trusts.
    package let ca: String?
    package let keep: Backlog

    /// How much waits for a broker that is away; what is more, or older, is left out.
    package struct Backlog: Sendable, Hashable {
        package var age: Duration?
        package var bytes: ByteCount?
    }

    package init(_ broker: BrokerAddress) {
        (self.broker, user, password, ca, keep) = (broker, broker.user, nil, nil, Backlog())
    }

    init(_ node: YAMLNode, paths: PathBase) throws(ConfigError) {
        let section = try YAMLSection(node, keys: Self.keys)
        let address = try section.required("mqtt")
        do throws(ConfigError) {
            broker = try BrokerAddress(parsing: try address.string())
        } catch {
            guard error.place == nil else { throw error }
            throw ConfigError(error.code, at: address.place, error.message, hint: error.hint)
        }
        user = try section["user"]?.string() ?? broker.user
        password = try section["password"].map { node throws(ConfigError) in try SecretSource(node) }
        if let place = section["password"]?.place, user == nil {
            throw ConfigError(.missing, at: place, Message("a password needs a user beside it"))
        }
        ca = try section["ca"].map { node throws(ConfigError) in paths.resolve(try node.masterPath()) }
        if let place = section["ca"]?.place, !broker.isSecure {
            throw ConfigError(
                .invalidValue, at: place, Message("certificates are for mqtts:// alone"),
                hint: Message("write mqtts:// in the address, or leave ca: out"))
        }
        keep = try section["keep"].map { node throws(ConfigError) in try Backlog(node) } ?? Backlog()
    }

    /// Reads `events:`, no broker's topic twice.
    static func list(_ node: YAMLNode?, paths: PathBase) throws(ConfigError) -> [EventSink] {
        var sinks: [EventSink] = []
        for element in try node?.elements() ?? [] {
            let sink = try EventSink(element, paths: paths)
            guard !sinks.contains(where: { $0.isSame(as: sink.broker) }) else {
                throw ConfigError(.duplicate, at: element.place, Message("\(sink.broker) stands here twice"))
            }
            sinks.append(sink)
        }
        return sinks
    }

    /// Whether events go to the same topic of the same broker.
    package func isSame(as other: BrokerAddress) -> Bool { broker.description == other.description }
}

extension EventSink.Backlog {
    fileprivate init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(node, keys: Self.keys)
        age = try section["age"]?.timeLimit()
        bytes = try section["bytes"]?.byteCount()
    }
}
