import FleetBase
import FleetConfig
import FleetEvents
import FleetHTTP
import FleetTesting
import Foundation
import Testing

@testable import FleetServe
@testable import FleetService

@Suite struct LiveTests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    @Test func hostsAreLookedAtWhileSomebodyLooksAndTheFeedHearsNothing() async throws {
        let watch = HostWatch(project.service, every: .milliseconds(50))
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let listener = watch.add { signal.yield() }
        #expect(watch.count == 0)
        watch.want([try HostName("one")], by: listener)
        var looks = 0
        for await _ in signals {
            looks += 1
            if looks == 3 { break }
        }
        let sight = try #require(watch.sights()[try HostName("one")])
        #expect(sight.failure == nil && sight.facts?.number("cores") != nil && sight.seen != nil)
        #expect(watch.sights()[try HostName("two")] == nil && watch.count == 1)
        watch.remove(listener)
        #expect(watch.count == 0)
        #expect(try await project.service.bus.feed?.last().number == 0)
        await project.service.close()
    }

    /// A host that is gone keeps what was known of it.
    @Test func silentHostKeepsItsFiguresWithTheirAge() throws {
        let host = try #require(try project.service.currentInventory.hosts.first)
        let seen = Timestamp(milliseconds: 1_000_000)
        let state = HostState(
            facts: ["cores": 8], packages: ["benchmark": PackageState(version: "1.0.0", digest: "00", pushed: seen)],
            seen: seen)
        let failure = Failure(.unreachable, Message("no answer in time"))
        let figures = HostFigures(host, state: state, HostWatch.Sight(failure: failure, failing: .now))
        #expect(figures.state == .silent(failure) && figures.seen == seen && figures.cores == 8)
        #expect(figures.packages == ["benchmark": "1.0.0"] && figures.slots == 8)
        #expect(HostFigures(host, state: state, nil).state == .remembered)
        #expect(HostFigures(host, state: nil, nil).state == .unseen)
    }

    @Test func hostIsSetAsideUntilItComesBackOrTheOperationEnds() throws {
        let (one, two, run) = (try HostName("one"), try HostName("two"), OperationID())
        let failure = Failure(.refused, Message("no answer in time"))
        let events = [
            Event(operation: run, host: one, .failure(failure)), Event(operation: run, host: two, .hostAbsent(failure)),
        ]
        #expect(HostBoard.reasons(in: events).keys.sorted() == [one, two])
        let back = Event(operation: run, host: one, .hostReady(Event.HostReady(slots: 2)))
        #expect(HostBoard.reasons(in: events + [back]).keys.sorted() == [two])
        let end = Event(operation: run, .operationEnded(Event.OperationEnd(.done, after: .seconds(1))))
        #expect(HostBoard.reasons(in: events + [end]).isEmpty)
    }

    @Test func queueTellsThatItSetsAHostAside() async throws {
        let folder = project.folder
        let roots = ["one": "/proc/fleet", "two": "\(folder.path)/two"].sorted { $0.key < $1.key }.map {
            "  \($0.key): { address: localhost, transport: local, slots: 1, root: \($0.value) }\n"
        }
        try folder.write("hosts:\n" + roots.joined(), to: "inventory/hosts.yaml")
        try folder.write(
            "tasks:\n  - { name: count, command: 'sleep 0.3', matrix: { n: 1..20 } }\n", to: "tasks.yaml")
        let operation = TasksOperation(TaskWords(names: []), command: "fleet tasks run")
        let report = try await project.service.start(operation).result
        #expect(report.results.allSatisfy(\.isDone) && report.absent.isEmpty)
        await project.service.bus.flush()
        let events = try await #require(project.service.bus.feed).events(after: 0, limit: 10_000).events
        let failures = events.filter { $0.kind.name == "failure" }
        #expect(failures.map { $0.host?.text } == ["one"], "\(events.map { "\($0.host?.text ?? "") \($0.kind)" })")
        #expect(HostBoard.reasons(in: failures).keys.map(\.text) == ["one"])
        await project.service.close()
    }

    @Test func streamSendsChangesOfThePage() async throws {
        try await project.serving { client, _ in
            #expect(try await client.ask("GET /live").status == 422)
            #expect(try await client.ask("GET /live?page=/nothing").status == 404)
            let html = try await client.ask("GET /").body
            let hash = try #require(html.firstMatch(of: /data-hash="([0-9a-f]+)"/)?.1)
            let stream = try client.open("GET /live?page=%2F&have=\(hash)")
            // Nobody had looked at the hosts before.
            let first = await stream.read { $0.contains("host-one") && $0.contains("host-two") && $0.hasSuffix("\n\n") }
            #expect(first.contains("event: hello\ndata: \"\(Assets.standard.build)\""))
            #expect(first.contains("event: hosts\n") && !first.contains("\"events\":"))
            _ = try await client.ask("POST /api/operations", body: #"{"operation":"ping"}"#)
            let second = await stream.read { $0.contains("event: page\n") && $0.contains("\"events\":[\"event-") }
            #expect(second.contains("ping"))
            // Written by an editor, of which no event tells.
            let hosts = try project.folder.read("inventory/hosts.yaml")
            try project.folder.write(hosts + "  three: { address: localhost }\n", to: "inventory/hosts.yaml")
            let third = await stream.read { $0.contains("host-three") }
            #expect(third.contains("host-three"))
            stream.close()
        }
    }

    /// A queue that another process has: what the feed keeps of it says why its tasks wait.
    @Test func queueOfAnotherProgramTellsWhyTasksWait() async throws {
        let (folder, end) = (project.folder, project.folder.path + "/end")
        let hosts = ["one", "two"].map {
            "  \($0): { address: localhost, transport: local, slots: 1, root: \(folder.path)/\($0) }\n"
        }
        try folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        let command = "while [ ! -e \(end) ]; do sleep 0.05; done"
        try folder.write(
            "tasks:\n  - { name: count, command: '\(command)', matrix: { n: 1..5 } }\n", to: "tasks.yaml")
        let other = FleetService(
            Project(folder: folder.path), home: folder.path, environment: ProcessInfo.processInfo.environment,
            warn: { _ in })
        try await project.serving { client, _ in
            let stream = try client.open("GET /live?page=%2F")
            let run = try other.start(TasksOperation(TaskWords(names: []), command: "fleet tasks run"))
            let told = await stream.read { $0.contains("wait for a free slot") }
            #expect(told.contains("event: page"))
            // A server that has heard nothing of it asks the feed.
            let page = try await RunsPage(service: project.service, queues: QueueBoard()).page(
                PageRequest(
                    target: HTTPTarget(reading: ArraySlice("/runs".utf8)), parameters: [:],
                    words: PageWords(language: .english)))
            let text = page.content.map(\.text).joined()
            #expect(text.firstMatch(of: /wait for a free slot \(<time [^>]*data-age/) != nil, "\(text)")
            stream.close()
            try folder.write("", to: "end")
            #expect(try await run.result.results.allSatisfy(\.isDone))
        }
        await other.close()
    }

    @Test func programsHearFiguresOfHostsWhenTheyAsk() async throws {
        try await project.serving { client, _ in
            let stream = try client.open("GET /api/events?hosts=true")
            let text = await stream.read { $0.contains("\"name\":\"one\"") && $0.contains("\"name\":\"two\"") }
            #expect(text.contains("event: hosts\n") && text.contains("\"answers\":true"))
            stream.close()
        }
    }

    @Test func logKeepsTheLatestLinesOfWhoDoesNotRead() throws {
        let (tail, host) = (LogTail(), try HostName("one"))
        for number in 1...5000 {
            tail.add(RunFollower.Line(host: host, task: "t", stream: .output, text: "line \(number) \u{1B}"))
        }
        let text = try #require(tail.take())
        let value = try JSONText.decode(JSONValue.self, from: text.utf8)
        guard case .array(let lines) = value["lines"] else {
            Issue.record("no lines")
            return
        }
        #expect(lines.count == LogTail.most && value["missed"] == .integer(Int64(5000 - LogTail.most)))
        #expect(lines.last == ["one", "t", "output", "line 5000 ^["])
        #expect(tail.take() == nil)
    }
}
