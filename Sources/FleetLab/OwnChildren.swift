import Glibc
import Synchronization

/// The processes that this one has started to outlive it. A program that goes on, such as a test, takes their status when
/// they have ended; else they stay zombies, also those that somebody else has killed.
enum OwnChildren {
    private static let processes = Mutex<Set<Int32>>([])

    static func add(_ process: Int32) { processes.withLock { _ = $0.insert(process) } }

    /// Takes the status of those that have ended.
    static func reap() {
        processes.withLock { processes in processes = processes.filter { waitpid($0, nil, WNOHANG) == 0 } }
    }
}
