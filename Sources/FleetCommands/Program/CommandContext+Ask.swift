import FleetService
import FleetTerminal

extension CommandContext {
    /// Asks the service a question, and shows the answer.
    func ask<Question: Query>(
        _ question: Question, _ options: GlobalOptions, _ show: (Question.Answer, Console) throws -> Void
    ) async throws {
        let console = self.console(options)
        try await withService(options, console) { try show(try await $0.ask(question), console) }
    }

    /// Does something with a service, shows what came of it, and closes what the service has opened.
    func withService(
        _ options: GlobalOptions, _ console: Console, _ body: (FleetService) async throws -> Void
    ) async throws {
        let service = try service(options, console)
        let result = await Swift.Result { try await body(service) }
        console.printDeferred()
        await service.close()
        // Whoever has stopped it needs no error.
        if Task.isCancelled { throw Ended(code: .cancelled) }
        try result.get()
    }
}
