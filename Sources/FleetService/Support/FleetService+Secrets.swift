package import FleetBase
package import FleetConfig
import FleetHosts
import FleetRuns

extension FleetService {
    /// Takes a secret from where the master has it.
    ///
    /// Blocks: a command may take its time.
    package func secret(_ name: String, from source: SecretSource) throws(ServiceError) -> Secret {
        do throws(EngineError) {
            let reader = SecretReader(folder: project.folder, environment: environment, home: home)
            return try reader.read(name, from: source)
        } catch {
            throw ServiceError(error.message, hint: error.hint)
        }
    }
}
