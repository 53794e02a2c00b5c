import FleetBase
import Glibc

/// A folder below which things are made, without ever passing through a symbolic link.
///
/// Each component of a path is opened from the descriptor of the one before with `O_NOFOLLOW`, so a link that an
/// archive brought, or that somebody put there meanwhile, leads nowhere.
struct RootFolder: ~Copyable {
    private let root: OpenFile

    /// The folder is made when it is missing.
    init(_ path: String) throws(PackageError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .unwritable(path) }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path) }
        root = OpenFile(owning: descriptor)
    }

    /// False when something other than a folder stands on the way.
    func makeFolder(_ path: RelativePath) throws(PackageError) -> Bool {
        try parent(of: path.components + ["."], path) != nil
    }

    /// A new file, opened for writing; nothing when something stands in its place or on the way.
    func makeFile(_ path: RelativePath, mode: UInt32) throws(PackageError) -> Int32? {
        guard let parent = try parent(of: path.components, path) else { return nil }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(parent.descriptor, String(path.components.last!), flags, mode)
        if descriptor < 0 { try expectOccupied(path) }
        return descriptor < 0 ? nil : descriptor
    }

    /// False when something stands in its place or on the way.
    func makeLink(_ path: RelativePath, to target: LinkTarget) throws(PackageError) -> Bool {
        guard let parent = try parent(of: path.components, path) else { return false }
        let status = symlinkat(target.text, parent.descriptor, String(path.components.last!))
        if status != 0 { try expectOccupied(path) }
        return status == 0
    }

    /// A second name for a file below this folder; false when something stands in its place or on the way.
    func makeHardLink(_ path: RelativePath, to existing: RelativePath) throws(PackageError) -> Bool {
        guard let source = try parent(of: existing.components, existing),
            let parent = try parent(of: path.components, path)
        else { return false }
        let names = (String(existing.components.last!), String(path.components.last!))
        let status = linkat(source.descriptor, names.0, parent.descriptor, names.1, 0)
        if status != 0 { try expectOccupied(path) }
        return status == 0
    }

    /// Reads `errno`: what another entry causes is no error, what the disk causes is.
    private func expectOccupied(_ path: RelativePath) throws(PackageError) {
        guard [EEXIST, ENOTDIR, ELOOP, EISDIR].contains(errno) else { throw .unwritable(path.text) }
    }

    /// The folder in which the last component stands, made where it is missing.
    private func parent(of components: [Substring], _ path: RelativePath) throws(PackageError) -> OpenFile? {
        var folder = OpenFile(owning: Descriptor.duplicate(root.descriptor))
        guard folder.descriptor >= 0 else { throw .unwritable(path.text) }
        for component in components.dropLast() {
            let name = String(component)
            if mkdirat(folder.descriptor, name, 0o755) != 0, errno != EEXIST { throw .unwritable(path.text) }
            let next = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else {
                try expectOccupied(path)
                return nil
            }
            folder = OpenFile(owning: next)
        }
        return folder
    }
}
