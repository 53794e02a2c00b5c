import FleetBase
import FleetEvents
import FleetService
import FleetViews
import Synchronization

/// What a server that was killed has left: goes on with the runs that requests have started, each as the operation that it
/// was, and tells the end of the other operations. So who follows an operation sees its end.
final class LeftWork: Sendable {
    private let service: FleetService
    private let operations: StartedOperations
    private let chats: ChatRoom
    private let isEnding = Atomic(false)

    init(_ service: FleetService, _ operations: StartedOperations, _ chats: ChatRoom) {
        (self.service, self.operations, self.chats) = (service, operations, chats)
    }

    /// Begins no further one.
    func end() { isEnding.store(true, ordering: .sequentiallyConsistent) }

    /// Takes up everything; runs the oldest first and one after the other, since two runs may not do the same tasks at
    /// once.
    func takeUp() async {
        let left = (try? await service.leftOperations(prefix: OperationForm.prefix)) ?? []
        var before: Task<Void, Never>?
        for operation in left {
            guard let run = operation.run else {
                end(operation)
                continue
            }
            let task = Task { [before] in
                await before?.value
                guard !isEnding.load(ordering: .sequentiallyConsistent) else { throw CancellationError() }
                return try await goOn(with: run.text, as: operation)
            }
            before = Task { _ = await task.result }
            add(operation, cancel: { task.cancel() }) { try await task.value }
        }
        await chats.takeUp((try? await service.leftOperations(prefix: ChatRoom.command)) ?? [])
    }

    private func end(_ left: LeftOperation) {
        let reason = Message("the server that performed it was killed")
        service.end(left, because: reason)
        guard OperationForm.all[left.name] != nil else { return }
        add(left, cancel: {}) { throw Problem(500, reason, hint: Message("start it once more")) }
    }

    private func add(
        _ left: LeftOperation, cancel: @escaping @Sendable () -> Void,
        result: @escaping @Sendable () async throws -> StartedOperation.Result
    ) {
        operations.add(
            StartedOperation(id: left.id, name: left.name, cancel: cancel, result: result), after: left.place,
            started: left.started)
    }

    /// - Returns: a result of the form that the operation had from the first.
    private func goOn(with run: String, as left: LeftOperation) async throws -> StartedOperation.Result {
        let report = try await service.start(left.name, command: left.command, id: left.id) { context in
            try await ResumeOperation(run).perform(in: context)
        }.result
        guard left.name == RunOperation.name else {
            let view = try report.whole
            return { try JSONText.encode(view, in: $0) }
        }
        let view = try RunView(resumed: report)
        return { try JSONText.encode(view, in: $0) }
    }
}
