/// One thing that somebody wants done: a push, a run, a check. A value that can come from a command line, from the body of
/// a request, or from another program.
package protocol Operation: Sendable, Codable {
    associatedtype Result: Sendable

    /// As events name it, such as `push`.
    static var name: String { get }

    /// Whether it can't begin without the project's inventory; else it finds an empty one, whatever the file has.
    static var needsInventory: Bool { get }

    /// Refuses what makes no sense whatever the project has: no host at once, no word of a command. Nothing has begun then.
    func validate() throws(ServiceError)

    /// Refuses names of hosts, packages, tasks and runs that nothing here has. Who waits for no result hears of them so at
    /// once; who does hears the same from `perform`, which may be called without this.
    func checkNames(in context: OperationContext) async throws

    /// What fails on one host is in the result; what keeps the operation from beginning is thrown.
    func perform(in context: OperationContext) async throws -> Result
}

extension Operation {
    package static var needsInventory: Bool { true }

    package func validate() throws(ServiceError) {}

    package func checkNames(in context: OperationContext) async throws {}
}
