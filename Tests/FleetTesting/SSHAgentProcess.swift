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
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Program.Failed(description: "no pipes") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = ChildProcess.spawn(
            [try Program.path("ssh-agent"), "-D", "-a", socket], quiet: true, descriptors: [STDOUT_FILENO: ends[1]])
        close(ends[1])
        defer { close(ends[0]) }
        var byte: UInt8 = 0
        // It prints its variables once it listens.
        guard let process, read(ends[0], &byte, 1) == 1 else {
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
