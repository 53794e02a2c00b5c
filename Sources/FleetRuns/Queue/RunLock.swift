package import FleetConfig
package import FleetLedger
import FleetBase
package import FleetHosts
import Glibc

/// Held by the master that works on a run, as long as this value lives; the kernel frees it when the process dies.
package final class RunLock: Sendable {
    private let descriptor: CInt

    /// - Throws: when another master works on the run.
    package init(_ run: RunID, in project: Project) throws(EngineError) {
        let path = Self.path(run, project)
        try Disk.makeFolder("\(project.workFolder)/runs")
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EngineError(.packing, Message("can't write \(path)")) }
        guard OwnedLock.take(descriptor) else {
            throw EngineError(
                .resuming, Message("another fleet process works on the run \(run.text)"),
                hint: Message("wait for it to end, or stop it with: fleet runs cancel \(run.text)"))
        }
        let text = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.utf8.count, 0)
    }

    /// The file stays: who removed it could remove the one of a master that has come meanwhile.
    deinit {
        guard descriptor >= 0 else { return }
        OwnedLock.release(descriptor)
        close(descriptor)
    }

    /// The process of the master that works on a run now; nil when nobody does.
    package static func owner(of run: RunID, in project: Project) -> Int32? {
        let file = open(path(run, project), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard OwnedLock.isTaken(file) else { return nil }
        return Disk.text(path(run, project)).flatMap { Int32($0.dropLast()) }
    }

    private static func path(_ run: RunID, _ project: Project) -> String { "\(project.workFolder)/runs/\(run).lock" }
}
