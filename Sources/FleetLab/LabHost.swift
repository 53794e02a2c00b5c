import FleetBase

/// One host of the lab: an sshd of its own on a loopback address, with a home folder and a host key of its own.
package struct LabHost: Sendable, Hashable {
    package let name: String
    package let address: String
    package let port: Int
    /// Holds everything of the host's, the home folder included.
    package let folder: String

    package var home: String { folder + "/home" }
    package var configFile: String { folder + "/sshd_config" }
    package var keyFile: String { folder + "/ssh_host_ed25519_key" }
    package var pidFile: String { folder + "/sshd.pid" }
    package var logFile: String { folder + "/sshd.log" }

    /// The pid of its sshd, when it is this host's sshd that has it.
    package var process: Int32? {
        guard let text = TextFile.contents(pidFile), let number = Int32(text.filter(\.isNumber)), number > 1,
            let arguments = TextFile.contents("/proc/\(number)/cmdline"), arguments.contains(configFile)
        else { return nil }
        return number
    }
}
