import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetLedger

@Suite struct LedgerTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger
    private let run = Run(command: "fleet run benchmark", package: "benchmark", version: "1.0.0-abc")

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(path: folder.path + "/.fleet/ledger.sqlite")
    }

    private func task(_ position: Int = 1, key: UInt8 = 7) -> LedgerTask {
        LedgerTask(
            run: run.id, position: position, name: "sweep", key: Digest(bytes: [UInt8](repeating: key, count: 32)),
            parameters: .object(["n": .integer(1)]))
    }

    private func attempt(_ number: Int = 1, of task: LedgerTask? = nil) throws -> Attempt {
        try Attempt(task: (task ?? self.task()).id, number: number, host: HostName("pc"), method: "docker")
    }

    @Test func readsTheRunItBegan() async throws {
        try await ledger.begin(run)
        #expect(try await ledger.runs(limit: 5) == [run])
    }

    /// The newest is the one that was written down last, also when the clock was set back meanwhile.
    @Test func listsTheNewestRunFirst() async throws {
        let earlyClock = Run(command: "a", started: Timestamp(milliseconds: 0))
        try await ledger.begin(run)
        try await ledger.begin(earlyClock)
        #expect(try await ledger.runs(limit: 5).map(\.id) == [earlyClock.id, run.id])
        #expect(try await ledger.run("last").id == earlyClock.id)
    }

    /// The hex digits of a name say nothing of the time.
    @Test func tellsRunsOfOneSecondApart() async throws {
        let names = ["20261121-130000-ffff", "20261121-130000-0000", "20261121-130000-8888"]
        for (index, name) in names.enumerated() {
            let started = Timestamp(milliseconds: Int64(1_000_000 + index))
            try await ledger.begin(Run(command: "a", started: started, id: RunID(name)))
        }
        #expect(try await ledger.runs(limit: 5).map(\.id.text) == names.reversed())
        #expect(try await ledger.run("last").id.text == names[2])
    }

    /// Two masters that begin the same work at once: the second is told who has it, and nothing of it is written.
    @Test func refusesWorkThatAnotherRunHasInHand() async throws {
        try await ledger.begin(run, tasks: [task(1), task(2, key: 8)])
        let second = Run(command: "fleet tasks run")
        let same = LedgerTask(run: second.id, position: 1, name: "sweep", key: task(2, key: 8).key)
        let (first, ledger) = (run.id, ledger)
        let error = await #expect(throws: LedgerError.self) {
            try await ledger.begin(second, tasks: [same], unless: { $0 == first })
        }
        #expect(error?.exitCode == .locked)
        #expect(error?.message == Message("the run \(first.text) does the same tasks now: \("sweep")"))
        #expect(try await ledger.runs(limit: 5) == [run])
    }

    /// A task with a success is done, whatever else was tried; one that is tried again has not failed yet.
    @Test func tellsHowFarARunIs() async throws {
        let tasks = (1...5).map { task($0, key: UInt8($0)) }
        try await ledger.begin(run, tasks: tasks)
        func enter(_ task: LedgerTask, _ number: Int, _ state: Attempt.State) async throws {
            var attempt = try attempt(number, of: task)
            attempt.state = state
            attempt.started = Timestamp(milliseconds: 1000)
            attempt.ended = state.isFinal ? Timestamp(milliseconds: 3000) : nil
            try await ledger.record(attempt)
        }
        try await enter(tasks[0], 1, .failed)
        try await enter(tasks[0], 2, .done)
        try await enter(tasks[1], 1, .failed)
        try await enter(tasks[1], 2, .running)
        try await enter(tasks[2], 1, .lost)
        let progress = try await ledger.progress(of: run.id)
        #expect(progress.tasks == 5 && progress.done == 1 && progress.running == 1 && progress.failed == 1)
        #expect(progress.usual == .seconds(2))
        let work = try await ledger.work()
        #expect(work.map(\.attempt.task) == [tasks[1].id] && work[0].run == run.id && work[0].task == "sweep")
    }

    @Test func beginsBesideRunsThatDoSomethingElse() async throws {
        try await ledger.begin(run, tasks: [task(1)])
        let second = Run(command: "fleet tasks run")
        let other = LedgerTask(run: second.id, position: 1, name: "sweep", key: task(2, key: 8).key)
        try await ledger.begin(second, tasks: [other], unless: { _ in true })
        #expect(try await ledger.runs(limit: 5).count == 2)
    }

    /// Its master is dead, it has ended, or it is in the new run as done already.
    @Test(arguments: ["dead", "ended", "done"]) func beginsBesideRunsThatKeepNobodyFromIt(_ why: String) async throws {
        try await ledger.begin(run, tasks: [task(1)])
        if why == "ended" { try await ledger.finish(run.id, .failed) }
        let second = Run(command: "fleet tasks run")
        let same = LedgerTask(run: second.id, position: 1, name: "sweep", key: task(1).key)
        var done = try Attempt(task: same.id, number: 1, host: HostName("pc"))
        done.state = .done
        try await ledger.begin(
            second, tasks: [same], attempts: why == "done" ? [done] : [], unless: { _ in why != "dead" })
        #expect(try await ledger.runs(limit: 5).count == 2)
    }

    @Test func refusesToTakeUpWorkThatAnotherRunHasInHand() async throws {
        try await ledger.begin(run, tasks: [task(1)])
        let second = Run(command: "fleet tasks run")
        let same = LedgerTask(run: second.id, position: 1, name: "sweep", key: task(1).key)
        try await ledger.begin(second, tasks: [same])
        let (first, ledger) = (run.id, ledger)
        await #expect(throws: LedgerError.self) { try await ledger.reopen(first, unless: { _ in true }) }
        try await ledger.reopen(first)
    }

    @Test(arguments: ["removed", "replaced"]) func noticesThatItsFileHasGone(_ how: String) async throws {
        try await ledger.begin(run)
        try await ledger.checkPlace()
        let path = folder.path + "/.fleet/ledger.sqlite"
        try FileManager.default.removeItem(atPath: path)
        if how == "replaced" { try Data().write(to: URL(fileURLWithPath: path)) }
        let ledger = ledger
        let error = await #expect(throws: LedgerError.self) { try await ledger.checkPlace() }
        #expect(error?.message.text(in: .english).contains(path) == true)
    }

    @Test func finishesARun() async throws {
        try await ledger.begin(run)
        try await ledger.finish(run.id, .failed, at: Timestamp(milliseconds: 5))
        let read = try await ledger.run("last")
        #expect(read.state == .failed && read.ended == Timestamp(milliseconds: 5))
    }

    /// An older fleet, or a person with sqlite3, may have left anything.
    @Test(arguments: [Int64.max, Int64.min, 0]) func refusesPositionsThatAreNone(number: Int64) async throws {
        try await ledger.begin(run, tasks: [task()])
        try await ledger.record(try attempt())
        _ = try await ledger.query("UPDATE attempt SET number = ?", [.integer(number)])
        let read = run.id
        await #expect(throws: LedgerError.self) { try await ledger.attempts(of: read) }
    }

    @Test func keepsNumbersThatJSONHasNoWordFor() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.metrics = .object(["loss": .number(.nan), "steps": .integer(3)])
        try await ledger.record(attempt)
        #expect(try await ledger.attempts(of: run.id)[0].metrics == .object(["loss": .null, "steps": .integer(3)]))
    }

    @Test func readsTasksInOrder() async throws {
        let tasks = (1...12).map { task($0) }
        try await ledger.begin(run, tasks: tasks.reversed())
        #expect(try await ledger.tasks(of: run.id) == tasks)
    }

    @Test func beginsNothingWhenATaskIsRefused() async throws {
        await #expect(throws: LedgerError.self) { try await ledger.begin(run, tasks: [task(1), task(1)]) }
        #expect(try await ledger.runs(limit: 5).isEmpty)
    }

    @Test func readsEverythingOfAnAttempt() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.state = .failed
        attempt.exit = 3
        attempt.signal = 9
        attempt.started = Timestamp(milliseconds: 1)
        attempt.ended = Timestamp(milliseconds: 2)
        attempt.metrics = .object(["seconds": .number(1.5)])
        attempt.resources = .object(["cpu": .number(0.5)])
        attempt.resultDigest = task().key
        attempt.results = "/tmp/x"
        attempt.trailer = "exit 3"
        attempt.failure = Failure(.exit, Message(verbatim: "exit 3"), hint: Message(verbatim: "look"))
        try await ledger.record(attempt)
        #expect(try await ledger.attempts(of: run.id) == [attempt])
    }

    /// Who reads it later may speak another language.
    @Test func keepsTheSentencesOfAFailureWithTheirValues() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.state = .done
        try await ledger.record(attempt)
        let failure = Failure(.mismatch, Message("\("a"): \(Message("task"))"), hint: Message("host"))
        try await ledger.refute([attempt.task: failure])
        #expect(try await ledger.attempts(of: run.id).first?.failure == failure)
    }

    @Test func followsAnAttempt() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        for state in [Attempt.State.planned, .sent, .running, .lost, .done] {
            attempt.state = state
            try await ledger.record(attempt)
        }
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [.done])
    }

    @Test(arguments: [Attempt.State.done, .failed, .cancelled])
    func neverReopensAnAttempt(end: Attempt.State) async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        for state in [end, .running, .lost] {
            attempt.state = state
            try await ledger.record(attempt)
        }
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [end])
    }

    @Test(arguments: Attempt.State.allCases) func listsOpenAttempts(state: Attempt.State) async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.state = state
        try await ledger.record(attempt)
        #expect(try await ledger.openAttempts().isEmpty == state.isFinal)
    }

    @Test func findsTheLatestSuccessOfTheSameWork() async throws {
        try await ledger.begin(run, tasks: [task(1), task(2), task(3, key: 8)])
        for position in 1...3 {
            var attempt = try attempt(of: task(position))
            attempt.state = .done
            attempt.ended = Timestamp(milliseconds: Int64(position))
            try await ledger.record(attempt)
        }
        #expect(try await ledger.success(of: task().key)?.task == task(2).id)
    }

    /// Two masters, each with its own connection to the file, whose attempts of one task end at the same time.
    @Test func ofAttemptsThatEndTogetherOneHasTheResult() async throws {
        try await ledger.begin(run, tasks: [task()])
        let ledgers = try [ledger] + (1..<8).map { _ in try Ledger(path: folder.path + "/.fleet/ledger.sqlite") }
        let placed = Shared<[Int]>([])
        let settled = try await withThrowingTaskGroup(of: Int?.self) { group in
            for (index, ledger) in ledgers.enumerated() {
                var attempt = try attempt(index + 1)
                attempt.state = .running
                try await ledger.record(attempt)
                attempt.state = index.isMultiple(of: 2) ? .done : .failed
                group.addTask { [attempt] in
                    let settlement = try await ledger.settle(attempt) {
                        placed.change { $0.append(attempt.number) }
                        return nil
                    }
                    guard case .settled = settlement else { return nil }
                    return attempt.number
                }
            }
            return try await group.reduce(into: [Int?]()) { $0.append($1) }.compactMap(\.self)
        }
        let done = try await ledger.attempts(of: run.id).filter { $0.state == .done }
        #expect(done.count == 1)
        // What was put in its place last is the success, whoever failed before it.
        #expect(placed.value.last == done.first?.number)
        #expect(Set(placed.value) == Set(settled))
    }

    @Test func anAttemptThatHasEndedSettlesNoMore() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.state = .cancelled
        try await ledger.record(attempt)
        attempt.state = .done
        let settlement = try await ledger.settle(attempt) { preconditionFailure("nothing may be placed") }
        guard case .tooLate(nil) = settlement else { return #expect(Bool(false), "\(settlement)") }
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [.cancelled])
    }

    @Test func writesNothingOfResultsThatFindNoPlace() async throws {
        try await ledger.begin(run, tasks: [task()])
        var attempt = try attempt()
        attempt.state = .running
        try await ledger.record(attempt)
        attempt.state = .done
        let problem = Failure(.master, Message(verbatim: "no room"))
        let settlement = try await ledger.settle(attempt) { problem }
        guard case .unplaced(problem) = settlement else { return #expect(Bool(false), "\(settlement)") }
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [.running])
    }

    @Test func refusesAnAttemptWithoutItsTask() async throws {
        let attempt = try attempt()
        let error = await #expect(throws: LedgerError.self) { try await ledger.record(attempt) }
        #expect(error?.code == .refused)
    }

    private func entry(_ detail: String, run: RunID? = nil) throws -> FeedEntry {
        try FeedEntry(
            time: .now, operation: "op", run: run, host: HostName("pc"), task: nil, kind: "note", detail: detail)
    }

    @Test func keepsTheFeedInOrder() async throws {
        let entries = try [entry("b"), entry("a", run: run.id), entry("c")]
        #expect(try await ledger.append(Array(entries[..<2])).first == 1)
        #expect(try await ledger.append(Array(entries[2...])).first == 3)
        let feed = try await ledger.feed(after: 0, limit: 10)
        #expect(feed.map(\.sequence) == [1, 2, 3])
        #expect(feed.map(\.detail) == ["b", "a", "c"])
        #expect(feed.map(\.time) == entries.map(\.time))
        #expect(try await ledger.feed(after: 1, limit: 1).map(\.sequence) == [2])
        #expect(try await ledger.feed(after: 0, limit: 10, run: run.id).map(\.detail) == ["a"])
        #expect(try await ledger.lastOfFeed() == 3)
        #expect(try await ledger.startOfLast(2) == 1)
        #expect(try await ledger.startOfLast(20) == 0)
    }

    @Test func neverUsesANumberOfTheFeedAgain() async throws {
        _ = try await ledger.append([try entry("a"), try entry("b")])
        try await ledger.pruneFeed(Ledger.FeedRetention(age: .seconds(3600), count: 0))
        #expect(try await ledger.feed(after: 0, limit: 10).isEmpty)
        #expect(try await ledger.append([try entry("c")]).first == 3)
    }

    @Test func prunesTheFeedByAge() async throws {
        _ = try await ledger.append([try entry("a")])
        let retention = Ledger.FeedRetention(age: .seconds(60), count: 100)
        try await ledger.pruneFeed(retention)
        #expect(try await ledger.feed(after: 0, limit: 10).count == 1)
        try await ledger.pruneFeed(retention, now: .now.adding(.seconds(61)))
        #expect(try await ledger.feed(after: 0, limit: 10).isEmpty)
    }

    @Test func tellsTheWritesOfOthersFromItsOwn() async throws {
        let other = try Ledger(path: folder.path + "/.fleet/ledger.sqlite")
        let before = try await ledger.othersVersion
        _ = try await ledger.append([entry("own")])
        let afterOwn = try await ledger.othersVersion
        _ = try await other.append([entry("of another")])
        let afterOther = try await ledger.othersVersion
        #expect(afterOwn == before && afterOther != before)
    }

    @Test func keepsTextsWithQuotesAndZeroBytes() async throws {
        let odd = Run(command: "a'; DROP TABLE run; --\u{0}ñ")
        try await ledger.begin(odd)
        #expect(try await ledger.run("last").command == odd.command)
    }

    @Test func namesRunsByTime() {
        let run = Run(command: "", started: Timestamp(milliseconds: 1_795_275_012_007))
        #expect(run.id.text.hasPrefix("20261121-153012-") && run.id.text.count == 20)
    }
}
