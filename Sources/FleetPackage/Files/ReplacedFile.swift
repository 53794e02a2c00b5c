import FleetBase
import Glibc

/// A file written under another name and moved into place when it is whole.
package struct ReplacedFile: ~Copyable {
    private let path: String
    private let temporary: String
    let file: OpenFile

    init(_ path: String) throws(PackageError) {
        self.path = path
        guard let new = Descriptor.temporaryFile(beside: path) else { throw .unwritable(path) }
        temporary = new.path
        file = OpenFile(owning: new.descriptor)
    }

    deinit { unlink(temporary) }

    /// Puts the new bytes in the place of the old ones, all at once.
    ///
    /// - Parameter survivesPowerCut: whether the disk has the bytes before the name leads to them, so that a power cut
    ///   leaves the old file or the new one, and never a torn one.
    consuming func finish(survivesPowerCut: Bool = true) throws(PackageError) {
        guard fchmod(file.descriptor, 0o644) == 0, !survivesPowerCut || fsync(file.descriptor) == 0,
            rename(temporary, path) == 0
        else { throw .unwritable(path) }
        if survivesPowerCut { try Self.syncFolder(of: path) }
    }

    /// Waits until the disk has the names in the folder of a file.
    static func syncFolder(of path: String) throws(PackageError) {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .unwritable(path) }
        let opened = OpenFile(owning: folder)
        // Some file systems can't, and need not.
        guard fsync(opened.descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw .unwritable(path) }
    }

    package static func write(
        _ bytes: [UInt8], to path: String, survivesPowerCut: Bool = true
    ) throws(PackageError) {
        let target = try ReplacedFile(path)
        try bytes.withUnsafeBufferPointer { bytes throws(PackageError) in
            try target.file.write(UnsafeRawBufferPointer(bytes), to: path)
        }
        try target.finish(survivesPowerCut: survivesPowerCut)
    }
}
