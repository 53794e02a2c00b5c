import FleetBase
import FleetConfig
import FleetHosts

extension Fleet {
    /// Who may sign; nothing when the project does not say so and the host does not ask.
    func signers(for host: Host) async throws(Failure) -> String {
        let signers = await ThreadExecutor.disk.run { [project] in
            Result { () throws(Failure) in
                guard host.requireSigned || Disk.exists(project.allowedSignersFile) else { return "" }
                return SignatureProof.lines(of: try SignatureProof.allowedSigners(of: project))
            }
        }
        return try signers.get()
    }
}
