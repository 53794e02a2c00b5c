import FleetBase

/// The parameters that a task sweeps over, read as GitHub Actions reads `strategy.matrix`:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
package struct TaskMatrix: Sendable, Hashable {
    package struct Axis: Sendable, Hashable {
        package let name: String
        package let values: [String]
    }

    package static let maximumTasks = 100_000

    package let axes: [Axis]
    /// What extends the combinations that it agrees with, or else is a combination of its own.
    package let included: [[TaskSetting]]
    /// What takes away the combinations that it agrees with.
    package let excluded: [[TaskSetting]]
    /// How many combinations there are.
    package private(set) var count = 0

    init(axes: [Axis], included: [[TaskSetting]], excluded: [[TaskSetting]]) {
        self.axes = axes
        self.included = included
        self.excluded = excluded
        count = combinations.count
    }

    /// Every combination, the last axis fastest; of no axes, the empty one.
    package var combinations: [[TaskSetting]] {
        guard !included.isEmpty else { return kept }
        let originals = axes.isEmpty ? [] : kept
        let index = PartialCombinations(included, axes: axes.map(\.name))
        var isUsed = [Bool](repeating: false, count: included.count)
        let extended = originals.map { original in
            index.positions(agreeingWith: original).reduce(original) { combination, position in
                isUsed[position] = true
                return Self.extend(combination, with: included[position])
            }
        }
        return extended + included.indices.filter { !isUsed[$0] }.map { included[$0] }
    }

    /// `1..10` is 1 to 10, both included; `0..100..25` goes in steps. Nil for what is no range.
    static func range(_ text: String) throws(ValueError) -> [String]? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2 || parts.count == 3, let first = parts[0], let last = parts[1],
            let step = parts.count == 3 ? parts[2] : 1
        else { return nil }
        guard first <= last, step > 0 else { throw ValueError(Message("the range \(text) is empty")) }
        return stride(from: first, through: last, by: step).prefix(maximumTasks + 1).map { String($0) }
    }

    private var kept: [[TaskSetting]] {
        let product = axes.reduce([[]]) { combinations, axis in
            combinations.flatMap { combination in
                axis.values.map { combination + [TaskSetting(name: axis.name, text: $0)] }
            }
        }
        guard !excluded.isEmpty else { return product }
        let index = PartialCombinations(excluded, axes: axes.map(\.name))
        return product.filter { index.positions(agreeingWith: $0).isEmpty }
    }

    /// What an earlier entry has added may be replaced; values of the axes are the same on both sides.
    private static func extend(_ combination: [TaskSetting], with settings: [TaskSetting]) -> [TaskSetting] {
        settings.reduce(into: combination) { result, setting in
            if let index = result.firstIndex(where: { $0.name == setting.name }) {
                result[index] = setting
            } else {
                result.append(setting)
            }
        }
    }
}
