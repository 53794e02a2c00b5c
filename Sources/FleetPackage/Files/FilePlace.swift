package import FleetBase
import Glibc

/// Where a file lies on this machine, as the bytes that the kernel takes: its name need not be a text.
package struct FilePlace: Hashable, Sendable, CustomStringConvertible {
    /// Ends in a zero byte.
    private let terminated: [UInt8]

    package init(_ path: String) { terminated = path.utf8 + [0] }
    package init(_ path: BytePath, in folder: String) {
        terminated = folder.utf8 + [UInt8(ascii: "/")] + path.bytes + [0]
    }

    init(bytes: some Sequence<UInt8>) { terminated = bytes + [0] }

    var bytes: ArraySlice<UInt8> { terminated.dropLast() }

    /// For people.
    package var description: String { ShownBytes.text(of: bytes) }

    package func hash(into hasher: inout Hasher) { terminated.withUnsafeBytes { hasher.combine(bytes: $0) } }

    func withPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        terminated.withUnsafeBytes { body($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
    }

    /// What a symbolic link says (readlink(2)).
    func linkTarget() throws(PackageError) -> [UInt8] {
        let target = withPath { path in
            [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                count = max(0, readlink(path, bytes.assumingMemoryBound(to: CChar.self).baseAddress!, bytes.count))
            }
        }
        guard !target.isEmpty else { throw .unreadable("\(self)") }
        return target
    }

    /// The regular file behind it, through links; nil where there is none, or where it lies outside of a folder.
    package func file(within folder: String) -> FilePlace? {
        guard let real = withPath({ realpath($0, nil) }), let root = realpath(folder, nil) else { return nil }
        defer {
            free(real)
            free(root)
        }
        let place = FilePlace(bytes: UnsafeRawBufferPointer(start: real, count: strlen(real)))
        let prefix = Array(UnsafeRawBufferPointer(start: root, count: strlen(root))) + [UInt8(ascii: "/")]
        guard place.bytes.starts(with: prefix), (try? FileStamp(of: place).kind) == .file else { return nil }
        return place
    }
}
