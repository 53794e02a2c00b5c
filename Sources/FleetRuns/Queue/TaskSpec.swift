import FleetBase
package import FleetConfig
import FleetLedger
import FleetPackage
import FleetReleases

/// All that it takes to run a task, as the ledger keeps it: a master that takes a run up needs no tasks.yaml.
package struct TaskSpec: Sendable, Hashable, Codable {
    var definition: String
    var package: String?
    var version: String?
    var engine: String?
    var command: String?
    var python: String?
    /// Texts by name.
    var parameters: [String: String]
    var repetition: Int
    var memory: Int64?
    var disk: Int64?
    var cores: Int?
    var gpu: Bool
    var architectures: [String]
    var tags: [String]
    var method: String?
    var hosts: [String]
    /// Definitions of the tasks that must be done first.
    var after: [String]
    var retries: Int
    var timeoutSeconds: Double?
    var percentOfMedian: Int?
    var leaseSeconds: Double?
    var detach: Bool
    var environment: [String: String]
    var secrets: [String: Source]
    var inputs: [String: String]
    /// Of each input file when the run was planned, in hex digits.
    var inputDigests: [String: String]?
    var outputs: [String]
    /// `limits:` of the task.
    var resultFiles: Int?
    var resultBytes: Int64?
    var allowsIncomplete: Bool?
    /// Which of the runs whose results are compared.
    var copy: Int?
    /// The only host for it: `fleet run` has a task for each.
    var host: String?

    enum Source: Sendable, Hashable, Codable {
        case environment(String), file(String), command(String)
    }

    /// - Parameter version: of the package on this master.
    package init(_ task: ExpandedTask, version: String?) {
        let (needs, source) = (task.definition.needs, task.definition)
        definition = source.name
        (parameters, repetition, copy) = (task.parameters, task.repetition, task.copy)
        switch source.work {
        case .package(let name, let engine): (package, self.version, self.engine) = (name, version, engine)
        case .command(let line): command = line
        case .python(let code): python = code
        }
        (memory, disk, cores, gpu) = (needs.memory?.bytes, needs.disk?.bytes, needs.cores, needs.gpu)
        (architectures, tags, hosts) = (needs.architectures, needs.tags, needs.hosts)
        method = needs.method?.rawValue
        after = source.after
        retries = source.retries
        switch source.timeout {
        case .duration(let time): timeoutSeconds = time.seconds
        case .percentOfMedian(let percent): percentOfMedian = percent
        case nil: break
        }
        (leaseSeconds, detach) = (source.lease?.seconds, source.detach)
        (environment, outputs) = (source.environment, source.outputs)
        (resultFiles, resultBytes) = (source.limits.files, source.limits.size?.bytes)
        allowsIncomplete = source.limits.allowsIncomplete
        secrets = source.secrets.mapValues(Source.init)
        inputs = Dictionary(source.inputs.map { ($0.target.text, $0.source) }) { first, _ in first }
    }

    /// What `fleet run` does on one host; nil when it takes secrets, whose sources the request does not tell.
    init?(_ request: RunRequest, on host: HostName) {
        guard request.secrets.isEmpty else { return nil }
        definition = request.name
        (package, version, engine) = (request.package?.name, request.package?.version, request.engine)
        parameters = Dictionary(uniqueKeysWithValues: request.parameters.map { ($0.name, $0.value.description) })
        (repetition, gpu, architectures, tags, hosts) = (1, false, [], [], [host.text])
        (method, after, retries, detach) = (request.method?.rawValue, [], 0, request.lease == nil)
        (timeoutSeconds, leaseSeconds) = (request.timeout.seconds, request.lease?.seconds)
        (environment, secrets, inputs, outputs) = (request.environment, [:], [:], request.outputs)
        self.host = host.text
    }

    /// Of a task in the ledger; nil for one of an older fleet, or of a host's own schedule.
    init?(of task: LedgerTask) {
        guard let text = task.spec, let spec = try? JSONText.decode(TaskSpec.self, from: text.utf8) else { return nil }
        self = spec
    }

    /// Where the results of a task go.
    static func folder(of task: LedgerTask, in project: Project) -> String {
        let name = task.name.prefix { !"[#/".contains($0) }
        let own = TaskSpec(of: task)?.host ?? "\(name).\(task.position)"
        return "\(project.workFolder)/results/\(task.run)/\(own)"
    }

    /// What makes a task the same as another one: what it does with what, and not how often or how long it may try.
    ///
    /// - Parameters:
    ///   - inputs: digests of the input files.
    ///   - before: keys of the tasks whose results it gets.
    func key(_ package: BuiltPackage?, inputs: [String: Digest], before: [Digest]) -> Digest {
        var same = self
        (same.version, same.after, same.retries, same.timeoutSeconds) = (package?.version, before.map(\.hex), 0, nil)
        (same.percentOfMedian, same.leaseSeconds, same.detach, same.secrets) = (nil, nil, false, [:])
        (same.inputs, same.inputDigests) = (inputs.mapValues(\.hex), nil)
        (same.resultFiles, same.resultBytes, same.allowsIncomplete) = (nil, nil, nil)
        return FileDigest.of(Array(same.text.utf8))
    }

    var text: String {
        guard let text = try? JSONText.encode(self) else { preconditionFailure("a task is plain JSON") }
        return text
    }

    var needs: Needs {
        var needs = Needs()
        (needs.memory, needs.disk) = (memory.map { ByteCount($0) }, disk.map { ByteCount($0) })
        (needs.cores, needs.gpu, needs.architectures, needs.tags) = (cores, gpu, architectures, tags)
        (needs.method, needs.hosts) = (method.flatMap { FleetConfig.Method(rawValue: $0) }, hosts)
        return needs
    }

    var limits: ResultLimits {
        var limits = ResultLimits()
        (limits.files, limits.size) = (resultFiles, resultBytes.map { ByteCount($0) })
        limits.allowsIncomplete = allowsIncomplete
        return limits
    }

    /// What a host must be: tasks that agree in it are one group.
    struct Demand: Hashable {
        let needs: Needs
        let work: [String?]
    }

    /// What tasks have in common whose results must agree; nil where nobody compares.
    var compared: [String]? {
        guard copy != nil else { return nil }
        return [definition, "\(repetition)"] + parameters.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    var demand: Demand { Demand(needs: needs, work: [definition, package, engine, python == nil ? nil : "python"]) }
}

extension TaskSpec.Source {
    fileprivate init(_ source: SecretSource) {
        self =
            switch source {
            case .environment(let name): .environment(name)
            case .file(let path): .file(path)
            case .command(let line): .command(line)
            }
    }
}

extension SecretSource {
    init(_ source: TaskSpec.Source) {
        self =
            switch source {
            case .environment(let name): .environment(name)
            case .file(let path): .file(path)
            case .command(let line): .command(line)
            }
    }
}
