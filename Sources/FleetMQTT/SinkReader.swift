import FleetBase
import FleetConfig
import FleetEvents
import FleetService

/// Reads the feed for one broker, page by page and never ahead of its thread by more than the queue holds. What is
/// passing is in no feed, so it is not read.
struct SinkReader: Sendable {
    let service: FleetService
    let sink: EventSink
    let queue: SinkQueue
    let status: SinkStatus

    private static let rest = Duration.seconds(1)

    /// Until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            group.addTask { for await _ in service.bus.changes() { queue.lookAgain() } }
            group.addTask {
                var hosts: [SinkHost] = []
                var connection = 0
                var trouble: Message?
                for await _ in queue.wishes {
                    guard let want = queue.want else { continue }
                    tellHosts(&hosts, isNew: want.connection != connection)
                    connection = want.connection
                    await read(&trouble)
                }
            }
            await group.waitForAll()
        }
    }

    private func tellHosts(_ known: inout [SinkHost], isNew: Bool) {
        guard let inventory = try? service.inventoryIfThere else { return }
        let hosts = inventory.hosts.map { SinkHost(name: $0.name.text, address: $0.address) }
        guard hosts != known || isNew else { return }
        known = hosts
        queue.tell(hosts)
    }

    /// - Parameter trouble: why the ledger could not be read the last time.
    private func read(_ trouble: inout Message?) async {
        guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
        do {
            var isLast = false
            while !isLast, let want = queue.want { isLast = try await read(want, feed) }
            if let known = trouble { status.recovers(from: known) }
            trouble = nil
        } catch {
            let problem = (error as? any DescribedError)?.message ?? Message(verbatim: "\(error)")
            status.fails(problem, isOver: false)
            trouble = problem
            try? await Task.sleep(for: Self.rest)
            queue.lookAgain()
        }
    }

    /// - Returns: whether the feed has no more.
    private func read(_ want: SinkQueue.Want, _ feed: EventFeed) async throws -> Bool {
        let last = try await feed.last()
        var place = want.place ?? EventSequence(epoch: last.epoch, number: 0)
        if place.epoch != last.epoch {
            status.note(Message("the ledger is another one now; everything in it is sent"))
            place = EventSequence(epoch: last.epoch, number: 0)
        }
        // Who was told of another ledger's work has to hear that it is this one's now.
        var isBroken = want.place.map { $0.epoch != last.epoch } ?? false
        var items: [SinkItem] = []
        if want.isFirst {
            let start = try await feed.start(
                after: place.number, since: sink.keep.age.map { Timestamp.now.adding(.zero - $0) },
                withinBytes: sink.keep.bytes?.bytes)
            if start > place.number {
                items += gone(place, place.number + 1...start)
                isBroken = true
            }
            place = EventSequence(epoch: place.epoch, number: start)
        }
        let page = try await feed.events(after: place.number, limit: want.room)
        // A ledger that was replaced meanwhile: the next look tells.
        guard page.epoch == place.epoch else { return false }
        // Told before everything else, since a broker that acknowledges the gap is not told of it again; and read behind the
        // page: what has ended since has its end there.
        if isBroken || !page.gone.isEmpty { items.insert(.work(try await work()), at: 0) }
        var missing = page.gone[...]
        for event in page.events {
            while let range = missing.first, range.upperBound < event.sequence?.number ?? 0 {
                items += gone(place, missing.removeFirst())
            }
            items.append(.event(event))
        }
        for range in missing { items += gone(place, range) }
        let end = EventSequence(epoch: place.epoch, number: page.end)
        queue.append(items, want, upTo: end, isLast: page.isLast)
        return page.isLast
    }

    /// What hosts work on now.
    private func work() async throws -> [SinkWork] {
        try await service.ledger.open().work().map {
            SinkWork(host: $0.attempt.host.text, run: $0.run.text, task: $0.task, number: $0.attempt.number)
        }
    }

    /// What is missing before everything else has never been this sink's.
    private func gone(_ place: EventSequence, _ range: ClosedRange<Int64>) -> [SinkItem] {
        place.number == 0 && range.lowerBound == 1 ? [] : [.gone(epoch: place.epoch, range)]
    }
}
