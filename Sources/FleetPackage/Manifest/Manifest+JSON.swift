import FleetBase

extension Manifest: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, version, metadata, files
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name),
            declaredVersion: container.decode(String.self, forKey: .version),
            metadata: container.decode(JSONValue.self, forKey: .metadata),
            entries: container.decode([Entry].self, forKey: .files))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(declaredVersion, forKey: .version)
        try container.encode(metadata, forKey: .metadata)
        try container.encode(entries, forKey: .files)
    }

    /// Compact JSON with sorted keys.
    package var canonicalBytes: [UInt8] {
        do {
            return Array(try JSONText.encode(self).utf8)
        } catch {
            preconditionFailure("a manifest is always JSON, but its metadata holds \(error)")
        }
    }

    /// - Parameter bytes: a manifest from a disk or a host; every path in it is checked.
    package init(bytes: some Sequence<UInt8>) throws(PackageError) {
        do {
            self = try JSONText.decode(Manifest.self, from: bytes)
        } catch let error as PackageError {
            throw error
        } catch {
            let reason = String(describing: error)
            throw PackageError(.badManifest, Message("the manifest can't be read: \(reason)"))
        }
    }
}

extension Manifest.Entry: Codable {
    private enum CodingKeys: String, CodingKey {
        case path, mode, size, sha256, target
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let path = try RelativePath(container.decode(String.self, forKey: .path))
        if let target = try container.decodeIfPresent(String.self, forKey: .target) {
            self.init(path: path, content: .link(try LinkTarget(target, of: path)))
            return
        }
        let content = Content.file(
            isExecutable: try container.decode(String.self, forKey: .mode) == "0755",
            size: try container.decode(Int64.self, forKey: .size),
            digest: try Digest(hex: container.decode(String.self, forKey: .sha256)))
        self.init(path: path, content: content)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path.text, forKey: .path)
        switch content {
        case .link(let target):
            try container.encode(target.text, forKey: .target)
        case .file(let isExecutable, let size, let digest):
            try container.encode(isExecutable ? "0755" : "0644", forKey: .mode)
            try container.encode(size, forKey: .size)
            try container.encode(digest.hex, forKey: .sha256)
        }
    }
}
