import FleetBase
import FleetPackage

/// A file below `.fleet/packages/NAME` or `.fleet/images/NAME` that a build or a push can write again.
struct StoredFile: Sendable, Hashable {
    let path: String
    /// The version that it is of; nil for what versions share.
    let version: String?
    /// The version that a difference leads from; nil for everything else.
    var base: String?
    let size: ByteCount
    /// Nanoseconds since 1970.
    let changed: Int

    /// The versions of a package that stay: the latest, those that hosts have, and the newest ones.
    ///
    /// - Parameter held: those that stay whatever their age.
    static func versions(keeping count: Int, held: Set<String>, of files: [StoredFile]) -> Set<String> {
        var newest: [String: Int] = [:]
        for file in files {
            guard let version = file.version, file.base == nil else { continue }
            newest[version] = max(newest[version] ?? 0, file.changed)
        }
        let order = newest.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map(\.key)
        return held.union(order.prefix(count))
    }

    /// Whether somebody may still want it when these versions stay.
    func isNeeded(by versions: Set<String>) -> Bool {
        guard let version else { return true }
        return versions.contains(version) && base.map(versions.contains) != false
    }
}

extension StoredFile {
    /// Reads `VERSION.tar.zst`, `VERSION-2-parts.tar`, `VERSION.ENGINE.json`, and of a difference `VERSION.from.BASE.b1.tar.gz`,
    /// where VERSION may end in the tag of a signature.
    ///
    /// - Returns: nil for anything else: signatures stay, since nobody can make them again without the key.
    static func versions(in name: String) -> (version: String, base: String?)? {
        let endings = PackageArchive.forms.map { "." + PackageArchive.fileExtension($0) } + [".json"]
        guard let ending = endings.first(where: name.hasSuffix), !name.hasPrefix("base-") else { return nil }
        let stem = name.dropLast(ending.count)
        if let match = stem.wholeMatch(of: /(.+-[0-9a-f]{12})(?:\.s[0-9a-f]{8})?\.from\.(.+-[0-9a-f]{12})\.[a-z][0-9]+/)
        {
            return (String(match.1), String(match.2))
        }
        guard let match = stem.wholeMatch(of: /(.+?-[0-9a-f]{12})(?:\.[\w.-]+?)?(?:-[0-9]+(?:-parts)?)?/) else {
            return nil
        }
        return (String(match.1), nil)
    }
}
