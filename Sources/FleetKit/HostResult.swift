import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetRuns

/// What came of an operation on one host.
public struct HostResult<Value: Sendable>: Sendable {
    /// The host's name in the inventory.
    public let host: String
    /// The value, or why there is none.
    public let result: Result<Value, HostFailure>

    init<Inner>(_ outcome: HostOutcome<Inner>, _ convert: (Inner) -> Value) {
        host = outcome.host.text
        result = outcome.result.map(convert).mapError(HostFailure.init)
    }

    init<Inner>(_ outcome: HostOutcome<Inner>, reading convert: (Inner) throws(Failure) -> Value) {
        host = outcome.host.text
        do throws(Failure) {
            result = .success(try convert(try outcome.result.get()))
        } catch {
            result = .failure(HostFailure(error))
        }
    }

}

extension HostResult where Value == TaskResult {
    init(_ outcome: TaskOutcome) {
        host = outcome.host.text
        result = outcome.failure.map { .failure(HostFailure($0)) } ?? .success(TaskResult(outcome))
    }
}

/// The answer of one host to a command.
public struct CommandOutput: Sendable, Hashable {
    /// The exit status; nil when a signal ended the command.
    public let status: Int32?
    /// Standard output. A command that writes more than 64 MiB is a failure.
    public let output: [UInt8]
    /// Standard error.
    public let error: [UInt8]
    /// From the start of the command to its end.
    public let duration: Duration

    init(_ answer: ExecAnswer) throws(Failure) {
        (output, error) = try answer.bytes()
        status = answer.result.status
        duration = answer.result.duration
    }
}

/// What a host said of itself.
public struct HostFacts: Sendable, Hashable {
    /// The machine as uname(1) names it, such as `x86_64`.
    public let architecture: String
    /// Processors that programs can use.
    public let cores: Int?
    /// In bytes.
    public let memory: Int64?
    /// What can run a package there, best first.
    public let methods: [RunMethod]
    /// The current version of each package.
    public let packages: [String: String]

    init(_ facts: Facts) {
        architecture = facts.architecture
        cores = facts.number("cores").map { Int($0) }
        memory = facts.number("memory")
        methods = facts.methods.map(RunMethod.init)
        packages = facts.packages.compactMapValues(\.current)
    }
}

/// What runs a package on a host.
public enum RunMethod: String, Sendable, CaseIterable {
    case docker, podman, venv, python, native

    init(_ method: FleetConfig.Method) {
        guard let own = RunMethod(rawValue: method.rawValue) else { preconditionFailure("every method is public") }
        self = own
    }
}

/// What a push did on one host.
public struct PushResult: Sendable, Hashable {
    /// What the host had before.
    public enum State: String, Sendable, CaseIterable {
        /// The release was sent.
        case pushed
        /// It was there already and only had to be made current.
        case activated
        /// It was there and current: nothing was sent.
        case unchanged
    }

    /// The version that was current before; nil when there was none.
    public let from: String?
    /// The version that is current now.
    public let to: String
    /// What was done.
    public let state: State
    /// What went over the channel, in bytes.
    public let bytesSent: Int64

    init(_ outcome: PushOutcome) {
        from = outcome.from
        to = outcome.to
        guard let state = State(rawValue: outcome.state.rawValue) else {
            preconditionFailure("nothing is only planned without a dry run")
        }
        self.state = state
        bytesSent = outcome.bytesSent
    }
}

/// What a package's worker left on one host.
public struct TaskResult: Sendable {
    /// The engine of the package that ran.
    public let engine: String?
    /// How it ran.
    public let method: RunMethod?
    /// The worker's exit status.
    public let exit: Int32?
    /// From the worker's start to its end, as the host measured it.
    public let duration: Duration?
    /// `out/metrics.json` as it came home; nil when the worker wrote none.
    public let metricsJSON: String?
    /// The folder on this machine that holds the results.
    public let folder: String?

    init(_ outcome: TaskOutcome) {
        engine = outcome.engine
        method = outcome.method.map(RunMethod.init)
        exit = outcome.exit
        duration = outcome.duration
        metricsJSON = outcome.metrics.flatMap { try? JSONText.encode($0) }
        folder = outcome.results
    }
}

/// What came of the tasks of a file.
public struct TasksResult: Sendable {
    /// One task.
    public struct Task: Sendable {
        /// Such as `race[n=3]`.
        public let name: String
        /// The host that did it; nil when none did.
        public let host: String?
        /// What it left, or why there is nothing.
        public let result: Result<TaskResult, HostFailure>
    }

    /// The name of the run.
    public let run: String
    /// In the order of the file.
    public let tasks: [Task]

    /// - Throws: when the ledger does not have the end of it.
    init(_ report: QueueReport) throws {
        if let problem = report.problem { throw problem }
        run = report.run.text
        tasks = zip(report.tasks, report.results).map { task, result in
            let failure = result.isDone ? nil : result.failure ?? Failure(.cancelled, Message("cancelled"))
            let value = result.outcome.map(TaskResult.init)
            return Task(
                name: task.record.name, host: result.outcome?.host.text,
                result: failure.map { .failure(HostFailure($0)) }
                    ?? value.map { .success($0) } ?? .failure(HostFailure(Failure(.lost, Message("cancelled")))))
        }
    }
}
