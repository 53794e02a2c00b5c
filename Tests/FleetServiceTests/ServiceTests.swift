import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
import Synchronization
import Testing

@testable import FleetEvents
@testable import FleetService

/// Operations that wait for the test.
private struct Waiting: Operation {
    static let name = "wait"

    func perform(in context: OperationContext) async throws -> Int {
        while true { try await Task.sleep(for: .seconds(60)) }
    }
}

private struct Adding: Operation {
    static let name = "add"
    let numbers: [Int]

    func perform(in context: OperationContext) async throws -> Int {
        for number in numbers { context.events.tell(.note(Message(verbatim: "\(number)"))) }
        return numbers.reduce(0, +)
    }
}

/// Hears no cancelling.
private final class Stubborn: Sendable {
    let mayEnd = Mutex(false)

    func perform() async {
        await Task.detached { _ = await eventually { self.mayEnd.withLock(\.self) } }.value
    }
}

private struct Failing: Operation {
    static let name = "fail"

    func perform(in context: OperationContext) async throws -> Int { throw Failure(.exit, Message("cancelled")) }
}

@Suite struct ServiceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func service() throws -> FleetService {
        try folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        return FleetService(Project(folder: folder.path), home: folder.path, environment: [:]) { _ in }
    }

    /// The kinds of an operation's events, up to its end.
    private func kinds(_ follower: EventFollower, of id: OperationID? = nil) async -> [String] {
        var kinds: [String] = []
        for await case .event(let event) in follower where id == nil || event.operation == id {
            kinds.append(event.kind.name)
            if case .operationEnded = event.kind { return kinds }
        }
        return kinds
    }

    @Test func tellsWhatAnOperationDoes() async throws {
        let service = try service()
        let follower = service.bus.follow()
        let handle = try service.start(Adding(numbers: [1, 2]), command: "fleet add 1 2")
        #expect(try await handle.result == 3)
        #expect(await kinds(follower) == ["operation-started", "note", "note", "operation-ended"])
        await service.close()
    }

    @Test func tellsThatAnOperationFailed() async throws {
        let service = try service()
        let follower = service.bus.follow()
        let handle = try service.start(Failing())
        await #expect(throws: Failure.self) { try await handle.result }
        var state: Event.OperationEnd.State?
        for await case .event(let event) in follower {
            guard case .operationEnded(let end) = event.kind else { continue }
            state = end.state
            break
        }
        #expect(state == .failed)
        await service.close()
    }

    /// How an operation that has a question ends, and what it left of the inventory.
    private func removal(_ approver: Approver?) async throws -> (error: (any Error)?, state: String?, hosts: String) {
        let service = try service()
        try folder.write("hosts:\n  a:\n  b: { jump: a }\n", to: "inventory/hosts.yaml")
        let follower = service.bus.follow()
        let handle = try service.start(HostRemoveOperation(try HostName("a")), approver: approver)
        let result = await Swift.Result { try await handle.result }
        var state: String?
        for await case .event(let event) in follower {
            guard case .operationEnded(let end) = event.kind else { continue }
            state = end.state.rawValue
            break
        }
        await service.close()
        if case .failure(let error) = result { return (error, state, try folder.read("inventory/hosts.yaml")) }
        return (nil, state, try folder.read("inventory/hosts.yaml"))
    }

    @Test func asksBeforeItGoesOn() async throws {
        let (error, state, hosts) = try await removal { question in
            guard case .removal(let removal) = question else { return false }
            return removal.users.map(\.name.text) == ["b"]
        }
        #expect(error == nil && state == "done" && !hosts.contains("a:"))
    }

    @Test func changesNothingWhereAPersonSaysNo() async throws {
        let (error, state, hosts) = try await removal { _ in false }
        #expect(error is Declined && state == "cancelled" && hosts.contains("a:"))
    }

    @Test func refusesWhereNobodyCanBeAsked() async throws {
        let (error, state, hosts) = try await removal(nil)
        #expect((error as? ServiceError)?.exitCode == .usage && state == "failed" && hosts.contains("a:"))
    }

    @Test func aBrokenInventoryKeepsNobodyFromWhatNeedsNone() async throws {
        let service = try service()
        try folder.write("hosts: [\n", to: "inventory/hosts.yaml")
        #expect(try await service.start(PackageNewOperation("new")).result.contains("packages/new/package.yaml"))
        #expect(throws: ConfigError.self) { try service.start(PingOperation()) }
        await service.close()
    }

    @Test func cancelsByHandleAndByName() async throws {
        let service = try service()
        for byName in [false, true] {
            let handle = try service.start(Waiting())
            if byName { try await service.cancel(handle.id) } else { handle.cancel() }
            await #expect(throws: CancellationError.self) { try await handle.result }
        }
        // Whoever closes the service ends what it performs.
        let last = try service.start(Waiting())
        let follower = service.bus.follow()
        await service.close()
        await #expect(throws: CancellationError.self) { try await last.result }
        var states: [Event.OperationEnd.State] = []
        while states.isEmpty, case .event(let event) = await follower.next() {
            if case .operationEnded(let end) = event.kind, event.operation == last.id { states.append(end.state) }
        }
        #expect(states == [.cancelled])
        #expect(await eventually { service.operations.isEmpty })
        await service.close()
    }

    @Test func knowsNoOperationThatNobodyStarted() async throws {
        let service = try service()
        await #expect(throws: ServiceError.self) { try await service.cancel(OperationID()) }
        let handle = try service.start(Adding(numbers: []))
        _ = try await handle.result
        await service.bus.flush()
        try await service.cancel(handle.id)
        await service.close()
    }

    @Test func closesThoughAnOperationDoesNotEnd() async throws {
        let service = try service()
        let work = Stubborn()
        let handle = try service.start("stubborn") { _ in await work.perform() }
        await service.close(endingWithin: .milliseconds(20))
        #expect(service.operations == [handle.id])
        work.mayEnd.withLock { $0 = true }
        _ = try await handle.result
    }

    /// Its own beginning is all that an operation wants to hear of this process.
    @Test func listensNoLongerThanItMust() async throws {
        let service = try service()
        let handle = try service.start(Waiting())
        await service.bus.flush()
        #expect(await eventually(within: .seconds(30)) { service.bus.listenerCount == 0 })
        handle.cancel()
        await service.close()
    }

    /// As from a page while a command is at work: the two know each other by the feed alone.
    @Test func cancelsWhatAnotherServicePerforms() async throws {
        let (one, other) = (try service(), try service())
        let handle = try one.start(Waiting())
        await one.bus.flush()
        try await other.cancel(handle.id)
        await #expect(throws: CancellationError.self) { try await handle.result }
        await one.close()
        await other.close()
    }

    @Test func hearsOfWhatAnotherServicePerforms() async throws {
        let (one, other) = (try service(), try service())
        let follower = other.bus.follow(after: try await other.bus.feed?.last())
        let handle = try one.start(Adding(numbers: [1]))
        #expect(await kinds(follower, of: handle.id) == ["operation-started", "note", "operation-ended"])
        await one.close()
        await other.close()
    }

    @Test func readsAnInventoryThatChanged() async throws {
        let service = try service()
        let count: @Sendable () async throws -> Int = {
            try await service.start("count") { $0.inventory.hosts.count }.result
        }
        #expect(try await count() == 0)
        try folder.write("hosts: {pc: {address: 127.0.0.1}}\n", to: "inventory/hosts.yaml")
        #expect(try await count() == 1)
        await service.close()
    }

    /// Old events are removed after each 5,000.
    @Test func keepsAsManyEventsAsTheInventorySays() async throws {
        let service = try service()
        try folder.write("keep_events: { count: 100 }\nhosts: {}\n", to: "inventory/hosts.yaml")
        try await service.start("many") { context in
            for number in 0..<5500 { context.events.tell(.note(Message("\(number)"))) }
        }.result
        await service.close()
        let events = try await service.bus.feed?.events(after: 0, limit: 10_000).events ?? []
        #expect(events.count >= 100 && events.count < 2000)
        #expect(events.last?.kind.name == "operation-ended")
    }

    @Test func anOperationThatHasEndedIsForgotten() async throws {
        let service = try service()
        _ = try await service.start(Adding(numbers: [])).result
        #expect(await eventually { service.operations.isEmpty })
        await service.close()
    }
}
