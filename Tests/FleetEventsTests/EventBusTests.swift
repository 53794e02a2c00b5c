import FleetBase
import FleetLedger
import FleetTesting
import Foundation
import Synchronization
import Testing

@testable import FleetEvents

@Suite struct EventBusTests {
    private let folder: TemporaryFolder
    private let operation = OperationID()

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path + "/ledger.sqlite" }

    private func bus(capacity: Int = 4 << 20) throws -> EventBus {
        let ledger = try Ledger(path: path)
        return EventBus(feed: EventFeed(path: path) { () throws(LedgerError) in ledger }, capacity: capacity)
    }

    private func note(_ number: Int) -> Event { Event(operation: operation, .note(Message(verbatim: "\(number)"))) }

    private func line(_ text: String) -> Event { Event(operation: operation, .output(Event.Output(.output, text))) }

    /// What a listener gets, as numbers of notes; -1 is a gap, passing events are left out.
    private func numbers(_ count: Int, _ follower: EventFollower) async -> [Int] {
        var numbers: [Int] = []
        while numbers.count < count, let next = await follower.next() {
            switch next {
            case .gap: numbers.append(-1)
            case .event(let event):
                guard case .note(let message) = event.kind else { continue }
                numbers.append(Int(message.text(in: .english)) ?? 0)
            }
        }
        return numbers
    }

    @Test func givesEveryListenerEverythingInOrder() async throws {
        let bus = try bus()
        let (first, second) = (bus.follow(), bus.follow())
        for number in 0..<1000 { bus.publish(note(number)) }
        #expect(await numbers(1000, first) == Array(0..<1000))
        #expect(await numbers(1000, second) == Array(0..<1000))
    }

    @Test func keepsTheOrderOfPassingEventsAmongTheOthers() async throws {
        let bus = try bus()
        let follower = bus.follow()
        for number in 0..<100 {
            bus.publish(note(number))
            bus.publish(line("\(number)"))
        }
        for number in 0..<100 {
            guard case .event(let first) = await follower.next(), case .event(let second) = await follower.next() else {
                Issue.record("an event is missing")
                return
            }
            #expect(first.sequence?.number == Int64(number + 1) && second.sequence == nil)
            #expect(second.kind == .output(Event.Output(.output, "\(number)")))
        }
    }

    @Test func aListenerThatComesLateHasEverythingDurable() async throws {
        let bus = try bus()
        for number in 0..<600 { bus.publish(note(number)) }
        await bus.flush()
        let start = try #require(try await bus.feed?.start(ofLast: 600))
        let follower = bus.follow(after: start)
        for number in 600..<700 { bus.publish(note(number)) }
        #expect(await numbers(700, follower) == Array(0..<700))
    }

    @Test func goesOnAfterARestartWhereItWas() async throws {
        let first = try bus()
        for number in 0..<10 { first.publish(note(number)) }
        await first.flush()
        let follower = first.follow(after: try #require(try await first.feed?.start(ofLast: 10)))
        #expect(await numbers(3, follower) == [0, 1, 2])
        guard case .event(let seen) = await follower.next() else {
            Issue.record("an event is missing")
            return
        }

        let second = try bus()
        let again = second.follow(after: seen.sequence)
        second.publish(note(10))
        #expect(await numbers(7, again) == Array(4...10))
    }

    /// What is kept for all is bounded: the slow one is told so, and has everything durable from the ledger.
    @Test func aListenerThatFellOffMissesNothingDurable() async throws {
        let bus = try bus(capacity: 20_000)
        bus.publish(note(0))
        await bus.flush()
        let follower = bus.follow(after: try #require(try await bus.feed?.start(ofLast: 1)))
        #expect(await numbers(1, follower) == [0])
        for number in 1..<500 {
            bus.publish(note(number))
            bus.publish(line(String(repeating: "x", count: 1000)))
        }
        await bus.flush()
        let got = await numbers(500, follower)
        #expect(got.filter { $0 >= 0 } == Array(1..<500) && got.filter { $0 < 0 } == [-1])
    }

    /// Nobody is late because of it, and no more is kept than fits.
    @Test func aListenerThatNeverReadsCostsNothing() async throws {
        let bus = try bus(capacity: 50_000)
        let (idle, reader) = (bus.follow(), bus.follow())
        for number in 0..<2000 {
            bus.publish(note(number))
            await bus.flush()
            guard number.isMultiple(of: 50) else { continue }
            #expect(await numbers(number == 0 ? 1 : 50, reader).last == number)
        }
        #expect(bus.events(from: 0, atMost: .max).events.reduce(0) { $0 + ($1?.size ?? 0) } <= 50_000)
        // The one that was away hears that it missed something, and has all of it from the ledger.
        #expect(await numbers(2001, idle) == [-1] + Array(0..<2000))
    }

    /// It asked for what comes from now on: what an earlier process told is not news.
    @Test(arguments: [false, true]) func aListenerThatFellOffHearsNothingFromBefore(hasTold: Bool) async throws {
        let earlier = try bus()
        for number in 0..<10 { earlier.publish(note(number)) }
        await earlier.flush()
        let bus = try bus(capacity: 20_000)
        if hasTold { bus.publish(note(10)) }
        await bus.flush()
        let follower = bus.follow()
        for number in 11..<200 { bus.publish(note(number)) }
        await bus.flush()
        #expect(await numbers(190, follower) == [-1] + Array(11..<200))
    }

    @Test func anOperationsEndIsHeardAfterAGap() async throws {
        let bus = try bus(capacity: 20_000)
        let follower = bus.follow()
        bus.publish(Event(operation: operation, .operationEnded(Event.OperationEnd(.done, after: .zero))))
        for number in 0..<200 { bus.publish(note(number)) }
        await bus.flush()
        while case .event(let event) = await follower.next(), event.operation == operation {
            if case .operationEnded = event.kind { return }
        }
        guard case .event(let event) = await follower.next(), case .operationEnded = event.kind else {
            Issue.record("the end of the operation is missing")
            return
        }
    }

    @Test func hearsOfAnotherProcess() async throws {
        let (here, there) = (try bus(), try bus())
        let start = try #require(try await here.feed?.last())
        let follower = here.follow(after: start)
        let reading = Task { await numbers(20, follower) }
        for number in 0..<20 {
            let bus = number.isMultiple(of: 3) ? here : there
            bus.publish(note(number))
            await bus.flush()
        }
        #expect(await reading.value == Array(0..<20))
    }

    @Test func noticesAnotherLedger() async throws {
        let bus = try bus()
        for number in 0..<3 { bus.publish(note(number)) }
        await bus.flush()
        let follower = bus.follow(after: EventSequence(epoch: "00000000", number: 2))
        #expect(await numbers(4, follower) == [-1, 0, 1, 2])
    }

    @Test func worksWithoutALedger() async throws {
        let bus = EventBus(
            feed: EventFeed(path: "/proc/nowhere/ledger.sqlite") { () throws(LedgerError) in
                try Ledger(path: "/proc/nowhere/ledger.sqlite")
            })
        let follower = bus.follow()
        for number in 0..<3 { bus.publish(note(number)) }
        #expect(await numbers(3, follower) == [0, 1, 2])
        await bus.flush()
        #expect(bus.problem != nil)
    }

    /// Lets a ledger fail, or stand still, when the test says so.
    private final class Moods: Sendable {
        let fails = Mutex(false)
        let stands = Mutex(false)

        func pass() async throws(LedgerError) {
            _ = await eventually { !stands.withLock(\.self) }
            if fails.withLock(\.self) { throw LedgerError(.file, Message("no ledger now")) }
        }
    }

    private func bus(_ moods: Moods, capacity: Int = 4 << 20, mostPending: Int = 16 << 20) throws -> EventBus {
        let ledger = try Ledger(path: path)
        let feed = EventFeed(path: path) { () throws(LedgerError) in
            try await moods.pass()
            return ledger
        }
        return EventBus(feed: feed, capacity: capacity, mostPending: mostPending, rest: .zero)
    }

    @Test func comesBackToWhatItCouldNotRead() async throws {
        let moods = Moods()
        let (here, there) = (try bus(moods), try bus())
        let follower = here.follow(after: try #require(try await here.feed?.last()))
        here.publish(note(0))
        await here.flush()
        #expect(await numbers(1, follower) == [0])
        for number in 1...3 { there.publish(note(number)) }
        await there.flush()
        for number in 4...5 { here.publish(note(number)) }
        await here.flush()
        moods.fails.withLock { $0 = true }
        // What this process tells is not kept back.
        #expect(await numbers(3, follower) == [-1, 4, 5])
        moods.fails.withLock { $0 = false }
        here.publish(note(6))
        #expect(await numbers(4, follower).sorted() == [1, 2, 3, 6])
    }

    @Test func tellsInTheFeedWhatTheLedgerDidNotTake() async throws {
        let moods = Moods()
        let bus = try bus(moods)
        let start = try #require(try await bus.feed?.last())
        moods.fails.withLock { $0 = true }
        for number in 0..<3 { bus.publish(note(number)) }
        await bus.flush()
        #expect(bus.problem != nil)
        moods.fails.withLock { $0 = false }
        bus.publish(note(3))
        await bus.flush()
        #expect(bus.problem == nil)
        let events = try await #require(bus.feed).events(after: start.number, limit: 10).events
        #expect(
            events.map(\.kind) == [
                .note("the ledger could not be written to: \(3) events are missing here"), note(3).kind,
            ])
    }

    @Test func keepsNoMoreThanFitsWhileTheLedgerStandsStill() async throws {
        let moods = Moods()
        let bus = try bus(moods, capacity: 20_000, mostPending: 80_000)
        let follower = bus.follow()
        let start = try #require(try await bus.feed?.last())
        moods.stands.withLock { $0 = true }
        for number in 0..<2000 { bus.publish(note(number)) }
        bus.publish(Event(operation: operation, .operationEnded(Event.OperationEnd(.done, after: .zero))))
        #expect(bus.pendingBytes < 100_000)
        moods.stands.withLock { $0 = false }
        await bus.flush()
        bus.publish(note(2000))
        await bus.flush()
        let events = try await #require(bus.feed).events(after: start.number, limit: 10_000).events
        #expect(events.contains { $0.kind.name == "operation-ended" } && events.last?.kind == note(2000).kind)
        let kept = events.count - 3
        let lost = Event.Kind.note("the ledger could not be written to: \(2000 - kept) events are missing here")
        #expect(events.contains { $0.kind == lost })
        var hasGap = false
        while !hasGap, let next = await follower.next() { hasGap = next == .gap }
        #expect(hasGap)
    }

    @Test func countsTheTextOfEveryEvent() throws {
        let long = String(repeating: "x", count: 10_000)
        let failure = Failure(.exit, Message("\(long)"), hint: Message("look there"))
        let kinds: [Event.Kind] = [
            .operationStarted(Event.OperationStart(name: "run", command: long, process: 1)),
            .hostAbsent(failure), .hostEnded(Event.HostEnd(failure)), .failure(failure),
            .stepStarted(Step(.pack, long)), .stepEnded(StepEnd(Step(.pack, long), .done, after: .zero)),
            .remark(Message("\(Message(verbatim: long))")), .note(Message(english: long, spanish: long)),
            .output(Event.Output(.output, long)), .progress(.object(["a": .array([.string(long)])])),
        ]
        for kind in kinds { #expect(Event(operation: operation, kind).size > 10_000, "\(kind.name)") }
    }

    @Test func endsWithItsTask() async throws {
        let bus = try bus()
        let follower = bus.follow()
        let waiting = Task { await follower.next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
    }
}
