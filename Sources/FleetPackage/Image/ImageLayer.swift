package import FleetBase

/// One layer of an image: a tar on the master, as it stands in the image.
package struct ImageLayer: Sendable, Hashable {
    /// What every engine reads: docker 20.10 takes no zstd.
    package enum Coding: String, Sendable, CaseIterable {
        case plain = "application/vnd.oci.image.layer.v1.tar"
        case gzip = "application/vnd.oci.image.layer.v1.tar+gzip"
    }

    package let file: String
    /// The digest of the file.
    package let digest: Digest
    /// The digest of the tar in the file, by which an engine knows the layer.
    package let tarDigest: Digest
    package let size: Int64
    package let coding: Coding

    var json: JSONValue {
        .object([
            "file": .string(file), "digest": .string(digest.hex), "tar": .string(tarDigest.hex),
            "size": .integer(size), "coding": .string(coding.rawValue),
        ])
    }
}

extension ImageLayer {
    /// - Returns: nil when it is not the record of a layer whose file is there.
    init?(_ json: JSONValue) {
        guard let file = json["file"]?.string, case .integer(let size) = json["size"],
            let digest = json["digest"]?.string.flatMap({ try? Digest(hex: $0) }),
            let tar = json["tar"]?.string.flatMap({ try? Digest(hex: $0) }),
            let coding = json["coding"]?.string.flatMap(Coding.init), ByteCount(ofFile: file).bytes == size
        else { return nil }
        self.init(file: file, digest: digest, tarDigest: tar, size: size, coding: coding)
    }
}

extension Digest {
    /// As OCI names a blob.
    var blob: String { "sha256:\(hex)" }

    /// - Parameter blob: `sha256:…`.
    init?(blob: String) {
        guard blob.hasPrefix("sha256:"), let digest = try? Digest(hex: String(blob.dropFirst(7))) else { return nil }
        self = digest
    }
}
