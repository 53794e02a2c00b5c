package import FleetBase
import Glibc

/// The files and links of a folder, at any depth. Folders are not followed through links, and empty ones are left out.
package enum FolderListing {
    package enum Kind: Sendable {
        case file, folder, link
        /// A FIFO, a socket, a device.
        case other
    }

    /// - Parameter isExcluded: asked for each file and each folder; what lies in an excluded folder is not looked at.
    /// - Returns: paths in their order by bytes.
    /// - Throws: when a file that is not excluded has a name, or is of a kind, that no package holds.
    package static func files(
        below folder: String, excluding isExcluded: (BytePath, Kind) -> Bool = { _, _ in false }
    ) throws(PackageError) -> [RelativePath] {
        var files: [RelativePath] = []
        for (path, kind) in try entries(below: folder, excluding: isExcluded) {
            guard kind != .other else {
                throw PackageError(.unsupportedFile, Message("\(path) is neither a file nor a link"))
            }
            files.append(try relativePath(path))
        }
        return files
    }

    /// All that is there but folders, whatever it is called and of whatever kind, in the order of the paths' bytes.
    package static func entries(
        below folder: String, excluding isExcluded: (BytePath, Kind) -> Bool = { _, _ in false }
    ) throws(PackageError) -> [(path: BytePath, kind: Kind)] {
        var found: [(path: BytePath, kind: Kind)] = []
        var folders: [BytePath?] = [nil]
        while let parent = folders.popLast() {
            for (name, kind) in try names(in: parent.map { FilePlace($0, in: folder) } ?? FilePlace(folder)) {
                let path = parent?.appending(name) ?? name
                let known = if let kind { kind } else { try FileStamp(of: FilePlace(path, in: folder)).kind }
                guard !isExcluded(path, known) else { continue }
                if known == .folder { folders.append(path) } else { found.append((path, known)) }
            }
        }
        return found.sorted { $0.path < $1.path }
    }

    package static func isLink(_ path: RelativePath, in folder: String) throws(PackageError) -> Bool {
        try FileStamp(of: "\(folder)/\(path)").kind == .link
    }

    /// - Returns: names, and what they stand for where the file system tells.
    static func names(in folder: FilePlace) throws(PackageError) -> [(BytePath, Kind?)] {
        guard let stream = folder.withPath({ opendir($0) }) else { throw .unreadable("\(folder)") }
        defer { closedir(stream) }
        var names: [(BytePath, Kind?)] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
            // Not `.` and `..`.
            if let path = BytePath(name) { names.append((path, Kind(entry.pointee.d_type))) }
        }
        guard errno == 0 else { throw .unreadable("\(folder)") }
        return names
    }

    private static func relativePath(_ path: BytePath) throws(PackageError) -> RelativePath {
        guard let text = path.text else {
            throw PackageError(.unsupportedFile, Message("\(path): a file name that is not UTF-8 can't be packed"))
        }
        do {
            return try RelativePath(text)
        } catch {
            throw PackageError(
                .unsupportedFile, Message("\(path): a file name with control characters can't be packed"))
        }
    }
}

extension FolderListing.Kind {
    /// - Parameter type: as readdir(3) has it, where the file system tells.
    init?(_ type: UInt8) {
        switch Int(type) {
        case DT_REG: self = .file
        case DT_DIR: self = .folder
        case DT_LNK: self = .link
        case DT_UNKNOWN: return nil
        default: self = .other
        }
    }
}
