extension Manifest {
    /// What `sha256sum -c` reads: `HASH  PATH` for each file, links left out.
    package var sums: String { Self.sums(of: entries) }

    static func sums(of entries: [Entry]) -> String {
        entries.map { entry in
            guard case .file(_, _, let digest) = entry.content else { return "" }
            return "\(digest)  \(entry.path)\n"
        }.joined()
    }

    /// What digests do not say, for a shell with `IFS` set to a tab: `644`, `755` or `link`, the path, and a link's
    /// target.
    package var layout: String {
        entries.map { entry in
            switch entry.content {
            case .file(let isExecutable, _, _): "\(isExecutable ? 755 : 644)\t\(entry.path)\n"
            case .link(let target): "link\t\(entry.path)\t\(target)\n"
            }
        }.joined()
    }
}
