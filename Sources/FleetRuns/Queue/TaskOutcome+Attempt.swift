import FleetBase
import FleetConfig
import FleetLedger

extension TaskOutcome {
    /// As the ledger has it.
    init(_ attempt: Attempt) {
        self.init(host: attempt.host)
        self.attempt = attempt.number
        engine = attempt.engine
        method = attempt.method.flatMap { FleetConfig.Method(rawValue: $0) }
        state = attempt.state
        exit = attempt.exit
        metrics = attempt.metrics
        resources = attempt.resources
        digest = attempt.resultDigest
        results = attempt.results
        failure = attempt.failure
        if let started = attempt.started, let ended = attempt.ended { duration = ended.duration(since: started) }
    }
}
