/// A value of a YAML document (YAML 1.2.2, chapter 3) with the place where it stands.
package struct YAMLNode: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// - Parameter isPlain: written without quotes, so that `5` is a number and `~` nothing.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// One `key: value` of a mapping.
    package struct Entry: Sendable, Hashable {
        package let key: String
        package let keyStart: SourceMark
        package let value: YAMLNode
    }

    package let content: Content
    /// Written with brackets or braces.
    package let isFlow: Bool
    package let file: String
    package let start: SourceMark
    /// The byte after the node's last one; of a block collection, after its last element's.
    package let end: SourceMark

    package var place: SourcePlace { SourcePlace(file: file, mark: start) }

    /// The value under `key` of a mapping, as it stands.
    package subscript(key: String) -> YAMLNode? { entry(key)?.value }

    package func entry(_ key: String) -> Entry? { mapping?.first { $0.key == key } }

    /// The entries, if the node is a mapping.
    package var mapping: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }
}

extension YAMLNode {
    /// Reads the one document of a file.
    ///
    /// - Parameter file: the path as errors name it.
    package init(parsing text: String, file: String) throws(ConfigError) {
        try self.init(parsing: Array(text.utf8), file: file)
    }

    /// - Parameter name: the path as errors name it, when that is another one.
    package init(file path: String, shownAs name: String? = nil) throws(ConfigError) {
        try self.init(parsing: TextFile.read(path), file: name ?? path)
    }

    package init(parsing bytes: [UInt8], file: String) throws(ConfigError) {
        var composer = YAMLComposer(events: YAMLEventReader(bytes: bytes, file: file))
        self = try composer.document()
    }
}
