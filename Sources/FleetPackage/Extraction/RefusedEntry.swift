package import FleetBase

/// An entry that was left out of an extraction.
package struct RefusedEntry: Sendable, Hashable {
    package enum Reason: String, Sendable, Codable, CaseIterable {
        /// Absolute, or with `..`.
        case unsafePath = "unsafe-path"
        /// A link out of the folder, or a hard link to something that was not extracted.
        case unsafeLink = "unsafe-link"
        /// A device, a FIFO, a socket.
        case specialFile = "special-file"
        /// Something stands there already, or a link or a file stands where a folder should be.
        case occupied
        case pathTooLong = "path-too-long"
        case tooLarge = "too-large"
        /// The last entry looked at; whatever came after it was not read.
        case tooMany = "too-many"
    }

    /// For people: harmless, and no longer than the limit of paths.
    package let path: String
    package let reason: Reason
}

extension RefusedEntry.Reason {
    /// Why, in a sentence about the entry.
    package var message: Message {
        switch self {
        case .unsafePath: Message("its path leads out of the job's folder")
        case .unsafeLink: Message("a link that leads out of the job's folder")
        case .specialFile: Message("neither a file, a folder nor a link")
        case .occupied: Message("something else has that name already")
        case .pathTooLong: Message("its path is too long or too deep")
        case .tooLarge: Message("more than the results may have in all")
        case .tooMany: Message("more files than the results may have")
        }
    }

    /// The key of tasks.yaml and package.yaml that raises the limit; nil where there is none.
    package var setting: String? {
        switch self {
        case .tooLarge: "limits: { size: 100G }"
        case .tooMany: "limits: { files: 5000000 }"
        default: nil
        }
    }
}
