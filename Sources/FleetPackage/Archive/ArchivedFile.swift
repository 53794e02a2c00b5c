package import FleetBase

/// A file or a link of this machine, and the path that it gets in an archive.
package struct ArchivedFile: Sendable, Hashable {
    package let path: BytePath
    package let place: FilePlace

    package init(path: BytePath, place: FilePlace) { (self.path, self.place) = (path, place) }

    /// The files of a folder, and the links that stay in it.
    ///
    /// - Parameters:
    ///   - target: where the folder stands in the archive.
    ///   - home: of a link that leads out of the folder the file behind it is taken, if it lies in here; nil throws.
    package static func files(
        below folder: String, at target: String, behindLinks home: String? = nil
    ) throws(PackageError) -> [ArchivedFile] {
        guard let target = BytePath(target.utf8) else { preconditionFailure("\(target) is no path in an archive") }
        var files: [ArchivedFile] = []
        for (path, kind) in try FolderListing.entries(below: folder) {
            let place = FilePlace(path, in: folder)
            switch kind {
            case .link where InnerLink(try place.linkTarget(), of: path, origin: nil) == nil:
                guard let home else {
                    throw PackageError(.unsupportedFile, Message("\(place) is a link that leads out of \(folder)"))
                }
                if let file = place.file(within: home) {
                    files.append(ArchivedFile(path: target.appending(path), place: file))
                }
            case .file, .link: files.append(ArchivedFile(path: target.appending(path), place: place))
            case .folder, .other:
                throw PackageError(.unsupportedFile, Message("\(place) is neither a file nor a link"))
            }
        }
        return files
    }

    /// SHA-256 of the file's bytes, or of what the link says.
    package func digest() throws(PackageError) -> Digest {
        guard try FileStamp(of: place).kind == .link else { return try FileDigest.of(file: place) }
        return FileDigest.of(try place.linkTarget())
    }

    /// - Parameter path: one that is safe: a name of fleet's own, or checked before.
    package init(path: String, file: String) {
        guard let path = BytePath(path.utf8) else { preconditionFailure("\(path) is no path in an archive") }
        self.init(path: path, place: FilePlace(file))
    }
}
