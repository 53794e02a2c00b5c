import FleetBase
import Foundation

/// A real ssh-agent for one test, with keys added by ssh-add; ended by its pid.
package final class SSHAgentProcess: Sendable {
    package let socket: String
    private let folder: TemporaryFolder
    private let process: Int32

    package init(_ keys: [SSHKeyPair]) throws {
        folder = try TemporaryFolder()
        socket = folder.path + "/agent"
        guard let ends = Descriptor.pipe() else { throw Program.Failed(description: "no pipes") }
        let process = ChildProcess.spawn(
            [try Program.path("ssh-agent"), "-D", "-a", socket], quiet: true, descriptors: [STDOUT_FILENO: ends.write])
        close(ends.write)
        defer { close(ends.read) }
        var byte: UInt8 = 0
        // It prints its variables once it listens.
        guard let process, read(ends.read, &byte, 1) == 1 else {
            throw Program.Failed(description: "no ssh-agent starts")
        }
        self.process = process
        for key in keys { try Program.run(["ssh-add", "-q", key.path], environment: ["SSH_AUTH_SOCK": socket]) }
    }

    deinit {
        kill(process, SIGTERM)
        _ = ChildProcess.wait(process)
    }
}
