import FleetBase
import Foundation
import Glibc

/// A folder for PATH with this machine's programs, but for some.
package final class ToolFolder: Sendable {
    private let folder: TemporaryFolder

    package var path: String { folder.path }

    package init(without hidden: Set<String>) throws {
        folder = try TemporaryFolder()
        for place in ["/usr/bin", "/bin", "/usr/sbin", "/sbin"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: place) where !hidden.contains(name) {
                symlink("\(place)/\(name)", "\(folder.path)/\(name)")
            }
        }
    }

    /// Puts a script into it.
    package func add(_ name: String, _ code: String) throws {
        try folder.write("#!/bin/sh\n" + code, to: name)
        chmod("\(folder.path)/\(name)", 0o755)
    }
}
