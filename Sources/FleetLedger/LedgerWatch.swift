import Dispatch
import Glibc
import Synchronization

/// Tells when a ledger was written to, by whichever process.
///
/// SQLite writes to the file with the suffix `-wal`, which comes and goes; so the folder is watched (inotify(7)). Where
/// that can't be had, as many looks as one a second take its place.
package final class LedgerWatch {
    /// What a commit may take after its last write, in seconds.
    private static let commit = 0.05
    /// A writer that stood still before its commit is looked after once more so long after its last write, in seconds.
    private static let late = 1.0

    private let source: any DispatchSourceProtocol

    /// - Parameters:
    ///   - path: the ledger's file.
    ///   - changed: called on a queue of its own; several writes may be one call.
    package init(path: String, changed: @escaping @Sendable () -> Void) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let queue = DispatchQueue(label: "fleet.ledger.watch")
        let descriptor = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
        let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        guard descriptor >= 0, inotify_add_watch(descriptor, folder, events) >= 0 else {
            if descriptor >= 0 { close(descriptor) }
            let timer = DispatchSource.makeTimerSource(queue: queue)
            timer.schedule(deadline: .now() + 1, repeating: 1)
            timer.setEventHandler(handler: changed)
            timer.resume()
            source = timer
            return
        }
        let reader = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let calls = DelayedCalls(queue, by: Self.commit, and: Self.late, changed)
        reader.setEventHandler {
            // The bytes come before the commit, which shows in mapped memory alone.
            if Self.names(from: descriptor).contains(where: { $0.hasPrefix(name) }) { calls.schedule() }
        }
        reader.setCancelHandler { close(descriptor) }
        reader.resume()
        source = reader
    }

    deinit { source.cancel() }

    /// One call for all that comes within the delay, each call a delay after what it is for, and one long after the last.
    private final class DelayedCalls: Sendable {
        private let queue: DispatchQueue
        private let delay: Double
        private let longDelay: Double
        private let call: @Sendable () -> Void
        /// How many times it was asked for since the call that is due was scheduled; nil when none is due.
        private let asked = Mutex<Int?>(nil)
        /// Counts the calls, so that only the last one has another long after it.
        private let calls = Atomic(0)

        init(
            _ queue: DispatchQueue, by delay: Double, and longDelay: Double, _ call: @escaping @Sendable () -> Void
        ) {
            (self.queue, self.delay, self.longDelay, self.call) = (queue, delay, longDelay, call)
        }

        func schedule() {
            let isDue = asked.withLock { asked in
                defer { asked = asked.map { $0 + 1 } ?? 0 }
                return asked != nil
            }
            if !isDue { queue.asyncAfter(deadline: .now() + delay, execute: fire) }
        }

        @Sendable private func fire() {
            let mustFollow = asked.withLock { asked in
                defer { asked = nil }
                return (asked ?? 0) > 0
            }
            call()
            if mustFollow { return schedule() }
            let number = calls.add(1, ordering: .relaxed).newValue
            queue.asyncAfter(deadline: .now() + longDelay) {
                if self.calls.load(ordering: .relaxed) == number { self.call() }
            }
        }
    }

    /// The names of the files that something happened to.
    private static func names(from descriptor: CInt) -> Set<String> {
        var names: Set<String> = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return names }
            buffer.withUnsafeBytes { bytes in
                var place = 0
                // inotify(7): four numbers of four bytes each, the last one the length of the name that follows.
                while place + 16 <= count {
                    let length = Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                    let name = bytes[(place + 16)..<min(place + 16 + length, count)].prefix { $0 != 0 }
                    names.insert(String(decoding: name, as: UTF8.self))
                    place += 16 + length
                }
            }
        }
    }
}
