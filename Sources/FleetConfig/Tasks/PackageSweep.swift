package import FleetBase

/// A sweep over the parameters of one package that stands in no file: each combination of values is a task.
package struct PackageSweep: Sendable, Codable {
    package let package: String
    /// By the names of parameters: one value, or several as ``Parameter/values(in:)`` reads them.
    package let texts: [String: String]

    package init(_ package: String, _ texts: [String: String]) { (self.package, self.texts) = (package, texts) }

    /// The tasks, as a file would have them.
    package func tasks(in project: Project) throws(ConfigError) -> TasksFile {
        let file = try project.package(package)
        var matrix: [String: JSONValue] = [:]
        for (name, text) in texts {
            do throws(ValueError) {
                let values = try file.parameter(name).values(in: text)
                matrix[name] = .array(values.map { .string($0) })
            } catch {
                throw ConfigError(.invalidValue, error.message)
            }
        }
        let task: JSONValue = ["name": .string(package), "package": .string(package), "matrix": .object(matrix)]
        guard let text = try? JSONText.encode(["tasks": .array([task])] as JSONValue) else {
            preconditionFailure("texts are JSON")
        }
        return try TasksFile(parsing: text, file: package)
    }
}

extension Parameter {
    /// Reads one value or several: `100,200,300`, `1..10`, `0..100..25`. A text is one value, whatever it holds.
    ///
    /// - Throws: for a value that the parameter does not take, and for one that stands there twice.
    package func values(in text: String) throws(ValueError) -> [String] {
        if case .string = kind { return [text] }
        var values: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.filter { !$0.isWhitespace }
            values += try TaskMatrix.range(word) ?? [word]
        }
        guard values.count <= TaskMatrix.maximumTasks else {
            throw ValueError(Message("the matrix has more than \(TaskMatrix.maximumTasks) combinations"))
        }
        var seen: Set<String> = []
        for value in values {
            _ = try self.value(of: value)
            guard seen.insert(value).inserted else { throw ValueError(Message("\(value) stands there twice")) }
        }
        return values
    }
}
