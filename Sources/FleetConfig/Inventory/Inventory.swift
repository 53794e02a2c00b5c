package import FleetBase

/// The hosts that people wrote down, in the order of the file.
package struct Inventory: Sendable, Hashable {
    package let hosts: [Host]
    package let groups: [HostGroup]
    /// The key that signs packages, as it is written: see `Project.keyFile`.
    package let signingKey: String?
    package let keepEvents: EventRetention
    /// Who else gets the events, in the order of the file.
    package let eventSinks: [EventSink]

    package subscript(name: HostName) -> Host? { hosts.first { $0.name == name } }

    /// Reads `inventory/hosts.yaml`.
    ///
    /// - Parameter file: the path as errors name it.
    package init(parsing text: String, file: String, paths: PathBase) throws(ConfigError) {
        self = try InventoryReader(paths: paths).inventory(from: YAMLNode(parsing: text, file: file))
    }

    package init(file: String, shownAs name: String? = nil, paths: PathBase) throws(ConfigError) {
        self = try InventoryReader(paths: paths).inventory(from: YAMLNode(file: file, shownAs: name))
    }

    /// The inventory of a project that has no file of it.
    package static let empty = Inventory(hosts: [], groups: [])

    init(
        hosts: [Host], groups: [HostGroup], signingKey: String? = nil, keepEvents: EventRetention = EventRetention(),
        eventSinks: [EventSink] = []
    ) {
        self.hosts = hosts
        self.groups = groups
        self.signingKey = signingKey
        self.keepEvents = keepEvents
        self.eventSinks = eventSinks
    }
}
