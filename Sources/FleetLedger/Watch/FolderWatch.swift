import Dispatch
import Glibc
import Synchronization

/// Tells what is written in a folder (inotify(7)), also when the folder comes later, or goes and comes again: while there
/// is none, the nearest folder above it is watched. Where the kernel has no watch to give, the folder counts as changed
/// once a second, until it has one.
final class FolderWatch: Sendable {
    /// The names of the files that something happened to; nil when nobody knows which.
    typealias Receiver = @Sendable (Set<String>?) -> Void

    private static let writes = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
    private static let end = UInt32(IN_DELETE_SELF | IN_MOVE_SELF)
    private static let pollingInterval = 1.0
    /// Folders may come and go while the nearest one is looked for.
    private static let tries = 8

    private struct State {
        /// The inotify instance, and what reads from it; nil when there is none.
        var reading: (descriptor: CInt, source: any DispatchSourceRead)?
        /// What is watched, as the instance names it, and which name in it leads on to the folder; nil in the folder itself.
        var place: (watch: CInt, next: String?)?
        var isPolling = false
        var hasEnded = false
    }

    private let folder: String
    private let queue: DispatchQueue
    private let changed: Receiver
    private let state = Mutex(State())

    /// - Parameter changed: called on the queue, until ``end()``.
    init(_ folder: String, on queue: DispatchQueue, _ changed: @escaping Receiver) {
        (self.folder, self.queue, self.changed) = (folder, queue, changed)
        arm()
    }

    var isPolling: Bool { state.withLock(\.isPolling) }

    func end() {
        let source = state.withLock { state in
            state.hasEnded = true
            return state.reading?.source
        }
        source?.cancel()
    }

    // MARK: What is watched

    /// Watches the folder, or the nearest one above it.
    private func arm() {
        let mustPoll = state.withLock { state in
            guard !state.hasEnded else { return false }
            if state.reading == nil { state.reading = open() }
            if let place = state.place, let (descriptor, _) = state.reading {
                inotify_rm_watch(descriptor, place.watch)
            }
            state.place = state.reading.flatMap { nearest($0.descriptor) }
            defer { state.isPolling = state.place == nil }
            return state.place == nil && !state.isPolling
        }
        if mustPoll { poll() }
    }

    private func open() -> (CInt, any DispatchSourceRead)? {
        let descriptor = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.read(descriptor) }
        source.setCancelHandler { close(descriptor) }
        source.resume()
        return (descriptor, source)
    }

    private func nearest(_ descriptor: CInt) -> (watch: CInt, next: String?)? {
        for _ in 0..<Self.tries {
            var (path, next) = (folder, String?.none)
            while true {
                let watch = inotify_add_watch(descriptor, path, Self.writes | Self.end | UInt32(IN_ONLYDIR))
                guard watch < 0 else {
                    // What has come before the watch was there tells nothing any more.
                    guard let name = next, access("\(path)/\(name)", F_OK) == 0 else { return (watch, next) }
                    inotify_rm_watch(descriptor, watch)
                    break
                }
                guard errno == ENOENT, let (parent, name) = Self.split(path) else { return nil }
                (path, next) = (parent, name)
            }
        }
        return nil
    }

    /// - Returns: the folder above a path and the path's name in it; nil where there is none above.
    private static func split(_ path: String) -> (parent: String, name: String)? {
        guard path != "." && path != "/" && !path.isEmpty else { return nil }
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let parent = String(path[..<slash])
        return (parent.isEmpty ? "/" : parent, String(path[path.index(after: slash)...]))
    }

    private func poll() {
        queue.asyncAfter(deadline: .now() + Self.pollingInterval) { [weak self] in
            guard let self, state.withLock({ $0.isPolling && !$0.hasEnded }) else { return }
            // Armed anew first: what is written after that is told by the kernel.
            state.withLock { $0.isPolling = false }
            arm()
            changed(nil)
        }
    }

    // MARK: What happens there

    private func read(_ descriptor: CInt) {
        guard let place = state.withLock({ $0.hasEnded ? nil : $0.place }) else { return }
        var names: Set<String> = []
        var mustArm = false
        InotifyEvents.read(from: descriptor) { event in
            if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
                // What was lost may have told that the folder is gone.
                mustArm = true
            } else if event.watch == place.watch {
                // IN_IGNORED: the folder is gone, or its file system.
                let isGone = event.mask & (Self.end | UInt32(IN_IGNORED)) != 0
                if isGone || (place.next != nil && event.name == place.next) { mustArm = true }
                if place.next == nil { names.insert(event.name) }
            }
        }
        if mustArm { arm() }
        if mustArm || !names.isEmpty { changed(mustArm ? nil : names) }
    }
}

/// What inotify(7) has to read.
private struct InotifyEvents {
    struct Event {
        let watch: CInt
        let mask: UInt32
        let name: String
    }

    /// Hands on all that there is now.
    static func read(from descriptor: CInt, _ take: (Event) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            buffer.withUnsafeBytes { bytes in
                var place = 0
                // Four numbers of four bytes each, the last one the length of the name that follows.
                while place + 16 <= count {
                    let number = { bytes.loadUnaligned(fromByteOffset: place + $0, as: UInt32.self) }
                    let length = Int(number(12))
                    let name = bytes[(place + 16)..<min(place + 16 + length, count)].prefix { $0 != 0 }
                    take(
                        Event(
                            watch: CInt(bitPattern: number(0)), mask: number(4),
                            name: String(decoding: name, as: UTF8.self)))
                    place += 16 + length
                }
            }
        }
    }
}
