import FleetBase
import Glibc

/// Knows which results have reached the disk of the master: a host forgets a job no sooner, so that a power cut on the
/// master takes no result that nobody else has. The ledger lies on the same disk and is on it then, too.
///
/// One syncfs(2) is for all results that have come home since the last: of ten thousand short tasks each would wait for the
/// disk otherwise. What has not reached it yet stays on its host a little longer.
actor ResultDisk {
    /// How long results wait for others to be written with them.
    private static let pause = Duration.seconds(2)
    /// How many at most.
    private static let many = 256

    private let folder: String
    private let sync: @Sendable (String) -> Bool
    private var noted = 0
    private var safe = 0
    private var last = ContinuousClock.now
    private var running: Task<Void, Never>?

    /// - Parameters:
    ///   - folder: has the results and the ledger in it.
    ///   - sync: writes all of a folder's file system to its disk; gives back whether that succeeded.
    init(_ folder: String, sync: @escaping @Sendable (String) -> Bool = ResultDisk.sync) {
        (self.folder, self.sync) = (folder, sync)
    }

    /// A result is in its place, and in the ledger.
    ///
    /// - Returns: its number.
    func note() -> Int {
        noted += 1
        return noted
    }

    /// The number up to which results are on the disk. Does not wait for it; when enough have come it is asked to write.
    func reached() -> Int {
        let isTime = noted - safe >= Self.many || .now - last >= Self.pause
        if noted > safe, isTime, running == nil { start() }
        return safe
    }

    /// Waits until all results so far are on the disk.
    ///
    /// - Returns: false when the disk could not write them.
    func settle() async -> Bool {
        let wanted = noted
        // One that is under way may have begun before the last of them.
        while let running { await running.value }
        if safe < wanted { await start().value }
        return safe >= wanted
    }

    nonisolated var failure: Failure {
        Failure(.master, Message("the disk of \(folder) does not take the results, so the hosts keep them"))
    }

    @discardableResult private func start() -> Task<Void, Never> {
        let (number, folder, sync) = (noted, folder, sync)
        let task = Task {
            let isSafe = await ThreadExecutor.writers.run { sync(folder) }
            (running, last) = (nil, .now)
            if isSafe { safe = max(safe, number) }
        }
        running = task
        return task
    }

    private static func sync(_ folder: String) -> Bool {
        // The results may lie elsewhere than the ledger; where there are none there is nothing to lose.
        [folder, folder + "/results"].allSatisfy { Descriptor.syncFileSystem(of: $0) || errno == ENOENT }
    }
}
