/// What `fleet package new --json` prints.
package struct WrittenView: Codable, Sendable {
    /// The files that were written, from the project's folder on.
    package let written: [String]

    package init(_ written: [String]) { self.written = written }
}

/// What `fleet init --json` prints.
package struct InitView: Codable, Sendable {
    /// The project's folder.
    package let project: String
    /// The files that were written, from the project's folder on.
    package let written: [String]

    package init(_ project: String, _ written: [String]) { (self.project, self.written) = (project, written) }
}
