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

extension FleetService {
    /// What began before so many events has long ended, or nobody knows.
    private static let window = 20_000

    /// The operations that go on in this project, the newest first. One whose process died tells no end: its process says
    /// so.
    package func openOperations() async throws -> [OpenOperation] {
        guard project.hasLedger, let feed = bus.feed else { return [] }
        let own = Set(operations)
        return try await feed.beginningsWithoutEnd(amongLast: Self.window).reversed().compactMap { event in
            guard case .operationStarted(let start) = event.kind else { return nil }
            let isPerformed =
                start.process == getpid()
                ? own.contains(event.operation) : Self.isAtWork(start.process, since: event.time)
            return isPerformed ? OpenOperation(id: event.operation, start: start, started: event.time) : nil
        }
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
