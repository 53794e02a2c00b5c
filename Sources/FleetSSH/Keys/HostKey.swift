import FleetBase

/// A public key as it goes over the wire: an algorithm's name and the blob of RFC 4253, 6.6.
package struct HostKey: Sendable, Hashable {
    package let algorithm: String
    package let blob: [UInt8]

    /// - Returns: nil for bytes that are no key blob.
    package init?(blob: [UInt8]) {
        var reader = WireReader(blob)
        guard let algorithm = try? reader.string(), !algorithm.isEmpty else { return nil }
        self.algorithm = algorithm
        self.blob = blob
    }

    /// `SHA256:` and base 64 without padding, as `ssh-keygen -l` prints it.
    package var fingerprint: String {
        "SHA256:" + Base64.encode(Crypto.sha256(blob)).prefix { $0 != "=" }
    }

    /// The two fields of a known_hosts line.
    package var line: String { "\(algorithm) \(Base64.encode(blob))" }
}
