import FleetBase
import FleetPackage
import Glibc
import Synchronization

/// A file on the master that takes a command's output as it comes.
///
/// `take` comes from an event loop and never writes to the disk: a thread of its own does, and the host is read no further
/// while that is behind.
final class DownloadFile: Sendable {
    private enum Problem: Sendable {
        case system(CInt)
        case tooLarge
    }

    private static let mostPending = 4 << 20

    private struct State {
        /// The size of all that was taken.
        var size: Int64 = 0
        var pending: [UInt8] = []
        var isWriting = false
        var writer: Task<Void, Never>?
        /// The first one; what comes after it is consequence.
        var problem: Problem?
    }

    private let path: String
    private let descriptor: CInt
    private let limit: ByteCount
    private let state = Mutex(State())

    /// - Parameter limit: a host that sends more is cut off.
    init(_ path: String, limit: ByteCount) throws(Failure) {
        self.path = path
        self.limit = limit
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(path, errno) }
    }

    deinit { close(descriptor) }

    private static func unwritable(_ path: String, _ problem: CInt) -> Failure {
        let reason = Message(systemError: problem)
        return Failure(
            .master, Message("can't write \(path): \(reason)"),
            hint: Message("make room on this machine; the host keeps the results, fleet runs resume brings them home"))
    }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        guard stream == .output else { return .more }
        return state.withLock { state in
            guard state.problem == nil else { return .finished }
            state.size += Int64(bytes.count)
            guard state.size <= limit.bytes else {
                state.problem = .tooLarge
                return .finished
            }
            state.pending += bytes
            if !state.isWriting {
                state.isWriting = true
                state.writer = Task { while await ThreadExecutor.writers.run({ self.writeSome() }) {} }
            }
            return .more
        }
    }

    /// Whether more is in memory than should be.
    var isBehind: Bool { state.withLock { $0.isWriting && $0.pending.count > Self.mostPending } }

    /// - Returns: false when nothing is left to write.
    private func writeSome() -> Bool {
        let bytes = state.withLock { state in
            if state.problem != nil { state.pending = [] }
            state.isWriting = !state.pending.isEmpty
            defer { state.pending = [] }
            return state.pending
        }
        guard !bytes.isEmpty else { return false }
        if let problem = write(bytes) { state.withLock { $0.problem = $0.problem ?? problem } }
        return true
    }

    private func write(_ bytes: [UInt8]) -> Problem? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .system(errno) }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// Waits until all that was taken is written; nothing is taken any more.
    ///
    /// - Throws: what kept a byte from being written.
    func finish() async throws(Failure) {
        await state.withLock(\.writer)?.value
        switch state.withLock({ $0.problem }) {
        case nil: return
        case .system(let problem): throw Self.unwritable(path, problem)
        case .tooLarge:
            throw Failure(
                .limit, Message("the results are larger than \(limit)"),
                hint: Message("the host keeps them; limits: { size: 100G } in the task or the package allows more"))
        }
    }

    func remove() { unlink(path) }

    /// Unpacks an archive and removes it.
    ///
    /// - Parameter job: the job's id on the host, so that absolute links into its folder come home as relative ones.
    static func extract(
        _ path: String, into folder: String, limits: ExtractionLimits, of job: String? = nil
    ) throws(PackageError) -> Extraction {
        defer { unlink(path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path) }
        defer { close(descriptor) }
        let origin = job.map { ArchiveOrigin(ending: "runs/\($0)/work", inContainer: "/job") }
        return try ArchiveReader(descriptor: descriptor, from: .host)
            .extract(into: folder, limits: limits, origin: origin)
    }
}
