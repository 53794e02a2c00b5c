import FleetBase
package import FleetConfig
package import FleetHosts
package import FleetLedger
import FleetPackage
package import FleetReleases

/// Turns what the tasks say into what a queue runs.
package struct QueuePlan: Sendable {
    let project: Project
    /// By name.
    let packages: [String: BuiltPackage]
    let environment: [String: String]
    let home: String
    /// How long the same work took before, by its key.
    let usual: [String: Duration]

    package init(
        _ project: Project, packages: [BuiltPackage], environment: [String: String], home: String,
        usual: [String: Duration]
    ) {
        (self.project, self.environment, self.home, self.usual) = (project, environment, home, usual)
        self.packages = Dictionary(packages.map { ($0.name, $0) }) { first, _ in first }
    }

    /// A new queue.
    ///
    /// Blocks: secrets and input files are read.
    package func tasks(_ expanded: [ExpandedTask], run: RunID) throws(EngineError) -> [PlannedTask] {
        var positions: [String: [Int]] = [:]
        for (index, task) in expanded.enumerated() { positions[task.definition.name, default: []].append(index) }
        var digests: [FilePlace: Digest] = [:]
        var whole: [String: Digest] = [:]
        var tasks = [(TaskSpec, LedgerTask)?](repeating: nil, count: expanded.count)
        // The key of a task holds those of the tasks before it, so that what is new there makes it new, too.
        for name in Self.order(of: expanded.map(\.definition)) {
            let indices = positions[name] ?? []
            for index in indices {
                let task = expanded[index]
                let package = task.definition.package.flatMap { packages[$0] }
                var spec = TaskSpec(task, version: package?.version)
                var inputs: [String: Digest] = [:]
                for file in try inputFiles(of: spec) {
                    if digests[file.place] == nil { digests[file.place] = try Self.digest(of: file) }
                    inputs[file.path.escaped] = digests[file.place]
                }
                if !inputs.isEmpty { spec.inputDigests = inputs.mapValues(\.hex) }
                let key = spec.key(package, inputs: inputs, before: spec.after.compactMap { whole[$0] })
                let record = LedgerTask(
                    run: run, position: index + 1, name: task.name, key: key, packageDigest: package?.manifest.digest,
                    parameters: .object(spec.parameters.mapValues(JSONValue.string)), spec: spec.text)
                tasks[index] = (spec, record)
            }
            let keys = indices.compactMap { tasks[$0]?.1.key.hex }
            whole[name] = FileDigest.of(Array(keys.joined(separator: "\n").utf8))
        }
        return try planned(tasks.compactMap(\.self))
    }

    /// Names of definitions, each behind those that must be done before it; there are no circles.
    private static func order(of definitions: [TaskDefinition]) -> [String] {
        var after: [String: [String]] = [:]
        for definition in definitions { after[definition.name] = definition.after }
        var (order, seen) = ([String](), Set<String>())
        func add(_ name: String) {
            guard seen.insert(name).inserted else { return }
            for other in after[name] ?? [] { add(other) }
            order.append(name)
        }
        for definition in definitions { add(definition.name) }
        return order
    }

    /// A queue that another master has begun.
    package func tasks(_ records: [LedgerTask]) throws(EngineError) -> [PlannedTask] {
        var tasks: [(TaskSpec, LedgerTask)] = []
        for record in records {
            guard let spec = TaskSpec(of: record) else {
                throw EngineError(
                    .resuming, Message("the ledger does not say how to run \(record.name)"),
                    hint: Message("start the work anew"))
            }
            if let name = spec.work.package, packages[name]?.version != spec.work.version {
                let (is_, was) = (packages[name]?.version ?? "–", spec.work.version ?? "–")
                throw EngineError(
                    .resuming, Message("\(name) has changed since: the run has \(was), and this machine has \(is_)"),
                    hint: Message("bring the package's files back, or start the work anew"))
            }
            tasks.append((spec, record))
        }
        return try planned(tasks)
    }

    /// The package of a task in the ledger; nil for a command and for Python code.
    package static func packageName(of record: LedgerTask) -> String? {
        TaskSpec(of: record)?.work.package
    }

    /// The variables of the environment that hold secrets of tasks.
    package static func secretVariables(of tasks: [LedgerTask]) -> Set<String> {
        let sources = tasks.compactMap(TaskSpec.init(of:)).flatMap(\.secrets.values)
        return Set(sources.compactMap { if case .environment(let name) = $0 { name } else { nil } })
    }

    private func planned(_ tasks: [(spec: TaskSpec, record: LedgerTask)]) throws(EngineError) -> [PlannedTask] {
        var groups: [TaskSpec.Demand: Int] = [:]
        var positions: [String: [Int]] = [:]
        var compared: [[String]: [Int]] = [:]
        for (index, task) in tasks.enumerated() {
            positions[task.spec.definition, default: []].append(index)
            if let same = task.spec.compared { compared[same, default: []].append(index) }
        }
        var secrets: [TaskSpec.Source: Secret] = [:]
        var planned: [PlannedTask] = []
        for (index, (spec, record)) in tasks.enumerated() {
            let group = groups[spec.demand] ?? groups.count
            groups[spec.demand] = group
            var request = try request(for: spec)
            for (name, source) in spec.secrets {
                if secrets[source] == nil { secrets[source] = try secretReader.read(name, from: SecretSource(source)) }
                request.secrets[name] = secrets[source]
            }
            var task = PlannedTask(record: record, request: request, group: group)
            task.after = spec.after.flatMap { positions[$0] ?? [] }
            (task.retries, task.percentOfMedian) = (spec.tries.retries, spec.tries.percentOfMedian)
            task.copies = spec.compared.flatMap { compared[$0] }?.filter { $0 != index } ?? []
            task.expected = usual[record.key.hex]
            planned.append(task)
        }
        return planned
    }

    private func request(for spec: TaskSpec) throws(EngineError) -> RunRequest {
        var request: RunRequest
        if let package = spec.work.package.flatMap({ packages[$0] }) {
            do {
                request = RunRequest(package: package, parameters: try package.file.bind(spec.parameters))
            } catch {
                throw EngineError(.resuming, error.message)
            }
        } else {
            let texts = spec.parameters.sorted { $0.key < $1.key }
            let parameters = texts.map { BoundParameter(name: $0.key, value: .string($0.value)) }
            request = RunRequest(
                spec.work.command.map { .command($0) } ?? .python(spec.work.python ?? ""), parameters: parameters)
        }
        request.engine = spec.work.engine
        request.needs = spec.demands.needs
        request.method = request.needs.method
        request.timeout =
            spec.tries.timeoutSeconds.map { Duration(bounded: $0) } ?? request.package?.file.timeout ?? request.timeout
        if let lease = spec.tries.leaseSeconds { request.lease = Duration(bounded: lease) }
        if spec.tries.detach { request.lease = nil }
        request.environment = spec.environment
        request.inputs = try inputFiles(of: spec)
        request.inputDigests = (spec.inputDigests ?? [:]).compactMapValues { try? Digest(hex: $0) }
        request.outputs = spec.outputs
        let limits = spec.limits.declared.inheriting(request.package?.file.limits ?? ResultLimits())
        request.limits = ExtractionLimits(limits)
        request.allowsIncomplete = limits.allowsIncomplete ?? false
        return request
    }

    // MARK: What tasks bring along

    private func inputFiles(of spec: TaskSpec) throws(EngineError) -> [ArchivedFile] {
        var files: [ArchivedFile] = []
        for (target, source) in spec.inputs.sorted(by: { $0.key < $1.key }) {
            let path = absolute(source)
            if Disk.isFolder(path) {
                files += try Self.inputs(below: path, at: target)
            } else if Disk.exists(path) {
                files.append(ArchivedFile(path: target, file: path))
            } else {
                throw EngineError(
                    .resuming, Message("the input file \(source) of \(spec.definition) is not there"),
                    hint: Message("inputs: are paths from the project's folder on"))
            }
        }
        return files
    }

    /// The files of a folder and the links that stay in it.
    private static func inputs(below folder: String, at target: String) throws(EngineError) -> [ArchivedFile] {
        do {
            return try ArchivedFile.files(below: folder, at: target)
        } catch {
            throw EngineError(.resuming, error.message, hint: error.hint)
        }
    }

    private var secretReader: SecretReader {
        SecretReader(folder: project.folder, environment: environment, home: home)
    }

    private func absolute(_ path: String) -> String { secretReader.absolute(path) }

    private static func digest(of file: ArchivedFile) throws(EngineError) -> Digest {
        do {
            return try file.digest()
        } catch {
            throw EngineError(.resuming, error.message, hint: error.hint)
        }
    }
}
