package import FleetBase

/// A package version as one file: the manifest, the sums, the layout, the signature
/// where there is one, and the payload.
package enum PackageArchive {
    package enum Compression: String, Sendable, CaseIterable {
        case zstd = "tar.zst"
        /// For hosts without zstd, and for archives that a person carries by hand.
        case gzip = "tar.gz"

        /// The program that a host unpacks it with.
        package var tool: String { self == .zstd ? "zstd" : "gzip" }
    }

    /// How the name of an archive ends.
    ///
    /// - Parameter compression: nil for none.
    package static func fileExtension(_ compression: Compression?) -> String { compression?.rawValue ?? "tar" }

    /// Every form that an archive may have.
    package static let forms: [Compression?] = Compression.allCases + [nil]

    /// Unpacks some files of an archive on this machine.
    package static func extract(_ paths: [RelativePath], of archive: String, into folder: String) throws(PackageError) {
        let file = try OpenFile(reading: archive)
        _ = try ArchiveReader(descriptor: file.descriptor, from: .fleet)
            .extract(into: folder, limits: .none, only: paths)
    }

    /// Unpacks the manifest of an archive under its own name.
    ///
    /// - Parameter withSignature: with its signature, where there is one; an archive without is read to its end.
    package static func extractManifest(
        of archive: String, into folder: String, withSignature: Bool = false
    ) throws(PackageError) {
        var paths: [RelativePath] = []
        for name in [Manifest.fileName] + (withSignature ? [Manifest.signatureName] : []) {
            do {
                paths.append(try RelativePath(name))
            } catch {
                preconditionFailure("\(name) is a plain name")
            }
        }
        try extract(paths, of: archive, into: folder)
    }

    /// - Parameter folder: where the payload lies, as an absolute path.
    package static func content(
        _ manifest: Manifest, signature: ManifestSignature? = nil, from folder: String
    ) -> ArchiveContent {
        let signatures = signature.map { [$0.item] } ?? []
        return ArchiveContent(
            manifest.items + signatures + manifest.entries.map { ArchiveContent.Item($0, in: folder) })
    }
}

extension Manifest {
    /// What stands beside the payload on every host.
    var items: [ArchiveContent.Item] {
        [
            ArchiveContent.Item(Manifest.fileName, canonicalBytes),
            ArchiveContent.Item(Manifest.sumsName, Array(sums.utf8)),
            ArchiveContent.Item(Manifest.layoutName, Array(layout.utf8)),
        ]
    }
}

extension ManifestSignature {
    /// It stands beside the manifest and is no part of the digest: who signs a version does not change it.
    var item: ArchiveContent.Item { ArchiveContent.Item(Manifest.signatureName, Array(text.utf8)) }
}
