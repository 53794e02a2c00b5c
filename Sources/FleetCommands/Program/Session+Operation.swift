import FleetBase
import FleetEvents
import FleetService
import FleetTerminal

/// Commands whose work is no operation of the service yet reach the service's own work through these calls.
extension Session {
    /// Performs another operation beside this one, over the same connections.
    func perform<Work: Operation>(
        _ operation: Work, _ show: (Work.Result, Console) throws -> [Failure?]
    ) async throws {
        let id = OperationID()
        let service = self.operation.service
        let viewing = EventView(console, printsEvents: options.events).follow(id, on: service.bus)
        let handle = try service.start(operation, id: id)
        let result = await Swift.Result { try await handle.result }
        await viewing.value
        try context.end(show(try result.get(), console), console)
    }
}
