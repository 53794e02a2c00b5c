package import FleetBase

extension Project {
    /// Makes a project with this machine as its only host and one small package, which explains itself.
    ///
    /// Files that are there already stay as they are.
    ///
    /// - Parameter language: of the comments.
    /// - Returns: the project and the files that were written, relative to its folder.
    package static func create(
        at folder: String, in language: Language = .english
    ) throws(ConfigError) -> (project: Project, written: [String]) {
        var written: [String] = []
        for file in ProjectTemplate.files(in: language) where !TextFile.exists("\(folder)/\(file.path)") {
            try file.write(in: folder)
            written.append(file.path)
        }
        return (Project(folder: folder), written)
    }
}
