import FleetBase

/// Where the files of an archive lay on the host that packed them: an absolute link into that folder is one within the
/// archive.
package struct ArchiveOrigin: Sendable, Hashable {
    /// The names at the end of the folder's absolute path.
    private let ending: [[UInt8]]
    /// What the folder is called inside a container.
    private let inContainer: [UInt8]

    /// - Parameters:
    ///   - ending: such as `runs/ID`, which no other folder ends in.
    ///   - container: one absolute path.
    package init(ending: String, inContainer container: String) {
        self.ending = ending.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
        inContainer = Array(container.utf8)
    }

    /// The path within the archive that an absolute link leads to; nil for one that leads elsewhere.
    func path(of target: [UInt8]) -> BytePath? {
        guard target.first == UInt8(ascii: "/") else { return nil }
        let names = target.split(separator: UInt8(ascii: "/")).map { Array($0) }
        let root = inContainer.split(separator: UInt8(ascii: "/")).map { Array($0) }
        if names.starts(with: root) { return Self.joined(names.dropFirst(root.count)) }
        let starts = names.indices.filter { names[$0...].starts(with: ending) }
        return starts.first.flatMap { Self.joined(names[($0 + ending.count)...]) }
    }

    private static func joined(_ names: ArraySlice<[UInt8]>) -> BytePath? {
        BytePath(names.joined(separator: [UInt8(ascii: "/")]))
    }
}
