package import FleetBase

/// What came out of an archive.
package struct Extraction: Sendable {
    package struct File: Sendable, Hashable {
        package let path: BytePath
        package let size: Int64
        package let digest: Digest

        package init(path: BytePath, size: Int64, digest: Digest) {
            (self.path, self.size, self.digest) = (path, size, digest)
        }

        package init(path: RelativePath, size: Int64, digest: Digest) {
            self.init(path: BytePath(path), size: size, digest: digest)
        }
    }

    package struct Link: Sendable, Hashable {
        package let path: BytePath
        /// Relative, and inside the folder.
        package let target: [UInt8]
    }

    /// Sorted by path.
    package let files: FileList
    /// Sorted by path.
    package let links: [Link]
    /// The first ones, in the order of the archive: see ``ExtractionLimits/refusals``.
    package let refused: [RefusedEntry]
    /// How many were refused in all.
    package let refusedCount: Int

    init(files: FileList, links: [Link], refused: [RefusedEntry], refusedCount: Int) {
        (self.files, self.links, self.refused, self.refusedCount) = (files.sorted, links, refused, refusedCount)
    }

    package init(files: [File], links: [Link], refused: [RefusedEntry]) {
        var list = FileList()
        for file in files { list.append(file.path, size: file.size, FileList.Sum(file.digest)) }
        self.init(files: list, links: links.sorted { $0.path < $1.path }, refused: refused, refusedCount: refused.count)
    }

    package var size: ByteCount { ByteCount(files.reduce(Int64(0)) { $0 + $1.size }) }

    /// SHA-256 over a line `PATH<tab>SIZE<tab>DIGEST` for each file and `PATH<tab>TARGET` for each link, sorted.
    ///
    /// A path or a target with a control character in it stands between zero bytes instead, so that no two lists of
    /// files have the same lines.
    package var digest: Digest { digest { _ in true } }

    /// - Parameter isCounted: which of the files count.
    package func digest(where isCounted: (File) -> Bool) -> Digest {
        let hash = SHA256Hash()
        for file in files where isCounted(file) {
            hash.update(line: file.path.bytes, [Array("\(file.size)".utf8), Array(file.digest.hex.utf8)])
        }
        for link in links { hash.update(line: link.path.bytes, [link.target]) }
        return hash.finish()
    }
}

extension SHA256Hash {
    fileprivate func update(line path: [UInt8], _ fields: [[UInt8]]) {
        let isPlain = ([path] + fields).allSatisfy { $0.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
        let separator: [UInt8] = isPlain ? [UInt8(ascii: "\t")] : [0]
        let line = (isPlain ? [] : [0]) + path + fields.flatMap { separator + $0 } + [UInt8(ascii: "\n")]
        line.withUnsafeBytes { update($0) }
    }
}

extension Extraction {
    /// Writes files that came another way than in an archive.
    package static func writing(
        _ files: [(path: RelativePath, bytes: [UInt8])], into folder: String
    ) throws(PackageError) -> Extraction {
        var written: [File] = []
        for (path, bytes) in files {
            try ReplacedFile.write(bytes, to: "\(folder)/\(path)", survivesPowerCut: false)
            written.append(File(path: path, size: Int64(bytes.count), digest: FileDigest.of(bytes)))
        }
        return Extraction(files: written, links: [], refused: [])
    }
}
