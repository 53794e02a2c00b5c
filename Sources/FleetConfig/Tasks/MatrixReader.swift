import FleetBase

/// Reads `matrix:` with its lists, ranges, `include:` and `exclude:`.
struct MatrixReader {
    /// Everything that is given to a parameter, in the order of the file.
    private(set) var given: [TaskParameter] = []
    private var axes: [TaskMatrix.Axis] = []
    private var count = 1

    mutating func matrix(from node: YAMLNode?) throws(ConfigError) -> TaskMatrix {
        guard let node else { return TaskMatrix(axes: [], included: [], excluded: []) }
        for entry in try node.entries() where !Self.keys.contains(entry.key) { try readAxis(entry) }
        let included = try partials(node["include"])
        given += included.joined()
        let excluded = try partials(node["exclude"])
        for parameter in excluded.joined() { try requireAxis(parameter) }
        let matrix = TaskMatrix(
            axes: axes, included: included.map { $0.map(\.setting) }, excluded: excluded.map { $0.map(\.setting) })
        guard matrix.count > 0 else {
            throw ConfigError(.invalidValue, at: node.place, Message("exclude leaves no combination"))
        }
        return matrix
    }

    private mutating func readAxis(_ entry: YAMLNode.Entry) throws(ConfigError) {
        if Self.holdsMappings(entry.value) {
            throw .unknownKey(entry.key, among: Self.keys.names, at: entry.place)
        }
        let values = try Self.values(entry.value)
        guard !values.isEmpty else {
            throw ConfigError(.invalidValue, at: entry.value.place, Message("nothing to sweep over"))
        }
        count = count.multipliedReportingOverflow(by: values.count).partialValue
        guard values.count <= TaskMatrix.maximumTasks, count <= TaskMatrix.maximumTasks else {
            throw ConfigError(
                .invalidValue, at: entry.place,
                Message("the matrix has more than \(TaskMatrix.maximumTasks) combinations"))
        }
        var seen: Set<String> = []
        for (text, place) in values {
            guard seen.insert(text).inserted else {
                throw ConfigError(
                    .duplicate, at: place, Message("\(text) stands there twice"),
                    hint: Message("to do the same several times, say repeat: 2"))
            }
            given.append(TaskParameter(entry, text: text, at: place))
        }
        axes.append(TaskMatrix.Axis(name: entry.key, values: values.map(\.text)))
    }

    /// A misspelt `include:` rather than an axis.
    private static func holdsMappings(_ node: YAMLNode) -> Bool {
        guard case .sequence(let elements) = node.content else { return node.mapping != nil }
        return elements.first?.mapping != nil
    }

    /// The maps of `include:` or `exclude:`; no two are the same.
    private func partials(_ node: YAMLNode?) throws(ConfigError) -> [[TaskParameter]] {
        guard let node, !node.isNull else { return [] }
        var partials: [[TaskParameter]] = []
        var seen: Set<[String: String]> = []
        for element in try node.elements() {
            guard let entries = element.mapping, !entries.isEmpty else {
                throw element.expected(Message("a mapping with one parameter at least"))
            }
            var parameters: [TaskParameter] = []
            for entry in entries { parameters.append(try TaskParameter(entry)) }
            let texts = Dictionary(parameters.map { ($0.name, $0.text) }) { _, new in new }
            guard seen.insert(texts).inserted else {
                throw ConfigError(.duplicate, at: element.place, Message("the same stands there twice"))
            }
            partials.append(parameters)
        }
        return partials
    }

    private func requireAxis(_ parameter: TaskParameter) throws(ConfigError) {
        let names = axes.map(\.name)
        guard let axis = axes.first(where: { $0.name == parameter.name }) else {
            throw .unknown(parameter.name, kind: Message("parameter"), among: names, at: parameter.namePlace)
        }
        guard axis.values.contains(parameter.text) else {
            throw ConfigError(
                .invalidValue, at: parameter.place, Message("\(axis.name) is never \(parameter.text) in this matrix"))
        }
    }

    /// A list, one value, or a range; a list may hold ranges too.
    private static func values(_ node: YAMLNode) throws(ConfigError) -> [(text: String, place: SourcePlace)] {
        guard case .sequence(let elements) = node.content else { return try scalarValues(node) }
        var values: [(text: String, place: SourcePlace)] = []
        for element in elements { values += try scalarValues(element) }
        return values
    }

    private static func scalarValues(_ node: YAMLNode) throws(ConfigError) -> [(text: String, place: SourcePlace)] {
        if let range = try range(node) { return range.map { ($0, node.place) } }
        return [(try node.plainText(), node.place)]
    }

    private static func range(_ node: YAMLNode) throws(ConfigError) -> [String]? {
        guard case .scalar(let text, isPlain: true) = node.content else { return nil }
        return try ConfigError.at(node.place) { () throws(ValueError) in try TaskMatrix.range(text) }
    }
}
