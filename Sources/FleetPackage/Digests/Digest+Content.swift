package import FleetBase

extension Digest {
    /// The digest of bytes in memory.
    package init(of bytes: [UInt8]) {
        let hash = SHA256Hash()
        bytes.withUnsafeBytes { hash.update($0) }
        self = hash.finish()
    }
}
