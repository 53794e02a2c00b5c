package import FleetBase
package import FleetConfig
package import FleetEvents
package import FleetHosts
import FleetLedger
package import FleetSSH
import Glibc
import Synchronization

/// Performs operations on one project: starts them, lets everybody follow them, cancels them by name.
///
/// What every front end stands on. It owns what operations share: the connections' keys and jump hosts, the ledger, the
/// stream of events. Several services may work on one project, in one process or many: locks and the ledger keep them
/// apart, and the feed in the ledger lets each hear of the others.
package final class FleetService: Sendable {
    package let project: Project
    package let environment: [String: String]
    package let home: String
    package let ledger: SharedLedger
    package let bus: EventBus
    package let transport: SSHTransport
    private let pool: HostPool
    private let inventory: InventoryFile
    /// Another one than the project's own.
    let inventoryFile: String?
    /// The file that has the inventory.
    var inventoryPath: String { inventoryFile ?? project.hostsFile }
    private struct Running {
        let wish: CancelWish
        var end: Task<Void, Never>?
    }

    /// See ``openOperations()``.
    let known = Mutex(KnownOperations())
    private let running = Mutex<[OperationID: Running]>([:])

    /// - Parameters:
    ///   - inventoryFile: another one than the project's own.
    ///   - home: the user's home folder, where keys and `~/.ssh/config` are.
    ///   - warn: told once of each line of `~/.ssh/config` that fleet can't honour.
    package init(
        _ project: Project, inventoryFile: String? = nil, home: String, environment: [String: String],
        warn: @escaping @Sendable (Message) -> Void
    ) {
        self.project = project
        self.environment = environment
        self.home = home
        let ledger = SharedLedger(path: project.ledgerFile)
        let inventory = InventoryFile(project, file: inventoryFile, home: home)
        self.ledger = ledger
        bus = EventBus(
            feed: EventFeed(path: project.ledgerFile, retention: { inventory.feedRetention }) {
                () throws(LedgerError) in try await ledger.open()
            })
        let transport = SSHTransport(config: .forUser(home: home), environment: environment, warn: warn)
        self.transport = transport
        pool = HostPool(ssh: transport)
        self.inventoryFile = inventoryFile
        self.inventory = inventory
    }

    /// The inventory as its file has it now.
    package var currentInventory: Inventory { get throws(ConfigError) { try inventory.read() } }

    /// The same, or an empty one in a project that has none; a file that somebody named must be there.
    package var inventoryIfThere: Inventory {
        get throws(ConfigError) { inventoryFile != nil || Disk.exists(inventoryPath) ? try inventory.read() : .empty }
    }

    /// Changes whenever the inventory's file, or what is remembered of its hosts, has been written anew. No event tells
    /// what somebody's editor does.
    package var inventoryStamps: [FileStamp?] { [FileStamp(inventoryPath), FileStamp(project.stateFile)] }

    /// The hosts as the inventory has them now, for who only looks: nothing of it is told.
    func quietFleet() throws(ConfigError) -> Fleet {
        Fleet(project: project, inventory: try inventory.read(), pool: pool)
    }

    /// Asks one host what it is and has, for who only watches: the feed says nothing of it, and nothing is remembered.
    package func look(at host: Host) async -> HostOutcome<Facts> {
        do throws(ConfigError) {
            let outcomes = await (try quietFleet()).probe([host])
            guard let outcome = outcomes.first else { preconditionFailure("each host has its outcome") }
            return outcome
        } catch {
            return HostOutcome(host: host.name, result: .failure(Failure(.master, error.message, hint: error.hint)))
        }
    }

    /// Follows how loaded a host is, for who only watches; see ``Fleet/followFigures(of:every:from:for:_:)``.
    func followFigures(
        of host: Host, every interval: Duration, from facts: Facts, for limit: Duration,
        _ take: @escaping @Sendable (Facts) -> Void
    ) async -> Failure? {
        do throws(ConfigError) {
            return await (try quietFleet()).followFigures(of: host, every: interval, from: facts, for: limit, take)
        } catch {
            return Failure(.master, error.message, hint: error.hint)
        }
    }

    /// Answers a question.
    package func ask<Question: Query>(_ question: Question) async throws -> Question.Answer {
        try question.validate()
        return try await question.answer(by: self)
    }

    /// Refuses an operation that makes no sense or that names what is not there; nothing begins, and nothing is told.
    package func check<Work: Operation>(_ operation: Work) async throws {
        try operation.validate()
        let hosts = Work.needsInventory ? try inventory.read() : .empty
        let fleet = fleet(on: hosts, .silent)
        try await operation.checkNames(
            in: OperationContext(
                id: OperationID(), service: self, fleet: fleet, output: nil, approver: nil, passwords: nil))
    }

    /// Starts an operation.
    ///
    /// - Parameters:
    ///   - command: as a person would type it, for the feed.
    ///   - output: takes the output of commands byte by byte.
    ///   - approver: puts questions to a person; nil where nobody can be asked.
    ///   - passwords: asks a person for passwords; nil where nobody can be asked.
    /// - Throws: when what is wanted makes no sense, or the inventory can't be read.
    package func start<Work: Operation>(
        _ operation: Work, command: String? = nil, id: OperationID = OperationID(), output: OutputSink? = nil,
        approver: Approver? = nil, passwords: PasswordReader? = nil
    ) throws -> OperationHandle<Work.Result> {
        try operation.validate()
        let hosts = Work.needsInventory ? try inventory.read() : .empty
        let context = context(id, hosts, output, approver, passwords)
        return start(Work.name, command: command, context) { try await operation.perform(in: $0) }
    }

    /// Starts work under the name of an operation.
    package func start<Value: Sendable>(
        _ name: String, command: String? = nil, id: OperationID = OperationID(), output: OutputSink? = nil,
        _ body: @escaping @Sendable (OperationContext) async throws -> Value
    ) throws(ConfigError) -> OperationHandle<Value> {
        start(name, command: command, context(id, try inventory.read(), output, nil, nil), body)
    }

    private func context(
        _ id: OperationID, _ inventory: Inventory, _ output: OutputSink?, _ approver: Approver?,
        _ passwords: PasswordReader?
    ) -> OperationContext {
        let fleet = fleet(on: inventory, EventSource(bus, id))
        return OperationContext(
            id: id, service: self, fleet: fleet, output: output, approver: approver, passwords: passwords)
    }

    /// The hosts of an inventory, reached over the connections that all operations share.
    func fleet(on inventory: Inventory, _ events: EventSource) -> Fleet {
        Fleet(project: project, inventory: inventory, pool: pool, events: events)
    }

    private func start<Value: Sendable>(
        _ name: String, command: String?, _ context: OperationContext,
        _ body: @escaping @Sendable (OperationContext) async throws -> Value
    ) -> OperationHandle<Value> {
        let (id, source) = (context.id, context.events)
        let start = ContinuousClock.now
        let beginning = Event.OperationStart(name: name, command: command, process: getpid())
        let wish = CancelWish()
        running.withLock { $0[id] = Running(wish: wish) }
        let listener = CancelRequests.listen(for: id, on: bus, begin: { source.tell(.operationStarted(beginning)) }) {
            wish.come()
        }
        let task = Task {
            do {
                let value = try await body(context)
                // What was stopped on every host is no success, though each host has its outcome.
                self.ended(source, Task.isCancelled ? .cancelled : .done, after: .now - start)
                return value
            } catch {
                let isCancelled = Task.isCancelled || error is Declined
                self.ended(source, isCancelled ? .cancelled : .failed, after: .now - start)
                throw error
            }
        }
        wish.whenItComes { task.cancel() }
        let end = Task {
            _ = await task.result
            listener.cancel()
            self.running.withLock { $0[id] = nil }
        }
        running.withLock { $0[id]?.end = end }
        return OperationHandle(id: id, task: task)
    }

    private func ended(_ source: EventSource, _ state: Event.OperationEnd.State, after duration: Duration) {
        source.tell(.operationEnded(Event.OperationEnd(state, after: duration)))
    }

    /// The operations that this service performs now.
    package var operations: [OperationID] { running.withLock { Array($0.keys) } }

    /// Ends an operation in good order, whichever process performs it; one that has ended already has nothing to hear.
    ///
    /// - Returns: once the wish is written down; the operation's own end comes as an event.
    /// - Throws: for an operation of which the feed has nothing.
    package func cancel(_ id: OperationID) async throws(ServiceError) {
        if let operation = running.withLock({ $0[id] }) { return operation.wish.come() }
        // A ledger that can't be read now may still take the wish.
        if let isKnown = try? await bus.feed?.knows(id), !isKnown {
            throw ServiceError(
                Message("the feed has no operation \(id)"), hint: Message("those that it has: fleet events"))
        }
        bus.publish(Event(operation: id, .cancelRequested))
        await bus.flush()
    }

    /// How long operations may take to end in good order; and how long each thing that they share may take to close, which
    /// is longer than a busy ledger waits.
    private static let patience = (ending: Duration.seconds(60), closing: Duration.seconds(40))

    /// Ends what still runs, in good order, waits until every event is written down, and closes what operations share.
    /// What does not end in time is left alone.
    ///
    /// - Parameter limit: how long operations may take to end.
    package func close(endingWithin limit: Duration = FleetService.patience.ending) async {
        let left = running.withLock { Array($0.values) }
        for operation in left { operation.wish.come() }
        await wait(limit) { for operation in left { await operation.end?.value } }
        await wait(Self.patience.closing) { [pool] in await pool.close() }
        await wait(Self.patience.closing) { [bus] in await bus.flush() }
        await wait(Self.patience.closing) { [transport] in await transport.close() }
    }

    /// Waits for something as long as it may take, also in a task that was cancelled.
    private func wait(_ limit: Duration, for body: @escaping @Sendable () async -> Void) async {
        let work = SharedWork { await body() }
        let waiting = Task.detached { try? await work.value() }
        let timer = Task.detached {
            try await Task.sleep(for: limit)
            waiting.cancel()
        }
        await waiting.value
        timer.cancel()
    }
}
