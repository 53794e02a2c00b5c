import FleetBase
package import FleetConfig
import FleetLedger
import FleetPackage
import FleetReleases

/// All that it takes to run a task, as the ledger keeps it: a master that takes a run up needs no tasks.yaml.
///
/// In JSON it is one flat object, whatever parts it has here: see `TaskSpec+Codable.swift`.
package struct TaskSpec: Sendable, Hashable {
    var definition: String
    var work = Work()
    /// Texts by name.
    var parameters: [String: String]
    var repetition: Int
    /// Which of the runs whose results are compared.
    var copy: Int?
    var demands = Demands()
    /// Definitions of the tasks that must be done first.
    var after: [String]
    var tries = Tries()
    var environment: [String: String]
    var secrets: [String: Source]
    var inputs: [String: String]
    /// The digest of each input file when the run was planned, in hex digits.
    var inputDigests: [String: String]?
    var outputs: [String]
    var limits = Limits()
    /// The only host for it: `fleet run` has a task for each.
    var host: String?

    enum Source: Sendable, Hashable, Codable {
        case environment(String), file(String), command(String)
    }

    /// - Parameter version: of the package on this master.
    package init(_ task: ExpandedTask, version: String?) {
        let source = task.definition
        definition = source.name
        (parameters, repetition, copy) = (task.parameters, task.repetition, task.copy)
        work = Work(source.work, version: version)
        demands = Demands(source.needs)
        after = source.after
        tries = Tries(source)
        (environment, outputs) = (source.environment, source.outputs)
        limits = Limits(source.limits)
        secrets = source.secrets.mapValues(Source.init)
        inputs = Dictionary(source.inputs.map { ($0.target.text, $0.source) }) { first, _ in first }
    }

    /// What `fleet run` does on one host; nil when it takes secrets, whose sources the request does not tell.
    init?(_ request: RunRequest, on host: HostName) {
        guard request.secrets.isEmpty else { return nil }
        definition = request.name
        (work.package, work.version, work.engine) = (request.package?.name, request.package?.version, request.engine)
        parameters = Dictionary(uniqueKeysWithValues: request.parameters.map { ($0.name, $0.value.description) })
        (repetition, after) = (1, [])
        (demands.hosts, demands.method) = ([host.text], request.method?.rawValue)
        (tries.timeoutSeconds, tries.leaseSeconds) = (request.timeout.seconds, request.lease?.seconds)
        tries.detach = request.lease == nil
        (environment, secrets, inputs, outputs) = (request.environment, [:], [:], request.outputs)
        self.host = host.text
    }

    /// The spec of a task in the ledger; nil for a task of an older fleet, or of a host's own schedule.
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
        (same.work.version, same.after) = (package?.version, before.map(\.hex))
        (same.tries, same.limits, same.secrets) = (Tries(), Limits(), [:])
        (same.inputs, same.inputDigests) = (inputs.mapValues(\.hex), nil)
        return FileDigest.of(Array(same.text.utf8))
    }

    var text: String {
        guard let text = try? JSONText.encode(self) else { preconditionFailure("a task is plain JSON") }
        return text
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

    var demand: Demand {
        Demand(
            needs: demands.needs, work: [definition, work.package, work.engine, work.python == nil ? nil : "python"])
    }
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
