import FleetBase
package import FleetLedger
package import FleetRuns
import FleetHosts

/// What came of a question to a model.
package struct ModelAnswer: Sendable {
    package let run: RunID
    package let outcome: TaskOutcome
    /// Without the line break that the worker puts behind it.
    package let text: String

    init(run: RunID, outcome: TaskOutcome) {
        self.run = run
        var outcome = outcome
        let said = outcome.results.flatMap { Disk.text($0 + "/stdout") } ?? ""
        text = said.hasSuffix("\n") ? String(said.dropLast()) : said
        if outcome.failure?.kind == .exit, let problem = outcome.metrics?["error"]?.string {
            outcome.failure = ModelProblem(rawValue: problem)?.failure(Self.reason(in: outcome)) ?? outcome.failure
        }
        self.outcome = outcome
    }

    /// Whether the model had more to say than it may.
    package var isCutOff: Bool { outcome.metrics?["finish_reason"] == .string("MAX_TOKENS") }

    /// The worker's own line: `error: CLASS: REASON`.
    private static func reason(in outcome: TaskOutcome) -> String {
        let lines = outcome.results.flatMap { Disk.text($0 + "/stderr") }?.split(separator: "\n") ?? []
        let line = lines.last { $0.hasPrefix("error: ") } ?? ""
        return line.split(separator: ": ", maxSplits: 2).dropFirst(2).first.map(String.init) ?? "–"
    }
}
