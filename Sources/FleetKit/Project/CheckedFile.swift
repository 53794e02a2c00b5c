/// A file of the project that was read.
public struct CheckedFile: Codable, Sendable, Hashable {
    /// The path, from the project's folder on.
    public let file: String
    /// What is wrong with it, in English; nil when all is well.
    public let error: String?
    /// What is likely to be a mistake, though the file is right in itself; in English.
    public let warnings: [String]
}
