/// A question about what is known here: a value that can come from a command line, from a request, or from another
/// program. Unlike an ``Operation`` it changes nothing, and the feed says nothing of it.
package protocol Query: Sendable, Codable {
    associatedtype Answer: Sendable

    /// Refuses what makes no sense whatever the project has.
    func validate() throws(ServiceError)

    /// What needs no inventory is answered without one.
    func answer(by service: FleetService) async throws -> Answer
}

extension Query {
    package func validate() throws(ServiceError) {}
}
