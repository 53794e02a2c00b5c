package import FleetBase
package import FleetService

/// What `fleet check --json` prints.
package struct ProjectFilesView: Codable, Sendable {
    package struct File: Codable, Sendable {
        package let file: String
        /// Null when all is well.
        @OrNull package var error: Message?
        /// What is likely to be a mistake, though the file is right in itself.
        package var warnings: [Message]
    }

    package let files: [File]

    package init(_ files: [CheckedFile]) {
        self.files = files.map { File(file: $0.file, error: $0.error?.message, warnings: $0.warnings) }
    }
}
