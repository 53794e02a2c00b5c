package import FleetBase

/// A tasks.yaml that was proved against the packages that it runs and the hosts that it names.
package struct CheckedTasks: Sendable {
    package let file: TasksFile
    private let packages: [String: PackageFile]

    fileprivate init(_ file: TasksFile, _ packages: [String: PackageFile]) {
        self.file = file
        self.packages = packages
    }

    /// What a task runs; nil for a command and for Python code.
    package func package(of task: TaskDefinition) -> PackageFile? { task.package.flatMap { packages[$0] } }

    /// A value for every parameter of the task's package; nil for a command and for Python code.
    package func parameters(of task: ExpandedTask) -> [BoundParameter]? {
        guard let package = package(of: task.definition) else { return nil }
        do {
            return try package.bind(task.parameters)
        } catch {
            preconditionFailure("\(task.name) was checked: \(error.message.text(in: .english))")
        }
    }

    /// What the task's worker gets as JSON: typed values of a package's parameters, else texts.
    package func json(of task: ExpandedTask) -> [String: JSONValue] {
        guard let bound = parameters(of: task) else { return task.parameters.mapValues(JSONValue.string) }
        return Dictionary(bound.map { ($0.name, $0.value.json) }) { _, new in new }
    }

    /// The tasks of these names, in the order of the file; all of them when there is none.
    package func tasks(named names: [String]) throws(ConfigError) -> [TaskDefinition] {
        for name in names where file[name] == nil {
            throw .unknown(name, kind: Message("task"), among: file.tasks.map(\.name))
        }
        return names.isEmpty ? file.tasks : file.tasks.filter { names.contains($0.name) }
    }
}

extension Project {
    /// Proves tasks against the packages of this project; nobody is called.
    ///
    /// - Parameter inventory: where the hosts of `needs:` are looked up; nil leaves them as they are.
    /// - Throws: what is wrong, at its place in tasks.yaml, or in the package.yaml that can't be read.
    package func checkTasks(_ file: TasksFile, inventory: Inventory?) throws(ConfigError) -> CheckedTasks {
        let names = packageNames
        var packages: [String: PackageFile] = [:]
        for task in file.tasks {
            if let inventory { try task.checkHosts(inventory) }
            guard let name = task.package else { continue }
            guard names.contains(name) else {
                throw .unknown(name, kind: Message("package"), among: names, at: task.places.work)
            }
            if packages[name] == nil { packages[name] = try package(name) }
            if let package = packages[name] { try task.check(package) }
        }
        return CheckedTasks(file, packages)
    }
}

extension TaskDefinition {
    /// The tags that no host of the inventory has: no host can do the task. It may still be meant for Slurm, whose nodes have
    /// tags of their own.
    package func unknownTags(in inventory: Inventory) -> [ConfigError] {
        let known = Set(inventory.hosts.flatMap(\.tags))
        return needs.tags.filter { !known.contains($0) }.map { tag in
            .unknown(tag, kind: Message("tag"), among: known.sorted(), at: places.tags ?? place)
        }
    }

    /// Refuses an input file that is not there.
    package func checkInputs(from base: PathBase) throws(ConfigError) {
        for input in inputs where !TextFile.exists(base.resolve(input.source)) {
            throw ConfigError(
                .missing, at: places.inputs ?? place,
                Message("the input file \(input.source) of \(name) is not there"),
                hint: Message("inputs: are paths from the project's folder on"))
        }
    }

    fileprivate func checkHosts(_ inventory: Inventory) throws(ConfigError) {
        guard !needs.hosts.isEmpty else { return }
        do throws(ConfigError) {
            _ = try HostSelector(hosts: needs.hosts).select(from: inventory)
        } catch {
            throw ConfigError(error.code, at: places.hosts ?? place, error.message, hint: error.hint)
        }
    }

    fileprivate func check(_ package: PackageFile) throws(ConfigError) {
        if let engine, !package.engines.contains(where: { $0.name == engine }) {
            throw .unknown(
                engine, kind: Message("engine"), among: package.engines.map(\.name), at: places.engine ?? place)
        }
        for parameter in given {
            let declared = try ConfigError.at(parameter.namePlace) { () throws(ValueError) in
                try package.parameter(parameter.name)
            }
            _ = try ConfigError.at(parameter.place) { () throws(ValueError) in try declared.parse(parameter.text) }
        }
        // Every text is good by itself, so that combinations of the same parameters are good or bad together.
        var seen: Set<Set<String>> = []
        for combination in matrix.combinations {
            guard seen.insert(Set(combination.map(\.name))).inserted else { continue }
            let texts = parameters.merging(combination.map { ($0.name, $0.text) }) { _, swept in swept }
            _ = try ConfigError.at(places.work) { () throws(ValueError) in try package.bind(texts) }
        }
    }
}
