/// One thing to run: a task with one combination of its matrix.
package struct ExpandedTask: Sendable, Hashable {
    package let definition: TaskDefinition
    /// Texts, which the package's parameters turn into values.
    package let parameters: [String: String]
    /// Which of `repeat:` times this is, from 1 on.
    package let repetition: Int
    /// In the file's whole expansion, from 1 on.
    package let position: Int
    /// The task's name, what was swept, and which repetition: `sweep[particles=100,seed=1]#2`.
    package let name: String

    init(_ definition: TaskDefinition, _ combination: [TaskSetting], repetition: Int, position: Int) {
        self.definition = definition
        parameters = definition.parameters.merging(combination.map { ($0.name, $0.text) }) { _, swept in swept }
        self.repetition = repetition
        self.position = position
        let swept = combination.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
        name = definition.name + (swept.isEmpty ? "" : "[\(swept)]") + (repetition == 1 ? "" : "#\(repetition)")
    }
}
