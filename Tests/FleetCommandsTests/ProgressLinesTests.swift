import FleetBase
import FleetLedger
import Testing

@testable import FleetCommands
@testable import FleetEvents
@testable import FleetTerminal
@testable import FleetViews

/// The rows that stand below all lines while an operation goes on.
@Suite struct ProgressLinesTests {
    init() { Catalogue.add(FleetProgram.words) }

    /// An operation whose events a test tells, at times that it chooses.
    private struct Story {
        private(set) var activity = Activity()
        private let operation = OperationID()
        private let start = Timestamp(milliseconds: 1_800_000_000_000)

        mutating func tell(_ kind: Event.Kind, at seconds: Double = 0, on host: String? = nil, task: String? = nil) {
            activity.note(
                Event(
                    time: time(seconds), operation: operation, run: nil, host: host.map { Self.name($0) },
                    task: task, kind))
        }

        func time(_ seconds: Double) -> Timestamp { start.adding(.milliseconds(Int64(seconds * 1000))) }

        func lines(at seconds: Double, _ width: Int, _ height: Int, _ language: Language = .english) -> [String] {
            let console = Console(language: language, environment: [:])
            return ProgressLines(activity, at: time(seconds), console, width: width, height: height).lines.map(\.plain)
        }

        private static func name(_ text: String) -> HostName {
            guard let name = try? HostName(text) else { preconditionFailure("not a host's name: \(text)") }
            return name
        }

        mutating func attempt(_ task: String, on host: String, from start: Double, to end: Double? = nil) {
            var attempt = Attempt(task: task, number: 1, host: Self.name(host))
            (attempt.state, attempt.started) = (.running, time(start))
            tell(.attemptStarted(Event.AttemptNews(attempt)), at: start, on: host, task: task)
            guard let end else { return }
            (attempt.state, attempt.ended) = (.done, time(end))
            tell(.attemptEnded(Event.AttemptNews(attempt)), at: end, on: host, task: task)
        }

        func host(_ name: String) -> Activity.Host? { activity.hosts[Self.name(name)] }

        mutating func begin(_ name: String, on hosts: [String]) {
            tell(.operationStarted(Event.OperationStart(name: name, command: "fleet \(name)", process: 1)))
            tell(.hostsChosen(Event.HostNames(hosts.map { Self.name($0) })))
        }
    }

    private static let refused = Failure(
        .refused, Message("\("192.0.2.7") port \(22) refused the connection: nothing listens there"))

    /// A push in the middle: one host has it, one has refused, two are being sent to, one unpacks, one is to come.
    private static func push(_ count: Int = 6) -> Story {
        let names = (1...count).map { count < 10 ? "worker-\($0)" : "node-\(String(1000 + $0).dropFirst())" }
        var story = Story()
        story.begin("push", on: names)
        for (index, name) in names.enumerated() {
            let start = Double(index) / 100
            if index % 6 == 5 { continue }
            story.tell(.hostConnecting, at: start, on: name)
            if index % 6 == 1 {
                story.tell(.hostEnded(Event.HostEnd(refused)), at: 1, on: name)
                continue
            }
            story.tell(.hostConnected(Event.HostConnection(after: .seconds(1))), at: start + 1, on: name)
            let step = Step(.send, "benchmark 1.0.0")
            story.tell(.stepStarted(step), at: start + 1, on: name)
            if index % 6 == 0 {
                story.tell(.hostEnded(Event.HostEnd(nil)), at: start + 3.25, on: name)
                continue
            }
            let mebibytes = Int64(index % 6 + 1) * 8
            story.tell(.sent(Event.Transfer(mebibytes << 20, of: 64 << 20)), at: start + 3, on: name)
            guard index % 6 == 4 else { continue }
            story.tell(.stepEnded(StepEnd(step, .done, after: .seconds(2))), at: start + 3, on: name)
            story.tell(.stepStarted(Step(.unpack)), at: start + 3, on: name)
        }
        return story
    }

    /// A sweep in the middle.
    private static func sweep() -> Story {
        var story = Story()
        story.begin("tasks run", on: ["pc", "raspberry", "vps"])
        for number in 1...4 {
            let task = "sweep[particles=\(number)00,seed=1]"
            story.attempt(task, on: "pc", from: 1, to: 31)
        }
        for (number, host) in [(5, "pc"), (6, "raspberry"), (7, "vps")] {
            let task = "sweep[particles=\(number)00,seed=1]"
            story.attempt(task, on: host, from: 31)
        }
        story.tell(.progress(["progress": .number(0.42)]), at: 35, on: "pc", task: "sweep[particles=500,seed=1]")
        story.tell(
            .output(Event.Output(.output, "epoch 3, loss 0.25\n\n")), at: 35, on: "vps",
            task: "sweep[particles=700,seed=1]")
        let waiting = [Event.QueueState.Waiting(reason: Message("wait for a free slot"), count: 13)]
        story.tell(.queue(Event.QueueState(total: 20, done: 4, failed: 0, running: 3, waiting: waiting)), at: 35)
        return story
    }

    /// A run in the middle: one host sends, one makes its Python environment, one works, one has refused.
    private static func run() -> Story {
        var story = Story()
        story.begin("run", on: ["pc-ana", "pc-leo", "raspberry", "vps"])
        story.tell(.stepStarted(Step(.send, "benchmark 1.0.0")), at: 1, on: "pc-ana")
        story.tell(.sent(Event.Transfer(24 << 20, of: 64 << 20)), at: 3, on: "pc-ana")
        for host in ["pc-leo", "raspberry"] {
            story.tell(.hostConnecting, at: 1, on: host)
            story.tell(.hostConnected(Event.HostConnection(after: .seconds(1))), at: 2, on: host)
        }
        story.attempt("benchmark", on: "pc-leo", from: 2)
        story.tell(.stepStarted(Step(.environment)), at: 2, on: "pc-leo", task: "benchmark")
        story.tell(.progress(.string("pip: Collecting numpy>=1.26")), at: 30, on: "pc-leo", task: "benchmark")
        story.attempt("benchmark", on: "raspberry", from: 4)
        story.tell(.progress(["progress": .number(0.25)]), at: 30, on: "raspberry", task: "benchmark")
        story.tell(.hostEnded(Event.HostEnd(refused)), at: 1, on: "vps")
        return story
    }

    private static func versions() -> Story {
        var story = Story()
        story.begin("versions", on: ["pc-ana", "pc-leo", "vps"])
        story.tell(.stepStarted(Step(.probe)), on: "pc-ana")
        story.tell(.hostEnded(Event.HostEnd(nil)), at: 1, on: "pc-ana")
        story.tell(.hostConnecting, on: "pc-leo")
        story.tell(.hostEnded(Event.HostEnd(refused)), at: 1, on: "vps")
        return story
    }

    @Test(arguments: [Language.english, .spanish]) func areTheKeptScreens(language: Language) throws {
        for (width, height) in KeptScreen.sizes {
            let size = "\(width)x\(height).\(language.rawValue)"
            try KeptScreen.expect(
                Self.push().lines(at: 5, width, height, language), are: "progress-push.\(size)")
            try KeptScreen.expect(
                Self.push(300).lines(at: 5, width, height, language), are: "progress-300-hosts.\(size)")
            try KeptScreen.expect(
                Self.sweep().lines(at: 40, width, height, language), are: "progress-tasks.\(size)")
            try KeptScreen.expect(Self.run().lines(at: 40, width, height, language), are: "progress-run.\(size)")
            try KeptScreen.expect(
                Self.versions().lines(at: 5, width, height, language), are: "progress-versions.\(size)")
        }
    }

    @Test(arguments: KeptScreen.sizes) func fitTheTerminal(width: Int, height: Int) {
        for story in [Self.push(), Self.push(300), Self.sweep(), Self.run(), Self.versions()] {
            let lines = story.lines(at: 5, width, height)
            #expect(lines.count <= height / 2 && lines.allSatisfy { $0.columns < width })
        }
    }

    /// A log has room for one line.
    @Test(arguments: [(200, 2), (1, 1), (3, 5)]) func fitWhereThereIsHardlyRoom(width: Int, height: Int) {
        for story in [Self.push(), Self.push(300), Self.sweep(), Self.run(), Self.versions()] {
            #expect((1...2).contains(story.lines(at: 40, width, height).count))
        }
    }

    @Test func aLineThatStandsStillBecomesSlower() throws {
        var story = Story()
        story.begin("push", on: ["pc"])
        story.tell(.stepStarted(Step(.send)), on: "pc")
        story.tell(.sent(Event.Transfer(10 << 20, of: 100 << 20)), at: 1, on: "pc")
        let transfer = try #require(story.host("pc")?.transfer)
        #expect(transfer.rate(at: story.time(1)) == Double(10 << 20))
        #expect(transfer.rate(at: story.time(10)) == Double(1 << 20))
        #expect(transfer.left(at: story.time(1)) == .seconds(9))
    }

    @Test func theNextInputBeginsAtNothing() throws {
        var story = Story()
        story.begin("push", on: ["pc"])
        story.tell(.stepStarted(Step(.send)), on: "pc")
        story.tell(.sent(Event.Transfer(10 << 20, of: 10 << 20)), at: 1, on: "pc")
        story.tell(.sent(Event.Transfer(1 << 20, of: 20 << 20)), at: 2, on: "pc")
        let transfer = try #require(story.host("pc")?.transfer)
        #expect(transfer.share == 0.05 && transfer.rate(at: story.time(3)) == nil)
    }

    @Test func whatHasFailedIsNotMadeGoodByTheNextPackage() {
        var story = Story()
        story.begin("push", on: ["pc"])
        story.tell(.hostEnded(Event.HostEnd(Self.refused)), on: "pc")
        story.tell(.stepStarted(Step(.compare)), at: 1, on: "pc")
        #expect(story.host("pc")?.failure == Self.refused)
    }

    /// pip may take minutes.
    @Test func saysThatPipIsAtWork() {
        var story = Story()
        story.begin("tasks run", on: ["pc", "vps"])
        story.attempt("sweep", on: "pc", from: 1)
        story.tell(.stepStarted(Step(.environment)), at: 1, on: "pc", task: "sweep")
        story.tell(.progress(.string("pip: Collecting numpy>=1.2")), at: 2, on: "pc", task: "sweep")
        let row = story.lines(at: 31, 80, 24)[1]
        #expect(row == "pc    30 s  Python environment  pip: Collecting numpy>=1.2")
        story.tell(.stepEnded(StepEnd(Step(.environment), .done, after: .seconds(30))), at: 31, on: "pc", task: "sweep")
        #expect(story.lines(at: 31, 80, 24).contains { $0.hasSuffix("30 s") })
    }

    @Test func saysWhatAQueueGivesAHostBeforeItsTask() {
        var story = Story()
        story.begin("tasks run", on: ["pc", "vps"])
        story.tell(.queue(Event.QueueState(total: 2, done: 0, failed: 0, running: 2, waiting: [])))
        story.attempt("sweep", on: "pc", from: 1)
        story.tell(.stepStarted(Step(.image, "hello")), at: 1, on: "vps", task: "sweep 2")
        #expect(story.lines(at: 9, 80, 24).contains("vps  image 8 s"))
    }

    @Test func saysWhatABuildSays() {
        var story = Story()
        story.begin("push", on: ["pc"])
        story.tell(.stepStarted(Step(.pack, "hello")))
        story.tell(.stepStarted(Step(.build, "hello:1.0 Dockerfile")))
        story.tell(.output(Event.Output(.output, "STEP 2/5: RUN apt-get update")))
        #expect(
            story.lines(at: 9, 80, 24) == ["building hello:1.0 Dockerfile … 9 s  STEP 2/5: RUN apt-get update"])
        story.tell(.stepEnded(StepEnd(Step(.build, "hello:1.0 Dockerfile"), .done, after: .seconds(9))), at: 9)
        #expect(story.lines(at: 9, 80, 24) == ["building hello … 9 s"])
    }

    @Test func aHostThatIsNotOfTheOperationIsNotShown() {
        var story = Story()
        story.begin("push", on: ["pc"])
        story.tell(.stepStarted(Step(.compare)), on: "jump")
        #expect(story.lines(at: 1, 80, 24).count == 2)
    }

    @Test func whatAHostSaysCantSteerTheTerminal() {
        var story = Story()
        story.begin("exec", on: ["pc"])
        story.tell(.stepStarted(Step(.command)), on: "pc")
        story.tell(.output(Event.Output(.output, "a\u{1B}[2Jb\rc")), on: "pc")
        #expect(story.lines(at: 1, 80, 24).allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 32 } })
    }
}
