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
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw EngineError(.packing, Message("can't write \(path)")) }
        guard OwnedLock.take(file) else {
            close(file)
            throw EngineError(
                .resuming, Message("another fleet process works on the run \(run.text)"),
                hint: Message("wait for it to end, or stop it with: fleet runs cancel \(run.text)"))
        }
        let text = "\(getpid())\n"
        _ = ftruncate(file, 0)
        _ = pwrite(file, text, text.utf8.count, 0)
        // Last: whoever throws before has no lock to let go.
        descriptor = file
    }

    /// The file stays: who removed it could remove the one of a master that has come meanwhile.
    deinit {
        // The number may be another process's soon.
        _ = ftruncate(descriptor, 0)
        OwnedLock.release(descriptor)
        close(descriptor)
    }

    /// Whether a master works on a run now.
    package static func isHeld(_ run: RunID, in project: Project) -> Bool {
        let file = open(path(run, project), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return OwnedLock.isTaken(file)
    }

    /// The process of the master that works on a run now; nil when nobody does, or when it is none of this machine.
    package static func owner(of run: RunID, in project: Project) -> Int32? {
        let path = path(run, project)
        guard isHeld(run, in: project), let process = Disk.text(path).flatMap({ Int32($0.dropLast()) }),
            OwnedLock.isHeld(by: process, path)
        else { return nil }
        return process
    }

    private static func path(_ run: RunID, _ project: Project) -> String { "\(project.workFolder)/runs/\(run).lock" }
}
