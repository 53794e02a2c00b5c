import FleetBase

extension Manifest: Decodable {
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

    /// Written piece by piece: a general encoder takes most of the time that packing a large tree needs.
    static func canonicalBytes(
        _ name: String, _ version: String, _ metadata: JSONValue, _ entries: [Entry]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * 160 + 1000)
        bytes += "{\"files\":[".utf8
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            entry.appendJSON(to: &bytes)
        }
        bytes += "],\"metadata\":\(json(metadata)),\"name\":\(json(name)),\"version\":\(json(version))}".utf8
        return bytes
    }

    fileprivate static func json(_ value: some Encodable) -> String {
        do {
            return try JSONText.encode(value)
        } catch {
            preconditionFailure("a manifest is always JSON, but it holds \(error)")
        }
    }

    /// - Parameter path: a manifest that was unpacked from an archive.
    package init(file path: String) throws(PackageError) {
        let bytes = try MappedFile(path).withBytes { Array($0) }
        try self.init(bytes: bytes)
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

extension Manifest.Entry: Decodable {
    private enum CodingKeys: String, CodingKey {
        case path, mode, size, sha256, target, chunks
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
        let text = try container.decodeIfPresent(String.self, forKey: .chunks) ?? ""
        guard let chunks = Chunk.chunks(in: text) else {
            throw PackageError(.badManifest, Message("\(path): the list of its chunks makes no sense"))
        }
        self.init(path: path, content: content, chunks: chunks)
    }

    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        if !chunks.isEmpty { bytes += "\"chunks\":\"\(Chunk.text(of: chunks))\",".utf8 }
        if case .file(let isExecutable, _, _) = content {
            bytes += isExecutable ? "\"mode\":\"0755\",".utf8 : "\"mode\":\"0644\",".utf8
        }
        bytes += "\"path\":".utf8
        let isPlain = path.text.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        bytes += isPlain ? "\"\(path.text)\"".utf8 : Manifest.json(path.text).utf8
        switch content {
        case .file(_, let size, let digest): bytes += ",\"sha256\":\"\(digest.hex)\",\"size\":\(size)}".utf8
        case .link(let target): bytes += ",\"target\":\(Manifest.json(target.text))}".utf8
        }
    }
}
