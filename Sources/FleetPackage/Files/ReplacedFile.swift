import FleetBase
import Glibc

/// A file written under another name and moved into place when it is whole.
struct ReplacedFile: ~Copyable {
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
    consuming func finish() throws(PackageError) {
        guard fchmod(file.descriptor, 0o644) == 0, rename(temporary, path) == 0 else { throw .unwritable(path) }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(PackageError) {
        let target = try ReplacedFile(path)
        try bytes.withUnsafeBufferPointer { bytes throws(PackageError) in
            try target.file.write(UnsafeRawBufferPointer(bytes), to: path)
        }
        try target.finish()
    }
}
