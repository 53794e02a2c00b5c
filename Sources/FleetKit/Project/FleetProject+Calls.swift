import FleetBase
import FleetEvents
import FleetService

/// How the calls of all nouns reach the service.
extension FleetProject {
    /// Starts an operation whose result is the public form of a view.
    func start<Work: Operation, View: Encodable & Sendable, Value: Decodable & Sendable>(
        _ operation: Work, approver: Approver? = nil,
        view: @escaping @Sendable (Work.Result) throws -> View
    ) throws(FleetError) -> FleetOperation<Value> {
        try begin(operation, approver: approver) { try Reading.value(of: view($0)) }
    }

    /// The same with the hosts that failed, where the view does not have them.
    func start<Work: Operation, View: Encodable & Sendable, Value: Decodable & Sendable>(
        _ operation: Work, view: @escaping @Sendable (Work.Result) throws -> View,
        failures: @escaping @Sendable (Work.Result) -> [HostProblem]
    ) throws(FleetError) -> FleetOperation<HostReport<Value>> {
        try begin(operation) { HostReport(value: try Reading.value(of: view($0)), failures: failures($0)) }
    }

    /// Starts an operation.
    ///
    /// - Parameter convert: makes the public value of the service's result.
    func begin<Work: Operation, Value: Sendable>(
        _ operation: Work, approver: Approver? = nil,
        convert: @escaping @Sendable (Work.Result) throws -> Value
    ) throws(FleetError) -> FleetOperation<Value> {
        do {
            let follower = service.bus.follow()
            return FleetOperation(try service.start(operation, approver: approver), follower, convert)
        } catch {
            throw FleetError(error)
        }
    }

    /// Asks what is known here.
    func ask<Question: Query, View: Encodable, Value: Decodable>(
        _ question: Question, view: (Question.Answer) throws -> View
    ) async throws(FleetError) -> Value {
        do { return try Reading.value(of: view(try await service.ask(question))) } catch { throw FleetError(error) }
    }
}

/// Makes public values of the service's views, by way of the JSON form that both have: see docs/schema.
enum Reading {
    static func value<Value: Decodable>(of view: some Encodable) throws -> Value {
        try JSONText.decode(Value.self, from: JSONText.encode(view, in: .english).utf8)
    }
}
