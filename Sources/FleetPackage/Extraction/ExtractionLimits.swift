package import FleetBase

/// How much an archive from a host may bring.
package struct ExtractionLimits: Sendable, Hashable {
    /// The archive itself, as it comes over the wire.
    package var archiveSize = ByteCount(64 << 30)
    /// All files together, unpacked: `limits: { size: }`.
    package var totalSize = ByteCount(32 << 30)
    /// Entries of any kind, refused ones too: `limits: { files: }`.
    package var entries = 2_000_000
    /// How long the unpacking may take.
    package var time = Duration.seconds(3600)
    /// Bytes of a path: what stands before it on the master must fit into PATH_MAX too.
    package var pathLength = 3500
    /// Components of a path.
    package var depth = 256
    /// How many refused entries are kept with their names; all of them are counted.
    package var refusals = 1000
    /// A folder of the archive that gives way to its content: with `work` the file `work/out/a` becomes `out/a`.
    private(set) var dissolvedFolder: String?

    package init() {}

    package func dissolving(_ folder: String) -> ExtractionLimits {
        var limits = self
        limits.dissolvedFolder = folder
        return limits
    }

    /// For an archive that this master has made itself.
    static var none: ExtractionLimits {
        var limits = ExtractionLimits()
        (limits.totalSize, limits.entries, limits.time) = (ByteCount(Int64.max), .max, .seconds(86400))
        return limits
    }

    func allow(_ path: BytePath) -> Bool {
        let components = path.components
        // Linux file systems take names of 255 bytes.
        return path.bytes.count <= pathLength && components.count <= depth && components.allSatisfy { $0.count <= 255 }
    }
}
