package import FleetBase

/// `limits: { files: 5000000, size: 100G }`: how much a job may bring home. What is nil is left to fleet's own limits.
package struct ResultLimits: Sendable, Hashable {
    /// Files, folders and links together.
    package var files: Int?
    /// All files together.
    package var size: ByteCount?
    /// Whether results that did not come home whole count all the same: `incomplete: allow`.
    package var allowsIncomplete: Bool?

    static let counts = 1...100_000_000

    package init() {}

    enum Incomplete: String, CaseIterable { case allow, refuse }

    /// - Parameters:
    ///   - limits: the value of `limits:`.
    ///   - incomplete: the value of `incomplete:`.
    init(_ limits: YAMLNode?, incomplete: YAMLNode?) throws(ConfigError) {
        if let limits {
            let section = try YAMLSection(limits, keys: Self.keys)
            files = try section["files"]?.int(in: Self.counts)
            size = try section["size"]?.byteCount()
        }
        allowsIncomplete = try incomplete.map { node throws(ConfigError) in
            let word = try node.word(Incomplete.self)
            return word == .allow
        }
    }

    /// What is not said here, as `weaker` has it.
    package func inheriting(_ weaker: ResultLimits) -> ResultLimits {
        var limits = self
        limits.files = files ?? weaker.files
        limits.size = size ?? weaker.size
        limits.allowsIncomplete = allowsIncomplete ?? weaker.allowsIncomplete
        return limits
    }
}
