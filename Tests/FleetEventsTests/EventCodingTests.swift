import FleetBase
import FleetLedger
import Testing

@testable import FleetEvents

@Suite struct EventCodingTests {
    private static let failure = Failure(.auth, Message("no key was accepted"), hint: Message("status \(3)"))
    private static let attempt: Attempt = {
        guard let host = try? HostName("pc") else { preconditionFailure("a plain name") }
        var attempt = Attempt(task: "run.1", number: 2, host: host)
        (attempt.state, attempt.exit, attempt.failure) = (.failed, 3, failure)
        return attempt
    }()
    private static let kinds: [Event.Kind] = [
        .operationStarted(Event.OperationStart(name: "push", command: "fleet push", process: 12)),
        .operationEnded(Event.OperationEnd(.cancelled, after: .milliseconds(1500))),
        .queue(
            Event.QueueState(
                total: 3, done: 1, failed: 0, running: 1,
                waiting: [Event.QueueState.Waiting(reason: Message("cancelled"), count: 1)])),
        .runStarted(Event.RunStart(tasks: 3)), .runEnded(Event.RunEnd(.failed)),
        .hostsChosen(Event.HostNames([attempt.host])), .hostEnded(Event.HostEnd(failure)),
        .hostEnded(Event.HostEnd(nil)), .hostReady(Event.HostReady(slots: 4)), .cancelRequested, .hostConnecting,
        .hostConnected(Event.HostConnection(after: .milliseconds(30))),
        .hostAbsent(failure),
        .stepStarted(Step(.send, "hello 1")), .stepEnded(StepEnd(Step(.probe), .done, after: .seconds(1), bytes: 7)),
        .sent(Event.Transfer(10, of: 20)), .attemptQueued(Event.AttemptNews(attempt)),
        .attemptStarted(Event.AttemptNews(attempt)), .attemptEnded(Event.AttemptNews(attempt)),
        .output(Event.Output(.error, "two\nlines\n")), .progress(.object(["step": .integer(3)])),
        .note(Message("status \(3)")), .remark(Message("status \(3)")), .failure(failure),
    ]

    @Test(arguments: kinds) func comesBackFromTheLedger(kind: Event.Kind) throws {
        let event = try Event(
            operation: OperationID(), run: RunID(at: .now), host: HostName("pc"), task: "two", kind)
        let entry = event.entry
        let stored = FeedEntry(
            sequence: 5, time: entry.time, operation: entry.operation, run: entry.run, host: entry.host,
            task: entry.task,
            kind: entry.kind, detail: entry.detail)
        var expected = event
        expected.sequence = EventSequence(epoch: "0123abcd", number: 5)
        #expect(Event(stored, epoch: "0123abcd") == expected)
        let full = try JSONText.decode(JSONValue.self, from: JSONText.encode(event).utf8)
        #expect(try JSONText.decode(JSONValue.self, from: entry.detail.utf8) == full["detail"])
    }

    @Test(arguments: kinds) func comesBackFromJSON(kind: Event.Kind) throws {
        let event = Event(operation: OperationID(), kind)
        let text = try JSONText.encode(event)
        #expect(try JSONText.decode(Event.self, from: text.utf8) == event)
    }

    @Test func hasEveryKey() throws {
        let event = Event(operation: OperationID(), .hostConnecting)
        let value = try JSONText.decode(JSONValue.self, from: JSONText.encode(event).utf8)
        guard case .object(let members) = value else { return #expect(Bool(false)) }
        #expect(
            members.keys.sorted() == ["detail", "host", "kind", "operation", "run", "sequence", "task", "time"])
    }

    @Test func speaksTheLanguageOfItsReader() throws {
        let event = Event(operation: OperationID(), .failure(Failure(.cancelled, Message("cancelled"))))
        let value = try JSONText.decode(JSONValue.self, from: JSONText.encode(event, in: .spanish).utf8)
        #expect(value["detail"]?["message"] == .string(Message("cancelled").text(in: .spanish)))
        #expect(value["detail"]?["message"] != .string("cancelled"))
    }

    @Test(arguments: ["x", "3f9c12ab", "3f9c12ab-", "3f9c12ab--1", "3f9c12a-4", "3f9c12ab-1-2"])
    func refusesWhatIsNoSequence(text: String) {
        #expect(throws: ValueError.self) { try EventSequence(parsing: text) }
    }
}
