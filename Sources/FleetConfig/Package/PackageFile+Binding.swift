package import FleetBase

/// A parameter with the value that a run gives it.
package struct BoundParameter: Sendable, Hashable {
    package let name: String
    package let value: ParameterValue
}

extension PackageFile {
    /// Checks what a run gives against what the package declares, and fills in the defaults.
    ///
    /// - Parameter given: texts by the parameters' names or aliases.
    /// - Returns: a value for every parameter, in the order of the file.
    package func bind(_ given: [String: String]) throws(ValueError) -> [BoundParameter] {
        var texts: [String: String] = [:]
        for (name, text) in given.sorted(by: { $0.key < $1.key }) {
            let parameter = try parameter(name)
            guard texts.updateValue(text, forKey: parameter.name) == nil else {
                throw ValueError(Message("--\(parameter.name) is given twice"))
            }
        }
        var bound: [BoundParameter] = []
        for parameter in parameters {
            let value = try texts[parameter.name].map { text throws(ValueError) in try parameter.parse(text) }
            guard let value = value ?? parameter.default else {
                throw ValueError(Message("--\(parameter.name) is missing: \(name) has no default for it"))
            }
            bound.append(BoundParameter(name: parameter.name, value: value))
        }
        return bound
    }

    func parameter(_ name: String) throws(ValueError) -> Parameter {
        if let parameter = parameters.first(where: { $0.names.contains(name) }) { return parameter }
        guard let nearest = Similarity.nearest(to: name, among: parameters.flatMap(\.names)) else {
            throw ValueError(Message("\(self.name) has no parameter \"\(name)\""))
        }
        throw ValueError(Message("\(self.name) has no parameter \"\(name)\", did you mean \"\(nearest)\"?"))
    }
}
