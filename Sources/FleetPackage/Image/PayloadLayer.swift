import FleetBase

/// The layer that holds a package's files, in a folder where no base has anything.
package struct PayloadLayer {
    private let manifest: Manifest
    private let folder: String
    private let isAlone: Bool

    /// - Parameters:
    ///   - folder: where the files lie.
    ///   - isAlone: with no layer below it.
    package init(_ manifest: Manifest, from folder: String, isAlone: Bool) {
        (self.manifest, self.folder, self.isAlone) = (manifest, folder, isAlone)
    }

    /// A file of the package within the layer's tar: its bytes need not be sent to who has the package.
    package struct Part: Sendable, Hashable {
        package let path: String
        package let bytes: Range<Int64>
    }

    package func add(to store: LayerStore) throws(PackageError) -> (layer: ImageLayer, parts: [Part]) {
        var parts: [Part] = []
        let layer = try store.add { writer throws(PackageError) in
            for name in folders { try writer.add(folder: name, mode: 0o755) }
            for entry in manifest.entries { try add(entry, to: writer, &parts) }
            // Many programs take for granted that there is one.
            if isAlone { try writer.add(folder: Self.place("tmp"), mode: 0o1777) }
        }
        return (layer, parts)
    }

    private static let root = String(ImageSettings.payloadFolder.dropFirst())

    /// All that are named, so that an engine makes none by a rule of its own.
    private var folders: [BytePath] {
        var folders: Set<RelativePath> = []
        for entry in manifest.entries {
            var path = entry.path
            while let folder = path.parent {
                path = folder
                guard folders.insert(folder).inserted else { break }
            }
        }
        let inner = folders.map { Self.place("\(Self.root)/\($0)") }
        return ([Self.place("opt"), Self.place(Self.root)] + inner).sorted()
    }

    private static func place(_ text: String) -> BytePath {
        guard let path = BytePath(text.utf8) else { preconditionFailure("\(text) is no path in a layer") }
        return path
    }

    private func add(
        _ entry: Manifest.Entry, to writer: borrowing ArchiveWriter, _ parts: inout [Part]
    ) throws(PackageError) {
        let path = Self.place("\(Self.root)/\(entry.path)")
        switch entry.content {
        case .link(let target): try writer.add(link: path, to: Array(target.text.utf8))
        case .file(let isExecutable, let size, let digest):
            try writer.begin(path, isExecutable: isExecutable, size: size)
            let start = writer.position
            try writer.append(file: FilePlace("\(folder)/\(entry.path)"), size: size, digest: digest)
            try writer.end()
            parts.append(Part(path: entry.path.text, bytes: start..<start + size))
        }
    }
}
