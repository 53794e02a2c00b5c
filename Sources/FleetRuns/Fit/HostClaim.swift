import FleetBase
import FleetConfig
import FleetHosts
import Glibc

/// A place on a host that this master keeps for itself as long as the value lives; the kernel frees it when the process
/// dies. It tells those who come later which hosts are busy, and keeps nobody out.
package final class HostClaim: Sendable {
    private let descriptor: CInt

    /// - Parameter place: counted from 0.
    /// - Returns: nil when somebody has it.
    init?(_ host: HostName, place: Int, in project: Project) {
        let folder = "\(project.workFolder)/claims"
        guard (try? Disk.makeFolder(folder)) != nil else { return nil }
        descriptor = open("\(folder)/\(host).\(place)", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, OwnedLock.take(descriptor) else { return nil }
    }

    deinit {
        guard descriptor >= 0 else { return }
        OwnedLock.release(descriptor)
        close(descriptor)
    }
}
