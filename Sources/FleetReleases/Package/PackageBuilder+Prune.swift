package import FleetBase
package import FleetConfig
import FleetHosts
import FleetPackage
import Glibc

/// What `fleet prune --master` removes, or would: the files of one version.
package struct PrunedFiles: Sendable, Hashable {
    package let name: String
    /// Nil for layers of images that no version shares any more.
    package let version: String?
    package let count: Int
    package let size: ByteCount
}

extension PackageBuilder {
    /// A layer lies there for a moment before the record of its image does.
    private static let layerAge = 3600 * second
    /// In nanoseconds.
    private static let second = 1_000_000_000

    private var homes: [String] { ["packages", "images"].map { "\(project.workFolder)/\($0)" } }

    /// The names of the packages of which this machine has versions, also of those that the project has no longer.
    package var keptNames: Set<String> { Set(homes.flatMap(Disk.folders)) }

    /// Removes archives, differences and images of old versions from this machine. What is wanted again is built again.
    ///
    /// Blocks: run it on `ThreadExecutor.disk`.
    ///
    /// - Parameters:
    ///   - names: of packages; all when empty.
    ///   - count: how many versions of each package stay beside the latest and those that a host has; with 0 the latest
    ///     goes as well.
    package func prune(
        _ names: [String], keep count: Int, for state: InventoryState, dryRun: Bool
    ) -> [PrunedFiles] {
        keptNames.sorted().filter { names.isEmpty || names.contains($0) }.flatMap { name in
            prune(name, keep: count, for: state, in: homes.map { "\($0)/\(name)" }, dryRun)
        }
    }

    private func prune(
        _ name: String, keep count: Int, for state: InventoryState, in folders: [String], _ dryRun: Bool
    ) -> [PrunedFiles] {
        let files = folders.flatMap(Self.files)
        var held = Set(state.hosts.values.compactMap { $0.packages[name]?.version })
        if count > 0, let latest = Disk.text("\(folders[0])/latest") { held.insert(latest) }
        let versions = StoredFile.versions(keeping: count, held: held, of: files)
        let old = files.filter { !$0.isNeeded(by: versions) } + unsharedLayers(in: folders[1], by: versions)
        if !dryRun {
            for file in old { unlink(file.path) }
            if count == 0 { unlink("\(folders[0])/latest") }
        }
        return Dictionary(grouping: old, by: \.version).sorted { ($0.key ?? "") < ($1.key ?? "") }.map {
            version, files in
            PrunedFiles(
                name: name, version: version, count: files.count,
                size: ByteCount(files.reduce(0) { $0 + $1.size.bytes }))
        }
    }

    private static func files(in folder: String) -> [StoredFile] {
        Disk.folders(in: folder).compactMap { entry in
            StoredFile.versions(in: entry).flatMap { file("\(folder)/\(entry)", of: $0.version, from: $0.base) }
        }
    }

    private static func file(_ path: String, of version: String?, from base: String? = nil) -> StoredFile? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return StoredFile(
            path: path, version: version, base: base, size: ByteCount(Int64(status.st_size)),
            changed: status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec)
    }

    /// The layers, and the records of bases, that no image of these versions stands on.
    private func unsharedLayers(in folder: String, by versions: Set<String>) -> [StoredFile] {
        let records = Disk.folders(in: folder).filter { name in
            name.hasSuffix(".json") && StoredFile.versions(in: name).map { versions.contains($0.version) } == true
        }
        let images = records.compactMap { record -> ContainerImage? in
            guard let text = Disk.text("\(folder)/\(record)"),
                let json = try? JSONText.decode(JSONValue.self, from: text.utf8)
            else { return nil }
            return ContainerImage(json)
        }
        let used = Set(images.flatMap(\.layers).map(\.file))
        let layers = Disk.folders(in: folder + "/layers").map { "\(folder)/layers/\($0)" }.filter { !used.contains($0) }
        let bases = Disk.folders(in: folder).filter { $0.hasPrefix("base-") }.map { "\(folder)/\($0)" }.filter { path in
            guard let text = Disk.text(path), let json = try? JSONText.decode(JSONValue.self, from: text.utf8),
                let base = ImageBase(json)
            else { return true }
            return !used.isSuperset(of: base.layers.map(\.file))
        }
        let now = time(nil) * Self.second
        return (layers + bases).compactMap { Self.file($0, of: nil) }.filter { now - $0.changed > Self.layerAge }
    }
}
