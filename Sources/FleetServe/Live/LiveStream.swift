import FleetBase
import FleetEvents
import FleetHTTP
import FleetLedger
import FleetService

/// Keeps one page in one browser up to date, over server-sent events.
///
/// Events only say that something has happened: the page is made once more, and what of it differs from what the browser
/// shows is sent. So nothing is lost by an event that was missed, by a gap, or by a stream that begins again, and a slow
/// browser gets the newest state instead of everything between.
struct LiveStream: Sendable {
    let service: FleetService
    let watch: HostWatch
    let board: QueueBoard
    /// Makes the page as it is now.
    let make: @Sendable () async throws -> Page
    /// The hash of the content that the browser shows; see ``PageContent/hash``.
    let shown: String?

    /// No page is made more often.
    private static let pause = Duration.milliseconds(250)
    /// How soon a changed inventory shows.
    private static let glance = Duration.seconds(1)

    var response: HTTPResponse {
        HTTPResponse(200, type: "text/event-stream") { await serve(SharedWriter($0)) }
    }

    /// Whoever ends first ends the others: the browser is gone, or the server is.
    private func serve(_ writer: SharedWriter) async {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = watch.add { signal.yield() }
        defer { watch.remove(listener) }
        let stamps = await inventoryStamps()
        guard let page = try? await make(), let last = try? await service.bus.feed?.last() else { return }
        await withTaskGroup { group in
            group.addTask {
                let follower = service.bus.follow(after: last, durable: !page.wantsQueue)
                // The page that is compared is made after this, so nothing is missed between.
                signal.yield()
                for await item in follower {
                    guard case .event(let event) = item, !board.note(event) else {
                        signal.yield()
                        continue
                    }
                }
            }
            group.addTask { try? await update(writer, signals, listener) }
            group.addTask {
                try? await writer.write("event: hello\ndata: \"\(Assets.standard.build)\"\n\n")
                try? await writer.beat(": \n\n")
            }
            group.addTask {
                var stamps = stamps
                while (try? await Task.sleep(for: Self.glance)) != nil {
                    let newest = await inventoryStamps()
                    if newest != stamps { signal.yield() }
                    stamps = newest
                }
            }
            if let interval = page.refreshes {
                group.addTask {
                    while (try? await Task.sleep(for: interval)) != nil { signal.yield() }
                }
            }
            if let run = page.log { group.addTask { try? await sendLog(of: run, writer) } }
            await group.next()
            group.cancelAll()
        }
    }

    private func inventoryStamps() async -> [FileStamp?] {
        await ThreadExecutor.disk.run { service.inventoryStamps }
    }

    // MARK: The page

    private func update(_ writer: SharedWriter, _ signals: AsyncStream<Void>, _ listener: Int) async throws {
        var known: PageContent?
        for await _ in signals {
            let start = ContinuousClock.now
            let page = try await make()
            let content = PageContent(page)
            let hash = content.hash
            if known == nil, hash == shown { known = content }
            for (name, changes) in content.changes(since: known).byName {
                try await writer.write("event: \(name)\ndata: \(changes.json(hash: hash))\n\n")
            }
            known = content
            watch.want(page.hosts, by: listener)
            // A page of very many tasks is no reason to do nothing else.
            try await Task.sleep(for: max(Self.pause, (ContinuousClock.now - start) * 4))
        }
    }

    // MARK: The log

    /// Lines come by the group, and not for ever: when the run has ended, the stream goes on without.
    private func sendLog(of run: RunID, _ writer: SharedWriter) async throws {
        let tail = LogTail()
        try await writer.write("event: log\ndata: {\"clear\":true}\n\n")
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { tail.end() }
                // A run that is only now being written down is not there yet for whoever looks it up.
                try? await RunFollower(run.text, by: service).follow(isBehind: { false }) { tail.add($0) }
            }
            for await _ in tail.wakes {
                if let text = tail.take() { try await writer.write("event: log\ndata: \(text)\n\n") }
                try await Task.sleep(for: Self.pause)
            }
            if let text = tail.take() { try await writer.write("event: log\ndata: \(text)\n\n") }
        }
        // Ending here would end the stream.
        try await Task.sleep(for: .seconds(1 << 30))
    }
}
