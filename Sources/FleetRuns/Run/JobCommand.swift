import FleetBase
import FleetConfig
import FleetHosts
import FleetPackage
import FleetReleases

/// How a job is started on a host: the words and the standard input of `Scripts/job.sh`.
struct JobCommand: Sendable {
    let request: RunRequest
    let choice: MethodChoice
    /// What is known of the host.
    let facts: Facts
    let root: ShellWord
    let run: String
    let task: String
    let attempt: Int
    let host: String
    /// The names of run and task stand for those of runs to come, which the job finds in its environment.
    var isTemplate = false

    init(
        _ request: RunRequest, _ choice: MethodChoice, _ facts: Facts, root: ShellWord, run: String, task: String,
        attempt: Int, host: String
    ) {
        (self.request, self.choice, self.facts, self.root) = (request, choice, facts, root)
        (self.run, self.task, self.attempt, self.host) = (run, task, attempt, host)
    }

    /// - Parameter finished: jobs whose folders the host may forget.
    func words(forgetting finished: [String] = []) -> [ShellWord] {
        let package = request.package
        let limit = max(1, Int(request.timeout.seconds.rounded(.up)))
        // A job that ends by itself before its lease does needs nobody to watch that.
        let lease = request.lease.map { request.timeout > $0 ? max(1, Int(($0.seconds / 60).rounded(.up))) : 0 } ?? 0
        let fixed: [ShellWord] = [
            root, ShellWord("\(task).\(attempt)"), ShellWord("\(limit)"), ShellWord(facts["timeout_form"] ?? ""),
            ShellWord(choice.method.rawValue), ShellWord(package?.name ?? ""), ShellWord(package?.version ?? ""),
            ShellWord(choice.engine.requirements?.text ?? ""), ShellWord("\(lease)"), ShellWord(kinds),
            ShellWord(finished.joined(separator: " ")),
        ]
        let names = isTemplate ? [] : ["FLEET_RUN=\(run)", "FLEET_TASK=\(task)"]
        let own = names + ["FLEET_HOST=\(host)", "FLEET_ENGINE=\(choice.engine.name)"]
        let environment = own + variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let flags = request.parameters.flatMap { [ShellWord("--\($0.name)"), ShellWord($0.value.description)] }
        let worker = choice.engine.command + (package == nil ? [] : flags)
        guard choice.method.isContainer, let image = package?.image(of: choice.engine) else {
            return fixed + ["env"] + environment.map { ShellWord($0) } + worker
        }
        let variables = environment.flatMap { variable -> [ShellWord] in ["--env", ShellWord(variable)] }
        let inherited: [ShellWord] = isTemplate ? ["--env", "FLEET_RUN", "--env", "FLEET_TASK"] : []
        let options = ContainerOptions.words(hasNetwork: image.hasNetwork, request.needs) + variables + inherited
        return fixed + options + [ShellWord(image.reference)] + worker
    }

    /// A command has no flags that fleet knows of, so it sees the parameters as variables.
    private var variables: [String: String] {
        var variables = request.environment
        guard request.package == nil else { return variables }
        for parameter in request.parameters {
            variables[parameter.name.uppercased().replacing("-", with: "_")] = parameter.value.description
        }
        return variables
    }

    /// Which parts the input has behind the job's line: WITH.
    private var kinds: String { (request.secrets.isEmpty ? "" : "s") + (request.inputs.isEmpty ? "" : "i") }

    /// The job, what only the worker gets, and the input files.
    ///
    /// - Parameter folder: for what is made on the way.
    func input(in folder: String) async throws(Failure) -> [UInt8] {
        var job = Job(
            run: run, task: task, attempt: attempt, host: host, package: request.package?.name,
            version: request.package?.version, engine: choice.engine.name, method: choice.method.rawValue,
            parameters: request.parametersJSON)
        var bytes = job.line
        if !request.secrets.isEmpty {
            job.secrets = request.secrets.mapValues { $0.reveal() }
            bytes += job.line
        }
        guard !request.inputs.isEmpty else { return bytes }
        let (files, digests) = (request.inputs, request.inputDigests)
        do {
            return bytes
                + (try await ThreadExecutor.disk.run { () throws -> [UInt8] in
                    let scratch = try ScratchFolder(in: folder)
                    let path = "\(scratch.path)/inputs"
                    for file in files {
                        guard let expected = digests[file.path.escaped], try file.digest() != expected else { continue }
                        throw EngineError(
                            .resuming, Message("the input file \(file.place) has changed since the run was planned"),
                            hint: Message("do it with the new one: fleet tasks run"))
                    }
                    try ArchiveContent(texts: [], files: files).withEnd.write(to: path, compression: nil)
                    return try Disk.bytes(path)
                })
        } catch {
            // The fault lies in the task's own input: another host would not help.
            let failure = Failure(onMaster: error)
            throw Failure(.exit, failure.message, hint: failure.hint)
        }
    }
}
