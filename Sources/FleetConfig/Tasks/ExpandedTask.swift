/// One thing to run: a task with one combination of its matrix; with `verify:` one of several that must agree.
package struct ExpandedTask: Sendable, Hashable {
    package let definition: TaskDefinition
    /// Texts, which the package's parameters turn into values.
    package let parameters: [String: String]
    /// Which of `repeat:` times this is, from 1 on.
    package let repetition: Int
    /// Which of the runs whose results are compared, from 1 on; nil where nobody compares.
    package let copy: Int?
    /// In the file's whole expansion, from 1 on.
    package let position: Int
    /// The task's name, what was swept, which repetition, and which copy:
    /// `sweep[particles=100,seed=1]#2/1`.
    package let name: String

    init(_ definition: TaskDefinition, _ combination: [TaskSetting], repetition: Int, copy: Int?, position: Int) {
        self.definition = definition
        parameters = definition.parameters.merging(combination.map { ($0.name, $0.text) }) { _, swept in swept }
        (self.repetition, self.copy) = (repetition, copy)
        self.position = position
        let swept = combination.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
        name = [
            definition.name, swept.isEmpty ? "" : "[\(swept)]", repetition == 1 ? "" : "#\(repetition)",
            copy.map { "/\($0)" } ?? "",
        ].joined()
    }
}
