package import FleetEvents

/// An operation that was started. It goes on when nobody holds its handle.
package struct OperationHandle<Value: Sendable>: Sendable {
    package let id: OperationID
    let task: Task<Value, any Error>

    /// What came of it, once it has ended. Cancelling the task that waits cancels the operation.
    package var result: Value {
        get async throws {
            try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// Ends it in good order: what it started on hosts is ended, too.
    package func cancel() { task.cancel() }
}
