package import FleetBase

/// What a host must have for a task.
package struct Needs: Sendable, Hashable {
    package var memory: ByteCount?
    package var disk: ByteCount?
    package var cores: Int?
    package var gpu = false
    /// Any of these; empty for every one.
    package var architectures: [String] = []
    /// All of these.
    package var tags: [String] = []
    package var method: Method?
    /// Names and patterns as for `--hosts`; empty for every host.
    package var hosts: [String] = []

    static let coreRange = 1...1_000_000

    package init() {}

    init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(node, keys: Self.keys)
        memory = try section["memory"]?.byteCount()
        disk = try section["disk"]?.byteCount()
        cores = try section["cores"]?.int(in: Self.coreRange)
        gpu = try section["gpu"]?.bool() ?? false
        architectures = try section["arch"]?.strings() ?? []
        tags = try section["tags"]?.strings() ?? []
        method = try section["method"]?.word(Method.self)
        hosts = try section["hosts"]?.strings() ?? []
    }
}
