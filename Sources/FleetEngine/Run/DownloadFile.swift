import FleetBase
import FleetPackage
import Glibc
import Synchronization

/// A file on the master that takes a command's output as it comes.
final class DownloadFile: Sendable {
    private enum Problem: Sendable {
        case system(CInt)
        case tooLarge
    }

    private struct State {
        var size: Int64 = 0
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
        let reason = String(cString: strerror(problem))
        return Failure(
            .master, Message("can't write \(path): \(reason)"),
            hint: Message("make room on this machine; the host keeps the results, fleet runs resume brings them home"))
    }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        guard stream == .output else { return .more }
        return state.withLock { state in
            if state.problem == nil { state.problem = write(bytes, after: state.size) }
            state.size += Int64(bytes.count)
            return state.problem == nil ? .more : .finished
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, after size: Int64) -> Problem? {
        guard size + Int64(bytes.count) <= limit.bytes else { return .tooLarge }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .system(errno) }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// - Throws: what kept a byte from being written.
    func check() throws(Failure) {
        switch state.withLock({ $0.problem }) {
        case nil: return
        case .system(let problem): throw Self.unwritable(path, problem)
        case .tooLarge:
            throw Failure(
                .limit, Message("the results are larger than \(limit)"),
                hint: Message("the host keeps them; limits: { size: 100G } in the task or the package allows more"))
        }
    }

    /// Blocks: run it on `ThreadExecutor.disk`.
    ///
    /// - Throws: when what was written is not on its way to the disk.
    func finish() throws(Failure) {
        try check()
        guard fsync(descriptor) == 0 else { throw Self.unwritable(path, errno) }
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
