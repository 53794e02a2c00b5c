import FleetBase
import FleetConfig
import FleetHosts
import FleetRuns

/// Goes on with a question whose master was killed: a worker that had begun has gone on by itself.
package struct ResumeAskOperation: Operation {
    package static let name = AskOperation.name

    package var run: String
    package var question: String
    /// Which conversation the answer belongs to.
    package var conversation: String?

    package init(_ run: String, question: String, in conversation: String? = nil) {
        (self.run, self.question, self.conversation) = (run, question, conversation)
    }

    package func perform(in context: OperationContext) async throws -> AskOperation.Result {
        let conversation = try conversation.map { name throws(ConfigError) in
            try Conversation(name, in: context.project)
        }
        let report = try await ResumeOperation(run).perform(in: context)
        guard let outcome = report.results.first?.outcome else {
            throw report.results.first?.failure ?? Failure(.lost, Message("nothing is left of the question"))
        }
        let answer = ModelAnswer(run: report.run, outcome: outcome)
        if outcome.failure == nil { try conversation?.add(question: question, answer: answer.text) }
        return AskOperation.Result(answer: answer, absent: [])
    }
}
