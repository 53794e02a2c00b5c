import FleetEvents
import FleetService

/// Something that was started. It goes on when nobody holds the value any more.
public struct FleetOperation<Value: Sendable>: Sendable {
    /// Its name, which other programs can cancel it by: see ``FleetProject/cancel(_:)``.
    public let id: String
    /// What it tells, from its beginning to its end. For one reader.
    public let events: FleetEvents
    private let finish: @Sendable () async throws -> Value
    private let stop: @Sendable () -> Void

    init<Result: Sendable>(
        _ handle: OperationHandle<Result>, _ follower: sending EventFollower,
        _ convert: @escaping @Sendable (Result) throws -> Value
    ) {
        id = handle.id.text
        events = FleetEvents(follower, of: handle.id)
        finish = { try convert(try await handle.result) }
        stop = { handle.cancel() }
    }

    /// What came of it, once it has ended. Cancelling the task that waits cancels the operation.
    ///
    /// - Throws: what kept it from beginning or from being written down; what fails on one host is in the value.
    public var result: Value {
        get async throws(FleetError) {
            do { return try await finish() } catch { throw FleetError(error) }
        }
    }

    /// Ends it in good order: what it has started on hosts is ended, too.
    public func cancel() { stop() }
}
