package import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
package import FleetService

/// What `fleet ask --json` prints.
package struct AskView: Codable, Sendable {
    package let run: String
    package let host: String
    @OrNull package var engine: String?
    @OrNull package var method: String?
    /// `done`, `failed`, `cancelled` or `lost`.
    package let state: String
    @OrNull package var exit: Int32?
    /// The conversation that the question belongs to; null for none.
    @OrNull package var session: String?
    package let answer: String
    @OrNull package var seconds: Double?
    package let metrics: JSONValue
    @OrNull package var failure: Failure?

    package init(_ answer: ModelAnswer, session: String?) {
        let outcome = answer.outcome
        run = answer.run.text
        host = outcome.host.text
        state = outcome.state.rawValue
        self.answer = answer.text
        metrics = outcome.metrics ?? .object([:])
        _engine = OrNull(wrappedValue: outcome.engine)
        _method = OrNull(wrappedValue: outcome.method?.rawValue)
        _exit = OrNull(wrappedValue: outcome.exit)
        _session = OrNull(wrappedValue: session)
        _seconds = OrNull(wrappedValue: outcome.duration?.seconds)
        _failure = OrNull(wrappedValue: outcome.failure)
    }
}
