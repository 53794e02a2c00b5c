import FleetBase
package import FleetConfig
import FleetHosts
package import FleetRuns

extension SlurmOptions {
    /// The only host of a run that Slurm hands out.
    package func host(in inventory: Inventory) throws -> [Host] {
        let hosts = try HostSelector(hosts: [login], groups: []).select(from: inventory)
        guard hosts.count != 1 else { return hosts }
        let count = hosts.count
        throw ConfigError(.unknownName, Message("--login names one host, and \(login) are \(count)"))
    }
}

extension TaskDefinition {
    /// - Throws: when Slurm can't run it.
    func checkForSlurm() throws(ConfigError) {
        let reason: Message? =
            if !secrets.isEmpty {
                Message("its secrets would lie on the cluster's disk")
            } else if verify != nil {
                Message("its results are compared between hosts")
            } else if !needs.hosts.isEmpty {
                Message("it names hosts, and Slurm has nodes")
            } else if needs.method?.isContainer == true {
                Message("the nodes of a cluster have no images of fleet's")
            } else {
                nil
            }
        guard let reason else { return }
        throw ConfigError(
            .invalidValue, at: place, Message("Slurm can't run \(name): \(reason)"),
            hint: Message("run it without --engine slurm, or name the other tasks"))
    }
}
