import FleetBase
import Glibc

/// A folder below which things are made, without ever passing through a symbolic link.
///
/// Each component of a path is opened from the descriptor of the one before with `O_NOFOLLOW`, so a link that an
/// archive brought, or that somebody put there meanwhile, leads nowhere.
struct RootFolder: ~Copyable {
    private let root: OpenFile
    /// The folder that was opened last, which most often is that of the next entry too.
    private var latest: OpenFile
    private var latestNames: [ArraySlice<UInt8>] = []

    /// The folder is made when it is missing.
    init(_ path: String) throws(PackageError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .unwritable(path) }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path) }
        let opened = OpenFile(owning: descriptor)
        let second = Descriptor.duplicate(descriptor)
        guard second >= 0 else { throw .unwritable(path) }
        root = opened
        latest = OpenFile(owning: second)
    }

    /// False when something other than a folder stands on the way.
    mutating func makeFolder(_ path: BytePath) throws(PackageError) -> Bool { try enter(path.components, path) }

    /// A new file, opened for writing; nothing when something stands in its place or on the way.
    mutating func makeFile(_ path: BytePath, mode: UInt32) throws(PackageError) -> Int32? {
        guard try enterParent(of: path) else { return nil }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let folder = latest.descriptor
        let descriptor = Self.name(of: path).withPath { openat(folder, $0, flags, mode) }
        if descriptor < 0 { try expectOccupied(path) }
        return descriptor < 0 ? nil : descriptor
    }

    /// False when something stands in its place or on the way.
    mutating func makeLink(_ path: BytePath, to target: [UInt8]) throws(PackageError) -> Bool {
        guard try enterParent(of: path) else { return false }
        let folder = latest.descriptor
        let status = ComponentName(target[...]).withPath { target in
            Self.name(of: path).withPath { symlinkat(target, folder, $0) }
        }
        if status != 0 { try expectOccupied(path) }
        return status == 0
    }

    /// A second name for a file below this folder; false when something stands in its place or on the way.
    mutating func makeHardLink(_ path: BytePath, to existing: BytePath) throws(PackageError) -> Bool {
        guard try enterParent(of: existing) else { return false }
        let source = OpenFile(owning: Descriptor.duplicate(latest.descriptor))
        guard source.descriptor >= 0 else { throw .unwritable("\(path)") }
        guard try enterParent(of: path) else { return false }
        let (old, new) = (source.descriptor, latest.descriptor)
        let status = Self.name(of: existing).withPath { existing in
            Self.name(of: path).withPath { linkat(old, existing, new, $0, 0) }
        }
        if status != 0 { try expectOccupied(path) }
        return status == 0
    }

    /// Reads `errno`: what another entry causes is no error, what the disk causes is.
    private func expectOccupied(_ path: BytePath) throws(PackageError) {
        guard [EEXIST, ENOTDIR, ELOOP, EISDIR].contains(errno) else { throw .unwritable("\(path)") }
    }

    private static func name(of path: BytePath) -> ComponentName { ComponentName(path.components.last ?? []) }

    private mutating func enterParent(of path: BytePath) throws(PackageError) -> Bool {
        try enter(path.components.dropLast(), path)
    }

    /// Makes ``latest`` the folder of these names, made where it is missing; false when something else stands there.
    private mutating func enter(_ names: [ArraySlice<UInt8>], _ path: BytePath) throws(PackageError) -> Bool {
        guard names != latestNames else { return true }
        var folder = OpenFile(owning: Descriptor.duplicate(root.descriptor))
        guard folder.descriptor >= 0 else { throw .unwritable("\(path)") }
        for name in names {
            let name = ComponentName(name)
            let parent = folder.descriptor
            if name.withPath({ mkdirat(parent, $0, 0o755) }) != 0, errno != EEXIST { throw .unwritable("\(path)") }
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            let next = name.withPath { openat(parent, $0, flags) }
            guard next >= 0 else {
                try expectOccupied(path)
                return false
            }
            folder = OpenFile(owning: next)
        }
        latest = folder
        latestNames = names
        return true
    }
}

/// A name for a system call: bytes and a zero.
private struct ComponentName {
    private let bytes: [CChar]

    init(_ name: ArraySlice<UInt8>) { bytes = name.map { CChar(bitPattern: $0) } + [0] }

    func withPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        bytes.withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
