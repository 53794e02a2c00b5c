package import FleetBase
package import FleetConfig
package import FleetLedger
package import FleetPackage
package import FleetReleases

/// What is to be run: a package with one set of parameters, a command, or Python code.
package struct RunRequest: Sendable {
    package enum Work: Sendable {
        case package(BuiltPackage)
        /// A line for sh.
        case command(String)
        case python(String)
    }

    package let work: Work
    package let parameters: [BoundParameter]
    /// Nil takes the first one that a host can run.
    package var engine: String?
    package var method: FleetConfig.Method?
    /// Whether a host with another version gets this one first.
    package var pushesFirst = true
    package var timeout = Duration.seconds(3600)
    /// How long a job goes on that no master follows; nil for ever.
    package var lease: Duration? = .seconds(3600)
    /// The environment of the worker.
    package var environment: [String: String] = [:]
    /// They reach the worker on its standard input alone.
    package var secrets: [String: Secret] = [:]
    /// Files of this machine, by their path in the run's folder.
    package var inputs: [ArchivedFile] = []
    /// What input files must be, by ``BytePath/escaped`` of their path in the run's folder, where that is known already.
    var inputDigests: [String: Digest] = [:]
    /// What comes home beside out/ and the two streams: patterns in the run's folder.
    package var outputs: [String] = []
    /// What a container may take of the host's memory and cores, where it is given.
    package var needs = Needs()
    /// How much a host may send back.
    package var limits = ExtractionLimits()
    /// Whether results that did not come home whole count all the same.
    package var allowsIncomplete = false
    /// As it was typed, for the ledger.
    package var command = ""

    package init(package: BuiltPackage, parameters: [BoundParameter]) {
        self.init(.package(package), parameters: parameters)
        limits = ExtractionLimits(package.file.limits)
        allowsIncomplete = package.file.limits.allowsIncomplete ?? false
    }

    package init(_ work: Work, parameters: [BoundParameter] = []) {
        self.work = work
        self.parameters = parameters
    }

    package var package: BuiltPackage? {
        guard case .package(let package) = work else { return nil }
        return package
    }

    /// What a person calls it.
    var name: String {
        switch work {
        case .package(let package): package.name
        case .command: "command"
        case .python: "python"
        }
    }

    var parametersJSON: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value.json) }))
    }
}

/// What came of a run on one host.
package struct TaskOutcome: Sendable {
    package let host: HostName
    /// Which attempt of the task it was; 0 when there was none.
    package var attempt = 0
    package var engine: String?
    package var method: FleetConfig.Method?
    /// Why this engine and method, or why none.
    package var reason: Message?
    package var state: Attempt.State
    package var exit: Int32?
    package var duration: Duration?
    package var metrics: JSONValue?
    /// The folder that holds what came back.
    package var results: String?
    package var digest: Digest?
    /// What it took of the host, as the ledger has it.
    package var resources: JSONValue?
    /// What a person should know though nothing failed.
    package var notes: [Message] = []
    /// What the job left and what did not come home.
    package var missing: [MissingResult] = []
    /// How much that is in all: of much only the beginning is kept.
    package var missingCount = 0
    package var failure: Failure?
    /// An engine that has the image and can't start a container.
    var engineProblem: EngineProblem?
    /// Whether the host has the package, whatever came of the run.
    package var hasPackage = false

    init(host: HostName) {
        self.host = host
        state = .planned
    }
}
