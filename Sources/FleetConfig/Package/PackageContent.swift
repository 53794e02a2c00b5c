package import FleetBase

/// Which files of a package's folder belong to the package.
package struct PackageContent: Sendable, Hashable {
    /// Nil takes everything but dot files and `build/`.
    package let included: [String]?
    package let excluded: [String]
    /// What the build step leaves is taken wherever it lies.
    package let outputs: [String]

    package func contains(_ path: RelativePath) -> Bool {
        if outputs.contains(where: { PathPattern($0).matches(path) }) { return true }
        if excluded.contains(where: { PathPattern($0).matches(path) }) { return false }
        guard let included else { return !Self.isLeftOut(path) }
        return included.contains { PathPattern($0).matches(path) }
    }

    /// Without those of the outputs that are not among `kept`.
    func leavingOut(outputsBut kept: [String]) -> PackageContent {
        PackageContent(
            included: included, excluded: excluded + outputs.filter { !kept.contains($0) }.map { "/\($0)" },
            outputs: kept)
    }

    private static func isLeftOut(_ path: RelativePath) -> Bool {
        // Looked at for each of tens of thousands of files.
        var before = UInt8(ascii: "/")
        for byte in path.text.utf8 {
            if before == UInt8(ascii: "/"), byte == UInt8(ascii: ".") { return true }
            before = byte
        }
        return path.text.hasPrefix("build/")
    }
}

/// A pattern for paths, as in .gitignore: `*` stays in one folder, `**` crosses them, a pattern without a slash fits at
/// any depth, and a folder stands for all that is in it.
struct PathPattern {
    private let components: [Glob?]

    init(_ text: String) {
        let parts = text.split(separator: "/").filter { $0 != "." }.map { $0 == "**" ? nil : Glob(String($0)) }
        components = text.contains("/") ? parts : [nil] + parts
    }

    func matches(_ path: RelativePath) -> Bool { Self.matches(components[...], path.components[...]) }

    private static func matches(_ pattern: ArraySlice<Glob?>, _ path: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return true }
        guard let glob = first else {
            return matches(pattern.dropFirst(), path) || (!path.isEmpty && matches(pattern, path.dropFirst()))
        }
        guard let name = path.first, glob.matches(String(name)) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }
}
