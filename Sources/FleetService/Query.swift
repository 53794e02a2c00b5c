/// A question about what lies on this machine: the project's files, its ledger. No host is called, nothing is changed, and
/// the feed has no trace of the question.
package protocol Query: Sendable, Codable {
    associatedtype Answer: Sendable

    func answer(from service: FleetService) async throws -> Answer
}

extension FleetService {
    /// Answers a question.
    package func answer<Question: Query>(_ question: Question) async throws -> Question.Answer {
        try await question.answer(from: self)
    }
}
