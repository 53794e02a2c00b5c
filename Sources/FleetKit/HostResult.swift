import FleetBase
import FleetHosts
import FleetReleases

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

    init(host: String, result: Result<Value, HostFailure>) {
        self.host = host
        self.result = result
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
    public let methods: [String]
    /// The current version of each package.
    public let packages: [String: String]

    init(_ facts: Facts) {
        architecture = facts.architecture
        cores = facts.number("cores").map { Int($0) }
        memory = facts.number("memory")
        methods = facts.methods.map(\.rawValue)
        packages = facts.packages.compactMapValues(\.current)
    }
}

/// What a push did on one host.
public struct PushResult: Sendable, Hashable {
    /// The version that was current before; nil when there was none.
    public let from: String?
    /// The version that is current now.
    public let to: String
    /// `pushed`, `activated` or `unchanged`.
    public let state: String
    /// What went over the channel, in bytes.
    public let bytesSent: Int64

    init(_ outcome: PushOutcome) {
        from = outcome.from
        to = outcome.to
        state = outcome.state.rawValue
        bytesSent = outcome.bytesSent
    }
}

/// What a package's worker left on one host.
public struct TaskResult: Sendable {
    /// The engine of the package that ran.
    public let engine: String?
    /// How it ran: `venv`, `python` or `native`.
    public let method: String?
    /// The worker's exit status.
    public let exit: Int32?
    /// From the worker's start to its end, as the master saw it.
    public let duration: Duration?
    /// `out/metrics.json` as it came home; nil when the worker wrote none.
    public let metricsJSON: String?
    /// The folder on this machine that holds the results.
    public let folder: String?
}
