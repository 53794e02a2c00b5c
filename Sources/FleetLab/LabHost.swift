import FleetBase

/// One host of the lab: an sshd of its own on a loopback address, with a home folder and a host key of its own.
package struct LabHost: Sendable, Hashable {
    package let name: String
    package let address: String
    package let port: Int
    /// What a little machine may run; nil for an sshd process among those of this machine.
    package let engine: LabEngine?
    /// Holds everything of the host's, the home folder included.
    package let folder: String

    package var home: String { folder + "/home" }
    package var configFile: String { folder + "/sshd_config" }
    /// What a little machine sees of its folder, as /run/fleet-lab.
    var sharedFolder: String { folder + "/ssh" }
    package var keyFile: String { (engine == nil ? folder : sharedFolder) + "/ssh_host_ed25519_key" }
    package var pidFile: String { folder + "/sshd.pid" }
    package var logFile: String { folder + "/sshd.log" }

    /// The pid of its sshd, or of a little machine's first process, when it is this host's that has it.
    package var process: Int32? {
        guard engine == nil else { return machineProcess }
        return number(in: pidFile) { TextFile.contents("/proc/\($0)/cmdline")?.contains(configFile) ?? false }
    }

    /// The process that a file names, when it is the one meant and not another that has its number by now.
    func number(in file: String, isMeant: (Int32) -> Bool) -> Int32? {
        guard let text = TextFile.contents(file), let number = Int32(text.filter(\.isNumber)), number > 1,
            isMeant(number)
        else { return nil }
        return number
    }
}
