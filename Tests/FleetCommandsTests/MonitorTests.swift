import FleetBase
import FleetConfig
import FleetLedger
import Testing

@testable import FleetCommands
@testable import FleetEvents
@testable import FleetService
@testable import FleetTerminal

/// A scene with three hosts, or with many; a run that goes on, one that has ended, and what happened last.
private struct MonitorScenes {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)

    static func time(_ secondsAgo: Int) -> Timestamp { now.adding(.seconds(-secondsAgo)) }

    static func small() throws -> ProjectSnapshot {
        try scene(["pc", "raspberry", "vps"])
    }

    static func large() throws -> ProjectSnapshot {
        try scene((1...300).map { "node-\(String(1000 + $0).dropFirst())" })
    }

    private static func scene(_ names: [String]) throws -> ProjectSnapshot {
        let lines = names.map { "  \($0): { address: 192.0.2.7, tags: [lab] }" }.joined(separator: "\n")
        let inventory = try Inventory(
            parsing: "hosts:\n\(lines)\n", file: "hosts.yaml", paths: PathBase(folder: "/project", home: "/home/ana"))
        var scene = ProjectSnapshot()
        scene.hosts = inventory.hosts.enumerated().map { place, host in figures(host, place) }
        scene.outdated = [inventory.hosts[0].name]
        let running = Run(command: "fleet tasks run", started: time(100), id: RunID("20270115-080000-aaaa"))
        var ended = Run(
            command: "fleet run benchmark --particles 100", started: time(4000), id: RunID("20270115-070000-bbbb"))
        (ended.state, ended.ended) = (.failed, time(3900))
        let waiting = [Event.QueueState.Waiting(reason: Message("wait for a free slot"), count: 15)]
        scene.runs = [
            RunStanding(
                running, isAbandoned: false,
                Ledger.Progress(tasks: 20, done: 3, running: 2, failed: 0, usual: .seconds(40)),
                queue: QueueBoard.Told(
                    state: Event.QueueState(total: 20, done: 3, failed: 0, running: 2, waiting: waiting),
                    time: time(1))),
            RunStanding(
                ended, isAbandoned: false, Ledger.Progress(tasks: 3, done: 2, running: 0, failed: 1, usual: nil),
                queue: nil),
        ]
        for (number, host) in [(4, 0), (5, 1)] {
            scene.work.append(
                ProjectSnapshot.Work(
                    run: running.id.text, task: "sweep[particles=\(number)00]", host: inventory.hosts[host].name,
                    since: time(30 + number)))
        }
        let refused = Failure(.refused, Message("192.0.2.7 port 22 refused the connection"))
        let operation = OperationID()
        scene.events = [
            Event(time: time(100), operation: operation, run: running.id, .runStarted(Event.RunStart(tasks: 20))),
            Event(time: time(60), operation: operation, host: inventory.hosts[2].name, .hostAbsent(refused)),
            Event(
                time: time(35), operation: operation, run: running.id, host: inventory.hosts[0].name,
                task: "sweep[particles=400]",
                .attemptStarted(Event.AttemptNews(Attempt(task: "1", number: 1, host: inventory.hosts[0].name)))),
        ]
        return scene
    }

    private static func figures(_ host: Host, _ place: Int) -> HostFigures {
        var figures = HostFigures(host, state: nil, nil)
        switch place % 3 {
        case 0:
            (figures.state, figures.seen) = (.answers, time(2))
            (figures.cores, figures.load) = (8, 9.34)
            (figures.memory, figures.memoryFree) = (16 << 30, 10 << 30)
            (figures.disk, figures.diskFree) = (500 << 30, 20 << 30)
            figures.work = [
                HostFigures.Work(run: RunID("20270115-080000-aaaa"), task: "sweep[particles=400]", since: time(34))
            ]
            figures.packages = ["benchmark": "1.0.0-b564bdf5e827"]
            (figures.gpu, figures.gpuUse) = ("NVIDIA RTX A4000", 37)
            (figures.gpuMemory, figures.gpuMemoryFree) = (16 << 30, 12 << 30)
        case 1:
            (figures.state, figures.seen) = (.remembered, time(7300))
            (figures.cores, figures.memory) = (4, 4 << 30)
        default: figures.state = .silent(Failure(.refused, Message("nothing listens there")))
        }
        return figures
    }
}

@Suite struct MonitorStateTests {
    private static func state(_ scene: ProjectSnapshot) -> MonitorState {
        var state = MonitorState()
        state.scene = scene
        return state
    }

    private static func name(_ row: MonitorState.RowID?) -> String? {
        if case .host(let name) = row { name.text } else { nil }
    }

    @Test func aChosenHostStaysChosenWhereverItGoes() throws {
        var state = Self.state(try MonitorScenes.small())
        _ = state.press(.down, page: 10)
        #expect(Self.name(state.chosen[.hosts]) == "raspberry")
        _ = state.press(.character("s"), page: 10)
        #expect(state.hosts.map(\.host.name.text) == ["vps", "raspberry", "pc"])
        #expect(state.place(in: .hosts, state.rows(of: .hosts)) == 1)
        state.scene.hosts.removeFirst()
        #expect(Self.name(state.rows(of: .hosts)[state.place(in: .hosts, state.rows(of: .hosts))]) == "raspberry")
    }

    @Test func theFirstRowIsChosenWhenTheChosenOneHasGone() throws {
        var state = Self.state(try MonitorScenes.small())
        _ = state.press(.end, page: 10)
        state.scene.hosts.removeLast()
        #expect(state.place(in: .hosts, state.rows(of: .hosts)) == 0)
    }

    @Test func filtersByNameAddressAndTag() throws {
        var state = Self.state(try MonitorScenes.small())
        for key in ["/", "R", "a", "s"] { _ = state.press(.character(Character(key)), page: 10) }
        #expect(state.hosts.map(\.host.name.text) == ["raspberry"])
        _ = state.press(.backspace, page: 10)
        _ = state.press(.enter, page: 10)
        #expect(state.typing == nil && state.filter == "Ra")
        _ = state.press(.escape, page: 10)
        #expect(state.hosts.count == 3)
    }

    @Test func aRunIsStoppedOnlyAfterAYes() throws {
        var state = Self.state(try MonitorScenes.small())
        #expect(state.press(.character("c"), page: 10) == nil && state.typing != nil)
        #expect(state.press(.enter, page: 10) == nil && state.typing == nil)
        _ = state.press(.character("c"), page: 10)
        #expect(state.press(.character("n"), page: 10) == nil)
        _ = state.press(.character("c"), page: 10)
        #expect(state.press(.character("y"), page: 10) == .cancel("20270115-080000-aaaa"))
    }

    @Test func whatHasEndedCantBeStopped() throws {
        var state = Self.state(try MonitorScenes.small())
        _ = state.press(.tab, page: 10)
        _ = state.press(.end, page: 10)
        #expect(state.press(.character("c"), page: 10) == nil && state.typing == nil && state.notice != nil)
    }

    @Test func opensTheLogOfARunAndLeavesIt() throws {
        var state = Self.state(try MonitorScenes.small())
        _ = state.press(.tab, page: 10)
        #expect(state.press(.enter, page: 10) == .follow("20270115-080000-aaaa"))
        #expect(state.press(.character("q"), page: 10) == .unfollow && state.opened == nil)
        #expect(state.press(.character("q"), page: 10) == .quit)
    }

    @Test func qInAFilterIsALetter() throws {
        var state = Self.state(try MonitorScenes.small())
        _ = state.press(.character("/"), page: 10)
        #expect(state.press(.character("q"), page: 10) == nil && state.filter == "q")
    }

    @Test func noKeyHarmsAnEmptyScene() {
        let keys: [Key] =
            [
                .up, .down, .pageUp, .pageDown, .home, .end, .enter, .tab, .backTab, .left, .right, .backspace, .escape,
                .control("b"), .control("f"), .control("x"),
            ] + "scl?/hjkgG ".map { .character($0) }
        for first in keys {
            for second in keys {
                var state = MonitorState()
                _ = state.press(first, page: 1)
                _ = state.press(second, page: 1)
                for (width, height) in [(1, 1), (5, 2), (80, 24)] {
                    _ = MonitorView(state, of: "p", at: MonitorScenes.now, .english, size: (width, height)).grid
                }
            }
        }
    }

    private static func lines(_ count: Int) throws -> [RunFollower.Line] {
        let host = try HostName("pc")
        return (0..<count).map { RunFollower.Line(host: host, task: "t", stream: .output, text: "\($0)") }
    }

    @Test func aLogFollowsItsEndUntilSomebodyScrolls() throws {
        var log = MonitorLog()
        let lines = try Self.lines(100)
        log.add(lines)
        #expect(log.start(page: 10, among: 100) == 90)
        log.scroll(by: -5, page: 10, among: 100)
        log.add(lines)
        #expect(log.start(page: 10, among: 200) == 85)
        log.scroll(by: .max / 2, page: 10, among: 200)
        log.add(lines)
        #expect(log.start(page: 10, among: 300) == 290)
    }

    @Test func aLogForgetsItsOldestLines() throws {
        var log = MonitorLog()
        for _ in 0..<30 { log.add(try Self.lines(1000)) }
        #expect(log.all.count <= 2 * MonitorLog.most && log.dropped + log.all.count == 30_000)
    }
}

@Suite struct MonitorViewTests {
    init() { Catalogue.add(FleetProgram.words) }

    @Test(arguments: [Language.english, .spanish]) func areTheKeptScreens(language: Language) throws {
        // The clock of this machine is in the header.
        let clock = MonitorScenes.now.clockText
        for (width, height) in KeptScreen.sizes {
            let size = "\(width)x\(height).\(language.rawValue)"
            for (name, scene) in [("hosts", try MonitorScenes.small()), ("300-hosts", try MonitorScenes.large())] {
                var state = MonitorState()
                state.scene = scene
                let keep = { (what: String, state: MonitorState) in
                    let view = MonitorView(
                        state, of: "project", at: MonitorScenes.now, language, size: (width, height))
                    let lines = Self.withoutClocks(view.grid.lines, clock)
                    try KeptScreen.expect(lines, are: "monitor-\(what)-\(name).\(size)")
                }
                try keep("all", state)
                _ = state.press(.enter, page: 10)
                try keep("host", state)
                if name == "hosts" {
                    try KeptScreen.expect(
                        Self.withoutClocks(
                            StatusReport(scene, at: MonitorScenes.now).lines((width, height), language).map {
                                $0.cut(to: width).plain
                            }, clock), are: "status.\(size)")
                    _ = state.press(.escape, page: 10)
                    _ = state.press(.character("?"), page: 10)
                    try keep("help", state)
                }
            }
        }
    }

    /// Times of day depend on where the machine stands.
    private static func withoutClocks(_ lines: [String], _ clock: String) -> [String] {
        let clocks = Set((0..<10_000).map { MonitorScenes.time($0 - 1000).clockText } + [clock])
        return lines.map { line in
            line.split(separator: " ", omittingEmptySubsequences: false)
                .map { clocks.contains(String($0)) ? "hh:mm:ss" : String($0) }.joined(separator: " ")
        }
    }

    @Test(arguments: KeptScreen.sizes) func noRowIsWiderThanTheTerminal(width: Int, height: Int) throws {
        var state = MonitorState()
        state.scene = try MonitorScenes.large()
        let grid = MonitorView(state, of: "p", at: MonitorScenes.now, .spanish, size: (width, height)).grid
        #expect(grid.lines.count == height && grid.lines.allSatisfy { $0.columns == width })
    }

    @Test func theChosenRowIsAlwaysSeen() throws {
        var state = MonitorState()
        state.scene = try MonitorScenes.large()
        for _ in 0..<30 {
            _ = state.press(.pageDown, page: 12)
            guard case .host(let name) = state.chosen[.hosts] else { break }
            let grid = MonitorView(state, of: "p", at: MonitorScenes.now, .english, size: (80, 24)).grid
            #expect(grid.lines.contains { $0.hasPrefix(name.text) })
        }
    }
}
