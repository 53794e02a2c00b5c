package import FleetBase

/// SHA-256 digests of bytes and of files.
package enum FileDigest {
    package static func of(_ bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { of($0) } }

    package static func of(_ bytes: UnsafeRawBufferPointer) -> Digest {
        let hash = SHA256Hash()
        hash.update(bytes)
        return hash.finish()
    }

    package static func of(file path: String) throws(PackageError) -> Digest { try of(file: FilePlace(path)) }

    package static func of(file place: FilePlace) throws(PackageError) -> Digest { try stamped(file: place).digest }

    /// The digest with the file's stamp; a file that changes meanwhile is an error.
    static func stamped(file place: FilePlace) throws(PackageError) -> (stamp: FileStamp, digest: Digest) {
        let path = "\(place)"
        let file = try OpenFile(reading: place)
        let stamp = try FileStamp(of: file, at: path)
        let hash = SHA256Hash()
        try file.forEachChunk(of: path, size: stamp.size) { chunk in hash.update(chunk) }
        guard try FileStamp(of: file, at: path) == stamp else { throw .changed(path) }
        return (stamp, hash.finish())
    }
}
