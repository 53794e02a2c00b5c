import FleetBase

/// A package version as one file: the manifest, the sums, and the payload.
package enum PackageArchive {
    package enum Compression: String, Sendable, CaseIterable {
        case zstd = "tar.zst"
        /// For hosts without zstd, and for archives that a person carries by hand.
        case gzip = "tar.gz"

        package var fileExtension: String { rawValue }
    }

    /// Writes the archive under another name and moves it into place when it is whole.
    ///
    /// The same manifest gives the same bytes. Every file is digested again on its way, so that one which changed
    /// since the manifest was made is an error and never an archive that lies.
    ///
    /// - Parameter folder: where the payload lies.
    package static func write(
        _ manifest: Manifest, from folder: String, to path: String, compression: Compression
    ) throws(PackageError) {
        let target = try ReplacedFile(path)
        let writer = try ArchiveWriter(to: target.file, compression: compression)
        try writer.add(manifest.canonicalBytes, at: Manifest.fileName)
        try writer.add(Array(manifest.sums.utf8), at: Manifest.sumsName)
        for entry in manifest.entries {
            switch entry.content {
            case .link(let link):
                try writer.add(link: entry.path.text, to: link.text)
            case .file(let isExecutable, let size, let digest):
                try writer.begin(entry.path.text, isExecutable: isExecutable, size: size)
                try copy("\(folder)/\(entry.path)", to: writer, size, digest)
            }
        }
        try writer.finish()
        try target.finish()
    }

    private static func copy(
        _ path: String, to writer: borrowing ArchiveWriter, _ size: Int64, _ digest: Digest
    ) throws(PackageError) {
        let hash = SHA256Hash()
        let file = try OpenFile(reading: path)
        var rest = size
        // A file that grows for ever must not hold the writer for ever.
        try file.forEachChunk(of: path) { chunk throws(PackageError) in
            rest -= Int64(chunk.count)
            guard rest >= 0 else { throw .changed(path) }
            hash.update(chunk)
            try writer.append(chunk)
        }
        guard rest == 0, hash.finish() == digest else { throw .changed(path) }
        try writer.end()
    }
}
