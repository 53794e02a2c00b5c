package import FleetBase
import FleetRuns
package import FleetService

/// What `fleet host remove --json` prints.
package struct HostRemoveView: Codable, Sendable {
    /// fleet's folder that was removed from the host.
    package struct Folder: Codable, Sendable {
        package let path: String
        package let bytes: Int64
        package let packages: [String]
        package let runs: Int
        /// The folder itself is still there, empty.
        package let remains: Bool
    }

    /// The host's name.
    package let removed: String
    /// Null where none was removed.
    @OrNull package var purged: Folder?

    package init(_ removal: HostRemoval) {
        removed = removal.host.text
        _purged = OrNull(
            wrappedValue: removal.folder.map {
                Folder(path: $0.path, bytes: $0.size.bytes, packages: $0.packages, runs: $0.runs, remains: $0.remains)
            })
    }
}
