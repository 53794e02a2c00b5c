import FleetBase
import FleetConfig
import FleetEvents
import FleetService
import FleetTerminal

extension CommandContext {
    /// Performs an operation before a person's eyes, and ends the command with the status that its outcomes deserve.
    ///
    /// - Parameters:
    ///   - console: the one that `output` writes to: two would not know of each other's progress.
    ///   - output: takes the output of commands byte by byte.
    ///   - approver: puts questions to the person.
    ///   - passwords: asks the person for passwords.
    ///   - tellsRuns: whether the person wants to know the names of runs.
    ///   - show: shows what came of it, and tells how each host fared.
    func perform<Work: Operation>(
        _ operation: Work, _ options: GlobalOptions, on console: Console? = nil, output: OutputSink? = nil,
        approver: Approver? = nil, passwords: PasswordReader? = nil, tellsRuns: Bool = true,
        _ show: (Work.Result, Console) throws -> [Failure?]
    ) async throws {
        let console = console ?? self.console(options)
        let failures = try await follow(options, console, tellsRuns: tellsRuns) { service, id in
            try service.start(
                operation, command: commandLine, id: id, output: output, approver: approver, passwords: passwords)
        } show: {
            try show($0, console)
        }
        try end(failures, console)
    }

    /// Performs an operation beside another one of the same command, over the same connections.
    func perform<Work: Operation>(
        _ operation: Work, by service: FleetService, _ options: GlobalOptions, _ console: Console,
        _ show: (Work.Result, Console) throws -> [Failure?]
    ) async throws {
        let id = OperationID()
        let viewing = EventView(console, printsEvents: options.events).follow(id, on: service.bus)
        let handle = try service.start(operation, id: id)
        let result = await Swift.Result { try await handle.result }
        await end(viewing)
        try end(show(try result.get(), console), console)
    }

    /// Starts an operation, shows its events, waits for its result and shows that.
    func follow<Value: Sendable, Shown>(
        _ options: GlobalOptions, _ console: Console, tellsRuns: Bool = true,
        _ start: (FleetService, OperationID) throws -> OperationHandle<Value>,
        show: (Value) throws -> Shown
    ) async throws -> Shown {
        let service = try service(options, console)
        let id = OperationID()
        let viewing = EventView(console, printsEvents: options.events, tellsRuns: tellsRuns).follow(id, on: service.bus)
        do {
            let handle = try start(service, id)
            let result = await Swift.Result { try await handle.result }
            await end(viewing)
            let shown = try show(try result.get())
            console.printDeferred()
            await service.close()
            return shown
        } catch let declined as Declined {
            if !declined.leavesSomething { console.note(Message("nothing was changed")) }
            await service.close()
            throw Ended(code: .cancelled)
        } catch {
            viewing.cancel()
            console.printDeferred()
            await service.close()
            throw error
        }
    }

    /// Waits for the last events. A ledger that does not answer must not keep a person waiting.
    private func end(_ viewing: Task<Void, Never>) async {
        let patience = Task {
            try await Task.sleep(for: .seconds(3))
            viewing.cancel()
        }
        await viewing.value
        patience.cancel()
    }

    /// Ends the command with the status that its outcomes deserve.
    func end(_ failures: [Failure?], _ console: Console) throws {
        // By a signal here, or by somebody elsewhere.
        if Task.isCancelled || failures.contains(where: { $0?.kind == .cancelled }) { throw Ended(code: .cancelled) }
        let failed = failures.compactMap(\.self)
        guard !failed.isEmpty else { return }
        let isNobodyThere = failed.count == failures.count && failed.allSatisfy(\.kind.isAbsence)
        guard isNobodyThere else { throw Ended(code: .someFailed) }
        console.error(Message("NO ACTIVE MACHINES"), hint: Message("find out why: fleet doctor"))
        throw Ended(code: .noActiveMachine)
    }
}
