package import FleetBase
package import FleetConfig
package import FleetLedger
package import FleetPackage

/// What a person asks to run: one package with one set of parameters, once on each host.
package struct RunRequest: Sendable {
    package let package: BuiltPackage
    package let parameters: [BoundParameter]
    /// Nil takes the first one that a host can run.
    package var engine: String?
    package var method: FleetConfig.Method?
    /// Whether a host with another version gets this one first.
    package var pushesFirst = true
    package var timeout = Duration.seconds(3600)
    /// What a container may take of the host's memory and cores, where it is given.
    package var needs = Needs()
    /// How much a host may send back.
    package var limits = ExtractionLimits()
    /// As it was typed, for the ledger.
    package var command = ""

    package init(package: BuiltPackage, parameters: [BoundParameter]) {
        self.package = package
        self.parameters = parameters
    }

    var parametersJSON: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value.json) }))
    }
}

/// What came of a run on one host.
package struct TaskOutcome: Sendable {
    package let host: HostName
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
    /// What a person should know though nothing failed.
    package var notes: [Message] = []
    /// Paths that a host sent and that were not written.
    package var refused: [String] = []
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
