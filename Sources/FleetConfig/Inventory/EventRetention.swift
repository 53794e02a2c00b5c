import FleetBase

/// How much of what happened is kept: `keep_events: { age: 30d, count: 200000 }` in `hosts.yaml`.
package struct EventRetention: Sendable, Hashable {
    /// Older events are removed.
    package var age = Duration.seconds(30 * 24 * 3600)
    /// More events than these are not kept.
    package var count = 200_000

    static let counts = 1...100_000_000

    package init() {}

    init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(node, keys: Self.keys)
        age = try section["age"]?.timeLimit() ?? age
        count = try section["count"]?.int(in: Self.counts) ?? count
    }
}
