import FleetBase
import FleetEvents
import FleetService
import FleetTerminal

/// What a person sees of a scene and does with it. Keys change it, and nothing here looks at a clock, a host or a terminal.
struct MonitorState: Sendable {
    enum Pane: Int, CaseIterable, Sendable { case hosts, runs, events }

    /// What a row is about; a chosen row stays chosen wherever it goes.
    enum RowID: Sendable, Hashable {
        case host(HostName)
        case run(String)
        case work(String, task: String, HostName)
        /// Its number in the order in which events came.
        case event(Int)
    }

    enum Opened: Sendable, Hashable {
        case host(HostName)
        case log(String)
        case help
    }

    /// What is typed at the bottom.
    enum Typing: Sendable, Hashable {
        case filter
        case confirmation(String)
    }

    /// What somebody else has to do.
    enum Action: Sendable, Hashable {
        case quit, stop
        case cancel(String)
        case follow(String), unfollow
    }

    var scene = ProjectSnapshot()
    private(set) var pane = Pane.hosts
    private(set) var order = HostOrder.inventory
    /// A part of a host's name, address, tag or group, or of a line of a log.
    private(set) var filter = ""
    private(set) var typing: Typing?
    private(set) var opened: Opened?
    var log = MonitorLog()
    /// What is said at the bottom until the next key.
    var notice: Message?
    private(set) var chosen: [Pane: RowID] = [:]
    /// How many events came before those of the scene.
    var eventsBefore = 0
    /// How far the text of a host is scrolled.
    private(set) var scroll = 0

    // MARK: Rows

    /// The hosts that the filter takes, in the order that is wanted.
    var hosts: [HostFigures] {
        guard !filter.isEmpty, opened == nil else { return order.sort(scene.hosts) }
        return order.sort(scene.hosts.filter { $0.matches(filter) })
    }

    /// Each run that goes on with its tasks below it, then those that have ended.
    var runRows: [RowID] {
        let (running, ended) = (scene.runs.filter(\.isRunning), scene.runs.filter { !$0.isRunning })
        return running.flatMap { standing in
            [.run(standing.run.id.text)]
                + scene.work.filter { $0.run == standing.run.id.text }.map { .work($0.run, task: $0.task, $0.host) }
        } + ended.map { .run($0.run.id.text) }
    }

    var eventRows: [RowID] { scene.events.indices.reversed().map { .event(eventsBefore + $0) } }

    func rows(of pane: Pane) -> [RowID] {
        switch pane {
        case .hosts: hosts.map { .host($0.host.name) }
        case .runs: runRows
        case .events: eventRows
        }
    }

    /// Where the chosen row of a pane is; the first one where none is chosen or it has gone.
    func place(in pane: Pane, _ rows: [RowID]) -> Int { chosen[pane].flatMap { rows.firstIndex(of: $0) } ?? 0 }

    // MARK: Keys

    /// - Parameter page: how many rows a page has.
    mutating func press(_ key: Key, page: Int) -> Action? {
        notice = nil
        if let typing { return type(key, typing) }
        switch key {
        case .control("z"): return .stop
        case .control("c"): return .quit
        case .character("/"): typing = .filter
        case .character("q"), .escape: return back(isEscape: key == .escape)
        default: return opened == nil ? act(key, page: page) : look(key, page: page)
        }
        return nil
    }

    private mutating func type(_ key: Key, _ what: Typing) -> Action? {
        switch (what, key) {
        case (_, .control("c")): typing = nil
        case (.filter, .character(let character)): filter.append(character)
        case (.filter, .backspace): filter = String(filter.dropLast())
        case (.filter, .enter): typing = nil
        case (.filter, .escape): (typing, filter) = (nil, "")
        case (.confirmation(let run), .character(let answer)):
            typing = nil
            return "yYsS".contains(answer) ? .cancel(run) : nil
        case (.confirmation, _): typing = nil
        default: break
        }
        return nil
    }

    /// Closes what lies above, then takes the filter away, then ends.
    private mutating func back(isEscape: Bool) -> Action? {
        if let opened {
            self.opened = nil
            filter = ""
            if case .log = opened { return .unfollow }
        } else if !filter.isEmpty {
            filter = ""
        } else {
            return isEscape ? nil : .quit
        }
        return nil
    }

    private mutating func act(_ key: Key, page: Int) -> Action? {
        switch key {
        case .tab, .right: turn(by: 1)
        case .backTab, .left: turn(by: -1)
        case .up, .character("k"): move { $0 - 1 }
        case .down, .character("j"): move { $0 + 1 }
        case .pageUp, .control("b"): move { $0 - page }
        case .pageDown, .control("f"), .character(" "): move { $0 + page }
        case .home, .character("g"): move { _ in 0 }
        case .end, .character("G"): move { _ in .max }
        case .character("s"): order = order.next
        case .character("?"), .character("h"): opened = .help
        case .enter: return open()
        case .character("l"): return openLog()
        case .character("c"): askToCancel()
        default: break
        }
        return nil
    }

    private mutating func turn(by step: Int) {
        let all = Pane.allCases
        pane = all[(pane.rawValue + step + all.count) % all.count]
    }

    private mutating func move(_ place: (Int) -> Int) {
        let rows = rows(of: pane)
        guard !rows.isEmpty else { return }
        chosen[pane] = rows[min(rows.count - 1, max(0, place(self.place(in: pane, rows))))]
    }

    /// The row that keys are about.
    private var row: RowID? {
        let rows = rows(of: pane)
        return rows.isEmpty ? nil : rows[place(in: pane, rows)]
    }

    private mutating func open() -> Action? {
        switch row {
        case .host(let name):
            (opened, scroll, filter) = (.host(name), 0, "")
            return nil
        case .run, .work: return openLog()
        case .event(let number):
            guard let event = event(number) else { return nil }
            if let run = event.run?.text { return open(log: run) }
            if let host = event.host { (opened, scroll, filter) = (.host(host), 0, "") }
            return nil
        case nil: return nil
        }
    }

    func event(_ number: Int) -> Event? {
        let index = number - eventsBefore
        return scene.events.indices.contains(index) ? scene.events[index] : nil
    }

    /// The run that a row belongs to: of a host, the one that works there.
    private var run: String? {
        switch row {
        case .run(let run), .work(let run, _, _): run
        case .host(let name): scene.work.first { $0.host == name }?.run
        case .event(let number): event(number)?.run?.text
        case nil: nil
        }
    }

    private mutating func openLog() -> Action? {
        guard let run else {
            notice = Message("no run belongs to this row")
            return nil
        }
        return open(log: run)
    }

    private mutating func open(log run: String) -> Action {
        (opened, filter, log) = (.log(run), "", MonitorLog())
        return .follow(run)
    }

    private mutating func askToCancel() {
        guard let run, hasNotEnded(run) else {
            notice = Message("no run that goes on belongs to this row")
            return
        }
        typing = .confirmation(run)
    }

    /// Whether there is something to stop: a run that nobody works on may still have jobs on hosts.
    private func hasNotEnded(_ run: String) -> Bool {
        scene.runs.contains { $0.run.id.text == run && $0.run.state == .running }
    }

    /// While something is open.
    private mutating func look(_ key: Key, page: Int) -> Action? {
        let step: Int? =
            switch key {
            case .up, .character("k"): -1
            case .down, .character("j"): 1
            case .pageUp, .control("b"): -page
            case .pageDown, .control("f"), .character(" "): page
            case .home, .character("g"): -.max / 2
            case .end, .character("G"): .max / 2
            default: nil
            }
        switch (opened, step) {
        case (.log, let step?): log.scroll(by: step, page: page, among: log.lines(with: filter).count)
        case (.host, let step?): scroll = max(0, min(scroll + step, 1000))
        case (.log(let run), nil) where key == .character("c"):
            if hasNotEnded(run) { typing = .confirmation(run) } else { notice = Message("the run has ended") }
        case (.help, _): opened = nil
        default: break
        }
        return nil
    }
}
