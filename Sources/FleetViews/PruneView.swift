package import FleetBase
import FleetHosts
import FleetReleases
package import FleetService

/// What `fleet prune --json` prints.
package struct PruneView: Codable, Sendable {
    package struct Release: Codable, Sendable {
        package let package: String
        package let version: String
        package let bytes: Int64
    }

    package struct Row: Codable, Sendable {
        package let host: String
        package let removed: [Release]
        /// Those that stay, since a job, a schedule or Slurm uses them.
        package let used: [Release]
        @OrNull package var failure: Failure?
    }

    package struct Files: Codable, Sendable {
        package let package: String
        /// Null for layers of images that no version shares any more.
        @OrNull package var version: String?
        package let files: Int
        package let bytes: Int64
    }

    package struct Master: Codable, Sendable {
        package let removed: [Files]
    }

    package let hosts: [Row]
    /// Null when this machine was not asked for.
    @OrNull package var master: Master?

    package init(_ result: PruneOperation.Result) {
        hosts = result.outcomes.map { outcome in
            let found = outcome.value ?? []
            return Row(
                host: outcome.host.text, removed: found.filter { !$0.isUsed }.map(Release.init),
                used: found.filter(\.isUsed).map(Release.init), failure: outcome.failure)
        }
        _master = OrNull(wrappedValue: result.master.map { files in Master(removed: files.map(Files.init)) })
    }
}

extension PruneView.Release {
    fileprivate init(_ pruned: PrunedRelease) {
        self.init(package: pruned.release.name, version: pruned.release.version, bytes: pruned.size.bytes)
    }
}

extension PruneView.Files {
    fileprivate init(_ pruned: PrunedFiles) {
        self.init(package: pruned.name, version: pruned.version, files: pruned.count, bytes: pruned.size.bytes)
    }
}
