import FleetBase

/// The parameters that a task sweeps over.
package struct TaskMatrix: Sendable, Hashable {
    package struct Axis: Sendable, Hashable {
        package let name: String
        package let values: [String]
    }

    private static let maximumTasks = 100_000

    package let axes: [Axis]

    init(_ node: YAMLNode?) throws(ConfigError) {
        var axes: [Axis] = []
        var count = 1
        for entry in try node?.entries() ?? [] {
            let axis = Axis(name: entry.key, values: try Self.values(entry.value))
            guard !axis.values.isEmpty else {
                throw ConfigError(.invalidValue, at: entry.value.place, Message("nothing to sweep over"))
            }
            count = count.multipliedReportingOverflow(by: axis.values.count).partialValue
            guard axis.values.count <= Self.maximumTasks, count <= Self.maximumTasks else {
                throw ConfigError(
                    .invalidValue, at: entry.place,
                    Message("the matrix has more than \(Self.maximumTasks) combinations"))
            }
            axes.append(axis)
        }
        self.axes = axes
    }

    /// Every combination, the last axis fastest; of no axes, the empty one.
    package var combinations: [[String: String]] {
        axes.reduce([[:]]) { combinations, axis in
            combinations.flatMap { combination in
                axis.values.map { combination.merging([axis.name: $0]) { _, new in new } }
            }
        }
    }

    /// A list, one value, or a range; a list may hold ranges too.
    private static func values(_ node: YAMLNode) throws(ConfigError) -> [String] {
        guard case .sequence(let elements) = node.content else { return try scalarValues(node) }
        var values: [String] = []
        for element in elements { values += try scalarValues(element) }
        return values
    }

    private static func scalarValues(_ node: YAMLNode) throws(ConfigError) -> [String] {
        if let range = try range(node) { return range }
        return [try node.string()]
    }

    /// `1..10` is 1 to 10, both included; `0..100..25` goes in steps.
    private static func range(_ node: YAMLNode) throws(ConfigError) -> [String]? {
        guard case .scalar(let text, isPlain: true) = node.content else { return nil }
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2 || parts.count == 3, let first = parts[0], let last = parts[1],
            let step = parts.count == 3 ? parts[2] : 1
        else { return nil }
        guard first <= last, step > 0 else {
            throw ConfigError(.invalidValue, at: node.place, Message("the range \(text) is empty"))
        }
        return stride(from: first, through: last, by: step).prefix(maximumTasks + 1).map { String($0) }
    }
}
