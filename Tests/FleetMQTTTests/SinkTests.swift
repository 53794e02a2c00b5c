import FleetBase
import FleetEvents
import FleetLedger
import FleetTesting
import Foundation
import Testing

@testable import FleetMQTT

/// A sink in this process, and a real broker.
@Suite struct SinkTests {
    @Test func bringsEachEventAsTheCommandPrintsIt() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let before = try await project.publish(10)
        let sinks = try project.start()
        #expect(await consumer.has(before))
        let last = try await project.publish(200)
        #expect(await consumer.has(last))
        #expect(try await consumer.messages() == project.eventLines())
        #expect(await eventually { await sinks.states[0].lag == 0 })
        let state = await sinks.states[0]
        #expect(state.connectedSince != nil && state.problem == nil && state.acknowledged?.number == last)
        await sinks.stop()
        #expect(await eventually { consumer.messages("upb/fleet/status") == ["online", "offline"] })
        await project.service.close()
    }

    @Test func waitsForABrokerThatIsNotThereYet() async throws {
        let broker = try Broker()
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let sentences = Sentences()
        let sinks = try project.start(tell: sentences.tell)
        let last = try await project.publish(300)
        #expect(await eventually { await sinks.states[0].problem != nil })
        #expect(await sinks.states[0].lag == last)
        try await broker.start()
        #expect(await eventually { await sinks.states[0].lag == 0 })
        #expect(sentences.all.count { $0.contains("refused") } == 1, "\(sentences.all)")
        #expect(sentences.all.last == "events go to \(broker.address())")
        await sinks.stop()
        await project.service.close()
    }

    /// The broker lets the sink in only once the consumer is there again, since it keeps nothing for those who are away.
    @Test func losesNothingWhenTheBrokerIsKilled() async throws {
        let broker = try Broker(nil, ["allow_anonymous false", "password_file FOLDER/users"])
        try broker.letIn(["reader": "reader", "fleet": "good"])
        try await broker.start()
        let consumer = try Consumer(broker, user: "reader")
        #expect(await consumer.subscribed())
        let project = try SinkProject(
            "events: [{ mqtt: \"\(broker.address())\", user: fleet, password: { env: WORD } }]\n")
        let sinks = try project.start()
        for round in 1...3 {
            let publishing = Task { for _ in 0..<20 { try await project.publish(25) } }
            let goal = Int64((round - 1) * 500 + 100)
            #expect(await consumer.has(goal))
            broker.kill()
            try await publishing.value
            try broker.letIn(["reader": "reader"])
            try await broker.start()
            #expect(await consumer.subscribed(round + 1))
            try broker.letIn(["reader": "reader", "fleet": "good"])
            #expect(await consumer.has(try await project.last))
        }
        let read = consumer.read()
        #expect(read.numbers == Array(1...(try await project.last)))
        print("killed broker: \(read.numbers.count) events, \(read.repeated) came twice")
        await sinks.stop()
        await project.service.close()
    }

    @Test func tellsOfAWrongPasswordOnceAndTakesTheRightOne() async throws {
        let broker = try Broker(nil, ["allow_anonymous false", "password_file FOLDER/users"])
        try broker.letIn(["fleet": "good"])
        try await broker.start()
        let project = try SinkProject(
            "events: [{ mqtt: \"\(broker.address())\", user: fleet, password: { file: word } }]\n")
        try project.folder.write("bad\n", to: "word")
        let sentences = Sentences()
        let sinks = try project.start(tell: sentences.tell)
        let last = try await project.publish(5)
        #expect(await eventually { broker.log.components(separatedBy: "not authorised").count > 3 })
        #expect(await sinks.states[0].lag == last)
        #expect(sentences.all.count == 1, "\(sentences.all)")
        #expect(sentences.all[0].contains("the broker refuses the connection"))
        try project.folder.write("good\n", to: "word")
        #expect(await eventually { await sinks.states[0].lag == 0 })
        await sinks.stop()
        await project.service.close()
    }

    @Test func speaksTLSWithAnAuthorityOfTheUsers() async throws {
        let identity = try GeminiServer.Identity()
        let broker = try Broker(identity)
        try await broker.start()
        let consumer = try Consumer(broker, ca: identity.certificate)
        #expect(await consumer.subscribed())
        let project = try SinkProject(
            "events: [{ mqtt: \"\(broker.address())\", ca: \"\(identity.certificate)\" }]\n")
        let sinks = try project.start()
        let last = try await project.publish(500)
        #expect(await consumer.has(last))
        #expect(consumer.read().numbers == Array(1...last))
        await sinks.stop()
        await project.service.close()
    }

    @Test func saysThatAHostIsUnknown() async throws {
        let project = try SinkProject("events: [{ mqtt: \"mqtt://no.such.host.invalid/upb/logs\" }]\n")
        let sinks = try project.start()
        #expect(await eventually { await sinks.states[0].problem != nil })
        let problem = await sinks.states[0].problem
        #expect(problem?.text(in: .english) == "nobody knows the address of the broker")
        await sinks.stop()
        await project.service.close()
    }

    @Test func sendsNothingToABrokerWhoseCertificateNobodyTrusts() async throws {
        let identity = try GeminiServer.Identity()
        let broker = try Broker(identity)
        try await broker.start()
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let sinks = try project.start()
        let last = try await project.publish()
        #expect(await eventually { await sinks.states[0].problem != nil })
        let problem = await sinks.states[0].problem?.text(in: .english) ?? ""
        #expect(problem.contains("certificate"), "\(problem)")
        #expect(await sinks.states[0].lag == last)
        await sinks.stop()
        await project.service.close()
    }

    /// In MQTT 3.1.1 such messages are acknowledged and lost.
    @Test func keepsWhatTheBrokerDoesNotTake() async throws {
        let broker = try Broker(nil, ["allow_anonymous true", "acl_file FOLDER/rights"])
        try broker.folder.write("topic write upb/fleet/#\n", to: "rights")
        try await broker.start()
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let sentences = Sentences()
        let sinks = try project.start(tell: sentences.tell)
        let last = try await project.publish(3)
        #expect(await eventually { sentences.all.contains { $0.contains("upb/logs: Not authorized") } })
        #expect(await sinks.states[0].lag == last)
        try broker.folder.write("topic readwrite upb/fleet/#\ntopic readwrite upb/logs\n", to: "rights")
        broker.signal(SIGHUP)
        #expect(await eventually { await sinks.states[0].lag == 0 })
        // The topics of the older systems hold up nothing.
        #expect(sentences.all.contains { $0.contains("upb/workers/register: Not authorized") })
        await sinks.stop()
        await project.service.close()
    }

    @Test func tellsWhatTheFeedHasDroppedMeanwhile() async throws {
        let broker = try Broker()
        let project = try SinkProject(
            "keep_events: { count: 100 }\nevents: [{ mqtt: \"\(broker.address())\" }]\n")
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let sentences = Sentences()
        let sinks = try project.start(tell: sentences.tell)
        let first = try await project.publish(20)
        #expect(await eventually { await sinks.states[0].lag == 0 })
        broker.kill()
        let last = try await project.publish(5200)
        try await broker.start()
        #expect(await eventually { await sinks.states[0].lag == 0 })
        let gone = sentences.all.filter { $0.contains("were gone") }
        #expect(gone.count == 1, "\(sentences.all)")
        let isNoted = try await eventually {
            try await project.eventLines().contains { $0.contains("were gone") && $0.contains("\"kind\":\"note\"") }
        }
        #expect(isNoted)
        #expect(gone.first?.contains("-\(first + 1) to ") == true && last > first)
        await sinks.stop()
        await project.service.close()
    }

    @Test func leavesOutWhatIsTooMuchForASink() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\", keep: { bytes: 10K } }]\n")
        try await project.publish(1)
        let sinks = try project.start()
        #expect(await eventually { await sinks.states[0].lag == 0 })
        await sinks.stop()
        let last = try await project.publish(1000)
        let again = try project.start()
        #expect(await consumer.has(last))
        let numbers = consumer.read().numbers
        #expect(numbers.count < 60 && numbers.first == 1, "\(numbers)")
        let gone = try #require(consumer.messages().first { $0.contains("\"kind\":\"gone\"") })
        let message = try JSONText.decode(Gone.self, from: gone.utf8)
        #expect(message.detail.first.number == 2 && message.detail.last == message.sequence)
        #expect(numbers == [1] + Array(message.sequence.number...last))
        await again.stop()
        await project.service.close()
    }

    @Test func tellsTheOlderTopicsOfHostsAndTheirWork() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let sinks = try project.start()
        #expect(
            await eventually {
                consumer.messages("upb/workers/register") == [
                    "{\"address\":\"192.0.2.1\",\"name\":\"one\"}", "{\"address\":\"192.0.2.2\",\"name\":\"two\"}",
                ]
            })
        for (kind, task) in [
            ("attempt-started", "a"), ("attempt-started", "b"), ("attempt-ended", "a"), ("attempt-ended", "b"),
        ] {
            project.service.bus.publish(try Self.attempt(kind, task))
        }
        #expect(
            await eventually {
                consumer.messages("upb/workers/status") == [
                    "{\"status\":\"busy\",\"worker_id\":\"one\"}", "{\"status\":\"idle\",\"worker_id\":\"one\"}",
                ]
            })
        // One more host, noticed with the next event; those that were told are not told again, also by another start.
        await sinks.stop()
        try project.folder.write(
            "events: [{ mqtt: \"\(broker.address())\" }]\n"
                + SinkProject.hosts.replacing(" }\n", with: ", three: { address: 192.0.2.3 } }\n"),
            to: "inventory/hosts.yaml")
        let again = try project.start()
        #expect(await eventually { consumer.messages("upb/workers/register").last?.contains("three") == true })
        #expect(consumer.messages("upb/workers/register").count == 3)
        await again.stop()
        await project.service.close()
    }

    /// What began or ended while nobody could hear of it, the ledger knows.
    @Test func tellsTheStateOfHostsAnewAfterAGap() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\", keep: { bytes: 10K } }]\n")
        let sinks = try project.start()
        project.service.bus.publish(try Self.attempt("attempt-started", "a"))
        let busy = "{\"status\":\"busy\",\"worker_id\":\"one\"}"
        #expect(await eventually { consumer.messages("upb/workers/status") == [busy] })
        await sinks.stop()
        project.service.bus.publish(try Self.attempt("attempt-ended", "a"))
        let ledger = try await project.service.ledger.open()
        let run = Run(command: "b")
        let task = LedgerTask(
            run: run.id, position: 1, name: "b", key: Digest(bytes: [UInt8](repeating: 7, count: 32)),
            parameters: .object([:]))
        try await ledger.begin(run, tasks: [task])
        var attempt = try Attempt(task: task.id, number: 1, host: HostName("two"))
        attempt.state = .running
        try await ledger.record(attempt)
        let last = try await project.publish(1000)
        let again = try project.start()
        #expect(await consumer.has(last))
        #expect(
            await eventually {
                consumer.messages("upb/workers/status") == [
                    busy, busy.replacing("busy", with: "idle"), busy.replacing("one", with: "two"),
                ]
            })
        await again.stop()
        await project.service.close()
    }

    private static func attempt(_ kind: String, _ task: String) throws -> Event {
        try JSONText.decode(
            Event.self,
            from: """
                {"sequence":null,"time":"2026-11-26T12:00:00.000Z","operation":"20261126-120000-a1b2c3","run":"r1",
                "host":"one","task":"\(task)","kind":"\(kind)","detail":{"number":1,"state":"running","method":null,
                "exit":null,"milliseconds":null,"failure":null}}
                """.utf8)
    }

    @Test func holdsUpNothingWhenABrokerStandsStill() async throws {
        let (still, other) = (try Broker(), try Broker())
        try await still.start()
        try await other.start()
        let project = try SinkProject(
            "events: [{ mqtt: \"\(still.address())\" }, { mqtt: \"\(other.address())\" }]\n")
        let sinks = try project.start()
        try await project.publish(10)
        #expect(await eventually { await sinks.states.allSatisfy { $0.lag == 0 } })
        still.signal(SIGSTOP)
        let last = try await project.publish(3000)
        #expect(await eventually { await sinks.states[1].acknowledged?.number == last })
        #expect(await sinks.states[0].lag ?? 0 > 0)
        let clock = ContinuousClock()
        let time = await clock.measure { await sinks.stop(within: .milliseconds(200)) }
        #expect(time < .seconds(20))
        still.signal(SIGCONT)
        await project.service.close()
    }

    /// The thread of that sink is in connect(2) then, and nobody waits for it longer than was said.
    @Test func holdsUpNothingWhileAConnectionIsBeingMade() async throws {
        let (full, other) = (try FullListener(), try Broker())
        try await other.start()
        let project = try SinkProject(
            "events: [{ mqtt: \"mqtt://\(full.address):\(full.port)/upb/logs\" }, { mqtt: \"\(other.address())\" }]\n")
        let sinks = try project.start()
        let last = try await project.publish(300)
        #expect(await eventually { await sinks.states[1].acknowledged?.number == last })
        #expect(await sinks.states[0].lag == last)
        let time = await ContinuousClock().measure { await sinks.stop(within: .milliseconds(100)) }
        #expect(time < .seconds(20))
        await project.service.close()
    }

    @Test func sendsFromOneProgramAtATime() async throws {
        let broker = try Broker()
        try await broker.start()
        let project = try SinkProject("events: [{ mqtt: \"\(broker.address())\" }]\n")
        let first = try project.start()
        #expect(await eventually { await first.states[0].connectedSince != nil })
        let second = try project.start()
        #expect(await eventually { await second.states[0].problem != nil })
        #expect(await second.states[0].problem?.text(in: .english) == "another fleet serve sends to this broker")
        await first.stop()
        #expect(await eventually { await second.states[0].connectedSince != nil })
        await second.stop()
        await project.service.close()
    }
}

private struct Gone: Decodable {
    struct Detail: Decodable { let first, last: EventSequence }

    let sequence: EventSequence
    let detail: Detail
}
