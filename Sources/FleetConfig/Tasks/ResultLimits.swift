package import FleetBase

/// `limits: { files: 5000000, size: 100G }`: how much a job may bring home. What is nil is left to fleet's own limits.
package struct ResultLimits: Sendable, Hashable {
    /// Files, folders and links together.
    package var files: Int?
    /// All files together.
    package var size: ByteCount?

    package init() {}

    init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(node, keys: ["files", "size"])
        files = try section["files"]?.int(in: 1...100_000_000)
        size = try section["size"]?.byteCount()
    }

    /// What is not said here, as `weaker` has it.
    package func inheriting(_ weaker: ResultLimits) -> ResultLimits {
        var limits = self
        limits.files = files ?? weaker.files
        limits.size = size ?? weaker.size
        return limits
    }
}
