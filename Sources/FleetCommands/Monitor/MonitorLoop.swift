import FleetBase
import FleetEvents
import FleetService
import FleetTerminal

/// Brings keys, looks at hosts, events and lines of a log into one state, and draws it when it has changed.
actor MonitorLoop {
    /// Nothing is read more often: with many hosts and tasks it takes a while.
    private static let rest = Duration.milliseconds(500)
    /// How many events are kept, and how many are read at the beginning.
    private static let (mostEvents, firstEvents) = (2000, 500)

    private let service: FleetService
    private let screen: FullScreen
    private let language: Language
    /// What the project is called: as its folder.
    private let name: String
    private let watch: HostWatch
    private let queues = QueueBoard()
    private var state = MonitorState()
    private var follower: Task<Void, Never>?
    private let (news, newsFeed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(_ service: FleetService, _ screen: FullScreen, every interval: Duration, _ language: Language) {
        (self.service, self.screen, self.language) = (service, screen, language)
        name = HostText(service.project.folder.split(separator: "/").last.map(String.init) ?? "/").line
        watch = HostWatch(service, every: interval)
    }

    /// Until a person ends it, the terminal is gone, or the task is cancelled.
    func run() async {
        let listener = watch.add { [newsFeed] in newsFeed.yield() }
        defer { watch.remove(listener) }
        if let hosts = try? service.currentInventory.hosts { watch.want(hosts.map(\.name), by: listener) }
        newsFeed.yield()
        await withTaskGroup { group in
            group.addTask { await self.listen() }
            group.addTask { await self.readScenes() }
            group.addTask { await self.tick() }
            // It ends first; the others go on for ever.
            group.addTask { await self.obey() }
            await group.next()
            group.cancelAll()
        }
        follower?.cancel()
    }

    private func draw() {
        screen.show(MonitorView(state, of: name, at: .now, language, size: screen.size).grid)
    }

    /// The clock and the age of each figure go on.
    private func tick() async {
        while !Task.isCancelled {
            draw()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    // MARK: What is known

    private func readScenes() async {
        for await _ in news {
            let start = ContinuousClock.now
            do {
                let scene = try await ProjectSnapshot(service, watch, queues)
                let events = state.scene.events
                state.scene = scene
                state.scene.events = events
            } catch {
                state.notice = FleetProgram.describe(error).message
            }
            draw()
            // A twentieth of a core is enough for figures, however many hosts tell theirs.
            try? await Task.sleep(for: max(Self.rest, (ContinuousClock.now - start) * 19))
        }
    }

    private func listen() async {
        guard let feed = service.bus.feed else { return }
        let follower: EventFollower
        if let start = try? await feed.start(ofLast: Self.firstEvents) {
            follower = service.bus.follow(after: start)
        } else {
            follower = service.bus.follow()
        }
        for await item in follower {
            if case .event(let event) = item {
                guard queues.note(event) else { continue }
                if event.kind.isDurable { keep(event) }
            }
            newsFeed.yield()
        }
    }

    private func keep(_ event: Event) {
        state.scene.events.append(event)
        let surplus = state.scene.events.count - Self.mostEvents
        guard surplus > Self.mostEvents / 10 else { return }
        state.scene.events.removeFirst(surplus)
        state.eventsBefore += surplus
    }

    // MARK: What a person wants

    private func obey() async {
        for await input in screen.input {
            if case .key(let key) = input, let action = press(key) {
                guard action != .quit else { return }
                await perform(action)
            }
            draw()
        }
    }

    private func press(_ key: Key) -> MonitorState.Action? {
        state.press(key, page: max(1, MonitorView.body(rows: screen.size.rows) - 2))
    }

    private func perform(_ action: MonitorState.Action) async {
        switch action {
        case .quit: break
        case .stop: screen.stop()
        case .cancel(let run): cancel(run)
        case .unfollow: follower?.cancel()
        case .follow(let run):
            follower?.cancel()
            follower = Task { await follow(run) }
        }
    }

    /// In good order; what comes of it stands among the events.
    private func cancel(_ run: String) {
        state.notice = Message("stopping run \(run)")
        Task {
            do {
                _ = try await service.start(CancelRunOperation(run), command: "fleet runs cancel \(run)").result
                state.notice = Message("run \(run) is stopped")
            } catch {
                state.notice = FleetProgram.describe(error).message
            }
            draw()
        }
    }

    /// Once the task is cancelled the log is another one, in which nothing of this run belongs.
    private func follow(_ run: String) async {
        let lines = PendingLines()
        await withTaskGroup { group in
            group.addTask { await self.show(lines) }
            do {
                try await RunFollower(run, by: service).follow(isBehind: { lines.isFull }) { lines.add($0) }
            } catch {
                if !Task.isCancelled { state.log.problem = FleetProgram.describe(error).message }
            }
            lines.end()
        }
    }

    private func show(_ lines: PendingLines) async {
        for await _ in lines.wakes where !Task.isCancelled {
            state.log.add(lines.take())
            draw()
            try? await Task.sleep(for: Self.rest)
        }
        if !Task.isCancelled { draw() }
    }
}
