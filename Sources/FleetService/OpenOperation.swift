package import FleetBase
package import FleetEvents
import FleetHosts
import Glibc

/// An operation that goes on, whichever process performs it.
package struct OpenOperation: Sendable {
    package let id: OperationID
    package let start: Event.OperationStart
    package let started: Timestamp
}

/// The operations of a feed that told no end, as far as the feed was read: it is long, and asked for often.
struct KnownOperations {
    private(set) var open: [OperationID: OpenOperation] = [:]
    /// The last beginning or end that was read.
    private(set) var place: EventSequence?

    /// - Parameter marks: what came after the place, or all of another ledger's.
    mutating func take(_ marks: [Event]) {
        guard let last = marks.last?.sequence else { return }
        if last.epoch != place?.epoch { open = [:] }
        place = last
        for event in marks {
            switch event.kind {
            case .operationStarted(let start):
                open[event.operation] = OpenOperation(id: event.operation, start: start, started: event.time)
            case .operationEnded: open[event.operation] = nil
            default: break
            }
        }
    }
}

extension FleetService {
    /// The operations that go on in this project, the newest first. One whose process died tells no end: its process says
    /// so.
    package func openOperations() async throws -> [OpenOperation] {
        guard project.hasLedger, let feed = bus.feed else { return [] }
        let place = known.withLock(\.place)
        let marks = try await feed.marks(after: place)
        let (open, own) = known.withLock { known in
            // Somebody else may have read further meanwhile.
            if known.place == place { known.take(marks) }
            return (known.open.values, Set(operations))
        }
        return open.filter { operation in
            operation.start.process == getpid()
                ? own.contains(operation.id) : Self.isAtWork(operation.start.process, since: operation.started)
        }.sorted { $0.started > $1.started }
    }

    /// Whether the process with a number is the one that had it at a moment: after a restart of the machine another one
    /// may have it.
    private static func isAtWork(_ process: Int32, since moment: Timestamp) -> Bool {
        // proc(5): the 22nd field, 20 of them behind the name, which may hold anything.
        guard let line = Disk.text("/proc/\(process)/stat"), let name = line.lastIndex(of: ")"),
            let boot = Disk.text("/proc/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let booted = Int64(boot.dropFirst("btime ".count))
        else { return false }
        let fields = line[line.index(after: name)...].split(separator: " ")
        guard fields.count > 19, let ticks = Int64(fields[19]) else { return false }
        let second = booted + ticks / Int64(sysconf(Int32(_SC_CLK_TCK)))
        // The boot is told to the second.
        return second <= moment.milliseconds / 1000 + 2
    }
}
