package import FleetBase

/// A container image as one tar that every engine loads: an OCI image layout (image-spec 1.0) that also holds docker's
/// `manifest.json`.
///
/// docker before 25 reads the latter alone, podman and containerd the former. All of them pass over a layer that they
/// have already, also when it is missing in the tar.
package struct ContainerImage: Sendable, Hashable {
    package let repository: String
    package let tag: String
    /// From the lowest up; the last one is the package's own.
    package let layers: [ImageLayer]
    /// The files of the package in the last layer, in their order.
    package let parts: [PayloadLayer.Part]
    private let configuration: [UInt8]

    package init(
        _ settings: ImageSettings, on base: ImageBase, payload: ImageLayer, parts: [PayloadLayer.Part] = []
    ) {
        self.parts = parts
        repository = settings.repository
        tag = settings.tag
        layers = base.layers + [payload]
        configuration = Self.bytes(settings.configuration(of: base, layers: layers))
    }

    /// By which docker and podman know the image: the digest of its configuration.
    package var id: Digest { FileDigest.of(configuration) }
    /// By which docker knows it where containerd keeps its images.
    package var manifestDigest: Digest { FileDigest.of(manifest) }

    /// For which machines it is, as the Go language names them.
    package var architecture: String? {
        (try? JSONText.decode(JSONValue.self, from: configuration))?["architecture"]?.string
    }

    /// - Parameter count: how many layers, from the lowest, are left out since the engine has them.
    package func content(leavingOut count: Int = 0) -> ArchiveContent {
        var blobs: [Digest: ArchiveContent.Item] = [:]
        for bytes in [configuration, manifest] {
            let digest = FileDigest.of(bytes)
            blobs[digest] = ArchiveContent.Item(Self.path(digest), bytes)
        }
        for layer in layers.dropFirst(count) {
            blobs[layer.digest] = ArchiveContent.Item(Self.path(layer.digest), of: layer)
        }
        // The tables first: who reads the tar as a stream knows what comes. The package last: see ``ImageRecipe``.
        let last = layers.count > count ? layers.last.flatMap { blobs.removeValue(forKey: $0.digest) } : nil
        return ArchiveContent(
            [
                ArchiveContent.Item("oci-layout", Self.bytes(.object(["imageLayoutVersion": .string("1.0.0")]))),
                ArchiveContent.Item("index.json", Self.bytes(index)),
                ArchiveContent.Item("manifest.json", Self.bytes(dockerManifest)),
            ] + blobs.sorted { $0.key < $1.key }.map(\.value) + [last].compactMap(\.self))
    }

    /// How many layers, from the lowest, are also those of another image: an engine knows a layer by all below it.
    package func commonLayers(with digests: [String]) -> Int {
        zip(layers, digests).prefix { $0.tarDigest.blob == $1 }.count
    }

    private static func path(_ digest: Digest) -> String { "blobs/sha256/\(digest.hex)" }

    private static func bytes(_ value: JSONValue) -> [UInt8] {
        guard let text = try? JSONText.encode(value) else { preconditionFailure("plain JSON") }
        return Array(text.utf8)
    }

    private var manifest: [UInt8] {
        Self.bytes(
            .object([
                "schemaVersion": .integer(2), "mediaType": .string("application/vnd.oci.image.manifest.v1+json"),
                "config": Self.descriptor(
                    "application/vnd.oci.image.config.v1+json", FileDigest.of(configuration), configuration.count),
                "layers": .array(
                    layers.map { Self.descriptor($0.coding.rawValue, $0.digest, Int($0.size)) }),
            ]))
    }

    private var index: JSONValue {
        let manifest = manifest
        var entry = Self.descriptor(
            "application/vnd.oci.image.manifest.v1+json", FileDigest.of(manifest), manifest.count
        ).members!
        entry["annotations"] = .object(["org.opencontainers.image.ref.name": .string("\(repository):\(tag)")])
        return .object([
            "schemaVersion": .integer(2), "mediaType": .string("application/vnd.oci.image.index.v1+json"),
            "manifests": .array([.object(entry)]),
        ])
    }

    private var dockerManifest: JSONValue {
        .array([
            .object([
                "Config": .string(Self.path(id)),
                "RepoTags": .array([.string("\(repository):\(tag)"), .string("\(repository):latest")]),
                "Layers": .array(layers.map { .string(Self.path($0.digest)) }),
            ])
        ])
    }

    private static func descriptor(_ type: String, _ digest: Digest, _ size: Int) -> JSONValue {
        .object(["mediaType": .string(type), "digest": .string(digest.blob), "size": .integer(Int64(size))])
    }
}

extension ContainerImage {
    package var json: JSONValue {
        .object([
            "repository": .string(repository), "tag": .string(tag), "layers": .array(layers.map(\.json)),
            "configuration": .string(String(decoding: configuration, as: UTF8.self)),
            "parts": .array(parts.map(\.json)),
        ])
    }

    /// - Returns: nil when it is not the record of an image whose layers are there.
    package init?(_ json: JSONValue) {
        guard let repository = json["repository"]?.string, let tag = json["tag"]?.string,
            let configuration = json["configuration"]?.string, case .array(let records) = json["layers"]
        else { return nil }
        let layers = records.compactMap { ImageLayer($0) }
        guard layers.count == records.count, case .array(let parts) = json["parts"] else { return nil }
        self.parts = parts.compactMap { PayloadLayer.Part($0) }
        (self.repository, self.tag, self.layers) = (repository, tag, layers)
        self.configuration = Array(configuration.utf8)
    }
}

extension ArchiveContent.Item {
    fileprivate init(_ path: String, of layer: ImageLayer) {
        self.init(path, source: .file(FilePlace(layer.file), layer.digest), size: layer.size)
    }
}

extension PayloadLayer.Part {
    fileprivate var json: JSONValue {
        .object([
            "path": .string(path), "from": .integer(bytes.lowerBound), "to": .integer(bytes.upperBound),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let path = json["path"]?.string, case .integer(let from) = json["from"],
            case .integer(let to) = json["to"], from <= to
        else { return nil }
        self.init(path: path, bytes: from..<to)
    }
}
