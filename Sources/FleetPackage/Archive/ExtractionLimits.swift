package import FleetBase

/// How much an archive from a host may bring.
package struct ExtractionLimits: Sendable, Hashable {
    /// The archive itself, as it comes over the wire.
    package var archiveSize = ByteCount(64 << 30)
    /// All files together, unpacked.
    package var totalSize = ByteCount(16 << 30)
    /// Entries of any kind, refused ones too.
    package var entries = 100_000
    /// Bytes of a path.
    package var pathLength = 1024
    /// Components of a path.
    package var depth = 32
    /// A folder of the archive that gives way to its content: with `work` the file `work/out/a` becomes `out/a`.
    private(set) var dissolvedFolder: String?

    package func dissolving(_ folder: String) -> ExtractionLimits {
        var limits = self
        limits.dissolvedFolder = folder
        return limits
    }

    package init() {}

    func allow(_ path: RelativePath) -> Bool {
        // Linux file systems take names of 255 bytes.
        path.text.utf8.count <= pathLength && path.components.count <= depth
            && path.components.allSatisfy { $0.utf8.count <= 255 }
    }
}

/// An entry that was left out of an extraction.
package struct RefusedEntry: Sendable, Hashable {
    package enum Reason: String, Sendable, Codable {
        /// Absolute, with `..`, with control characters, or not UTF-8.
        case unsafePath = "unsafe-path"
        /// A link out of the folder, or a hard link to something that was not extracted.
        case unsafeLink = "unsafe-link"
        /// A device, a FIFO, a socket.
        case specialFile = "special-file"
        /// Something stands there already, or a link or a file stands where a folder should be.
        case occupied
        case pathTooLong = "path-too-long"
        case tooLarge = "too-large"
        /// The last entry looked at; whatever came after it was not read.
        case tooMany = "too-many"
    }

    /// As the archive has it, control characters and all, but no longer than the limit of paths.
    package let path: String
    package let reason: Reason
}

/// What came out of an archive.
package struct Extraction: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        package let path: RelativePath
        package let size: Int64
        package let digest: Digest
    }

    /// Sorted by path.
    package let files: [File]
    /// Sorted by path.
    package let links: [Manifest.Entry]
    /// In the order of the archive.
    package let refused: [RefusedEntry]

    package init(files: [File], links: [Manifest.Entry], refused: [RefusedEntry]) {
        (self.files, self.links, self.refused) = (files, links, refused)
    }

    package var size: ByteCount { ByteCount(files.reduce(Int64(0)) { $0 + $1.size }) }

    /// SHA-256 over a line `PATH<tab>SIZE<tab>DIGEST` for each file and `PATH<tab>TARGET` for each link, sorted.
    package var digest: Digest {
        var lines = files.map { "\($0.path)\t\($0.size)\t\($0.digest)\n" }
        for link in links {
            guard case .link(let target) = link.content else { continue }
            lines.append("\(link.path)\t\(target)\n")
        }
        return FileDigest.of(Array(lines.joined().utf8))
    }
}

extension Extraction {
    /// Writes files that came another way than in an archive.
    package static func writing(_ files: [(path: RelativePath, bytes: [UInt8])], into folder: String)
        throws(PackageError)
        -> Extraction
    {
        var written: [File] = []
        for (path, bytes) in files {
            try ReplacedFile.write(bytes, to: "\(folder)/\(path)")
            written.append(File(path: path, size: Int64(bytes.count), digest: FileDigest.of(bytes)))
        }
        return Extraction(files: written.sorted { $0.path < $1.path }, links: [], refused: [])
    }
}
