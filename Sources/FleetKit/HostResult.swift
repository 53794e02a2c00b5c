import FleetBase
import FleetEngine

/// What came of an operation on one host.
public struct HostResult<Value: Sendable>: Sendable {
    public let host: String
    public let result: Result<Value, HostFailure>

    init<Inner>(_ outcome: HostOutcome<Inner>, _ convert: (Inner) -> Value) {
        host = outcome.host.text
        result = outcome.result.map(convert).mapError(HostFailure.init)
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
    public let output: [UInt8]
    public let error: [UInt8]
    public let duration: Duration

    init(_ result: RemoteResult) {
        status = result.status
        output = result.output
        error = result.error
        duration = result.duration
    }
}

/// What a host said of itself.
public struct HostFacts: Sendable, Hashable {
    /// The machine as uname(1) names it, such as `x86_64`.
    public let architecture: String
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
    public let from: String?
    public let to: String
    /// `pushed`, `activated` or `unchanged`.
    public let state: String
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
    public let engine: String?
    public let method: String?
    public let exit: Int32?
    public let duration: Duration?
    /// `out/metrics.json` as it came home; nil when the worker wrote none.
    public let metricsJSON: String?
    /// The folder on this machine that holds the results.
    public let folder: String?
}
