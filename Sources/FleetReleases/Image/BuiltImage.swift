package import FleetBase
package import FleetPackage

/// A container image of a package version on the master.
package struct BuiltImage: Sendable, Hashable {
    package let image: ContainerImage
    /// The whole of it, as an engine loads it.
    package let archive: String

    package var size: ByteCount { ByteCount(ofFile: archive) }
    /// As uname(1) says it.
    package var architecture: String { ImageSettings.machine(image.architecture ?? "") }
    package var reference: String { "\(image.repository):\(image.tag)" }

    /// What a host gets that has the package itself, written when the first one asks for it.
    ///
    /// Blocks: run it on `ThreadExecutor.disk`.
    ///
    /// - Returns: nil when it would save nothing.
    func recipe(
        leavingOut count: Int, _ compression: PackageArchive.Compression
    ) throws(PackageError) -> String? {
        let path = archive.dropLast(4) + "-\(count)-parts.\(PackageArchive.fileExtension(compression))"
        if WholeArchive.isWhole(String(path)) { return String(path) }
        let tar = try stream(leavingOut: count, nil)
        guard let content = try ImageRecipe.content(for: image, in: tar) else { return nil }
        try content.write(to: String(path), compression: compression)
        return String(path)
    }

    /// What a host gets whose engine has some of the layers, written when the first one asks for it.
    ///
    /// Blocks: run it on `ThreadExecutor.disk`.
    ///
    /// - Parameters:
    ///   - count: how many layers, from the lowest, are left out.
    ///   - compression: nil for none.
    func stream(leavingOut count: Int, _ compression: PackageArchive.Compression?) throws(PackageError) -> String {
        guard count > 0 || compression != nil else { return archive }
        let path = archive.dropLast(4) + "-\(count).\(PackageArchive.fileExtension(compression))"
        try WholeArchive.provide(String(path)) { () throws(PackageError) in
            try image.content(leavingOut: count).write(to: String(path), compression: compression)
        }
        return String(path)
    }
}
