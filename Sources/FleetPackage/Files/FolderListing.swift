package import FleetBase
import Glibc

/// The files and links of a folder, at any depth. Folders are not followed through links, and empty ones are left out.
package enum FolderListing {
    /// - Parameter isExcluded: asked for each file and each folder; what lies in an excluded folder is not looked at.
    /// - Returns: paths in their order by bytes.
    package static func files(
        below folder: String, excluding isExcluded: (RelativePath) -> Bool = { _ in false }
    ) throws(PackageError) -> [RelativePath] {
        var found: [RelativePath] = []
        var folders = [""]
        while let prefix = folders.popLast() {
            for (name, kind) in try names(in: prefix.isEmpty ? folder : "\(folder)/\(prefix)") {
                let path = try relativePath(prefix.isEmpty ? name : "\(prefix)/\(name)")
                guard !isExcluded(path) else { continue }
                let known = if let kind { kind } else { try FileStamp(of: "\(folder)/\(path)").kind }
                switch known {
                case .folder: folders.append(path.text)
                case .file, .link: found.append(path)
                case .other: throw PackageError(.unsupportedFile, Message("\(path) is neither a file nor a link"))
                }
            }
        }
        return found.sorted()
    }

    package static func isLink(_ path: RelativePath, in folder: String) throws(PackageError) -> Bool {
        try FileStamp(of: "\(folder)/\(path)").kind == .link
    }

    /// - Returns: names, and what they stand for where the file system tells.
    static func names(in folder: String) throws(PackageError) -> [(String, FileStamp.Kind?)] {
        guard let stream = opendir(folder) else { throw .unreadable(folder) }
        defer { closedir(stream) }
        var names: [(String, FileStamp.Kind?)] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
            guard let text = String(validating: name, as: UTF8.self) else {
                throw PackageError(.unsupportedFile, Message("a file name in \(folder) is not UTF-8"))
            }
            if text != ".", text != ".." { names.append((text, FileStamp.Kind(entry.pointee.d_type))) }
        }
        guard errno == 0 else { throw .unreadable(folder) }
        return names
    }

    private static func relativePath(_ text: String) throws(PackageError) -> RelativePath {
        do {
            return try RelativePath(text)
        } catch {
            throw PackageError(.unsupportedFile, error.message)
        }
    }
}
