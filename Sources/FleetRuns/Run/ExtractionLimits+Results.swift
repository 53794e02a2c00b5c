import FleetBase
import FleetConfig
import FleetPackage

extension ExtractionLimits {
    /// What a header and its padding take in a tar, names of a usual length included.
    private static let bytesPerEntry: Int64 = 2048

    /// fleet's own limits, where `limits:` of a task or a package says nothing else.
    init(_ limits: ResultLimits) {
        self.init()
        entries = limits.files ?? entries
        totalSize = limits.size ?? totalSize
        let (whole, isTooLarge) = totalSize.bytes.addingReportingOverflow(Int64(entries) * Self.bytesPerEntry)
        archiveSize = max(archiveSize, ByteCount(isTooLarge ? .max : whole))
    }
}
