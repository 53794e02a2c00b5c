import FleetBase
package import FleetConfig

/// The words of a command about tasks: a file, if the first one is a path, and names. Or a sweep that stands in no file.
package struct TaskWords: Sendable, Codable {
    package let file: String?
    package let names: [String]
    package private(set) var sweep: PackageSweep?

    package init(_ words: [String]) {
        file = words.first.flatMap { Self.isFile($0) ? $0 : nil }
        names = Array(words.dropFirst(file == nil ? 0 : 1))
    }

    package init(file: String?, names: [String]) { (self.file, self.names) = (file, names) }

    package init(names: [String]) { (file, self.names) = (nil, names) }

    package init(_ sweep: PackageSweep) { (file, names, self.sweep) = (nil, [], sweep) }

    func tasks(in project: Project) throws(ConfigError) -> TasksFile {
        guard let sweep else { return try project.tasks(file: file) }
        return try sweep.tasks(in: project)
    }

    package static func isFile(_ word: String) -> Bool {
        word.contains("/") || word.hasSuffix(".yaml") || word.hasSuffix(".yml")
    }
}
