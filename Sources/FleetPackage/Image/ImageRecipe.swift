import FleetBase

/// An image's tar for a host that has the package itself: the bytes between the package's larger files, and a list that
/// says where those stand.
///
/// The list has a line `COUNT<tab>PATH` for each file: so many of the bytes, then the file; the last line has no path.
package enum ImageRecipe {
    /// A smaller file is sent: to put one in place costs a host two processes.
    static let threshold: Int64 = 16 << 10
    /// How many files a recipe puts in at most: the largest ones.
    static let limit = 400
    package static let list = "list"
    package static let bytes = "bytes"

    /// - Parameters:
    ///   - tar: the image as ``ContainerImage/content(leavingOut:)`` gives it, uncompressed.
    /// - Returns: nil when it would save nothing.
    package static func content(for image: ContainerImage, in tar: String) throws(PackageError) -> ArchiveContent? {
        guard let layer = image.layers.last, layer.coding == .plain else { return nil }
        let parts = image.parts.filter { $0.bytes.count >= threshold }
            .sorted { $0.bytes.count > $1.bytes.count }.prefix(limit).sorted {
                $0.bytes.lowerBound < $1.bytes.lowerBound
            }
        let size = ByteCount(ofFile: tar).bytes
        guard !parts.isEmpty, let start = try Self.start(of: layer, in: tar, size) else { return nil }
        var (list, literals, position) = ("", [ArchiveContent.Piece](), Int64(0))
        for part in parts {
            let literal = position..<start + part.bytes.lowerBound
            list += "\(literal.count)\t\(part.path)\n"
            literals.append(.file(FilePlace(tar), literal))
            position = start + part.bytes.upperBound
        }
        list += "\(size - position)\t\n"
        literals.append(.file(FilePlace(tar), position..<size))
        return ArchiveContent([
            ArchiveContent.Item(Self.list, Array(list.utf8)), ArchiveContent.Item(Self.bytes, literals),
        ])
    }

    /// Where the last layer stands: before the padding to whole blocks and the two blocks that end a tar.
    ///
    /// - Returns: nil when it does not.
    private static func start(of layer: ImageLayer, in tar: String, _ size: Int64) throws(PackageError) -> Int64? {
        let start = size - 1024 - (layer.size + 511) / 512 * 512
        guard start >= 0 else { return nil }
        let file = try MappedFile(tar)
        let digest = file.withBytes { bytes in
            FileDigest.of(UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(start + layer.size)]))
        }
        return digest == layer.digest ? start : nil
    }
}
