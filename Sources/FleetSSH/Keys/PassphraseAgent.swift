import FleetBase
import FoundationEssentials
import Glibc
import Synchronization

/// An ssh-agent of fleet's own for keys that have a passphrase: OpenSSH's tools know every cipher and key derivation of
/// its key files, and ask for the passphrase on the terminal themselves.
///
/// It listens in a folder that only this user can read, and ends with `stop`.
final class PassphraseAgent: Sendable {
    private struct Running {
        let process: pid_t
        let folder: String
        var socket: String { folder + "/agent" }
    }

    private let environment: [String: String]
    private let running = Mutex<Running?>(nil)

    /// - Parameter environment: `SSH_ASKPASS` and its like, for ssh-add.
    init(environment: [String: String]) { self.environment = environment }

    /// Asks for the passphrase of a key file.
    ///
    /// - Returns: nil without a terminal, without OpenSSH's tools, and when the passphrase was wrong.
    func unlock(_ path: String) -> Credential? {
        guard isatty(STDIN_FILENO) == 1 || environment["SSH_ASKPASS"] != nil, let socket = start() else { return nil }
        let agent = SSHAgent(socketPath: socket)
        let before = Set((try? agent.identities()) ?? [])
        let variables = environment.filter { $0.key.hasPrefix("SSH_ASKPASS") || $0.key == "DISPLAY" }
        let process = ChildProcess.spawn(
            ["ssh-add", "-q", path], environment: variables.merging(["SSH_AUTH_SOCK": socket]) { $1 })
        guard let process, ChildProcess.wait(process) == .status(0) else { return nil }
        let added = ((try? agent.identities()) ?? []).first { !before.contains($0) }
        return added.map { .agent(agent, $0) }
    }

    func stop() {
        guard let agent = running.withLock({ $0.take() }) else { return }
        kill(agent.process, SIGTERM)
        _ = ChildProcess.wait(agent.process)
        try? FileManager.default.removeItem(atPath: agent.folder)
    }

    private func start() -> String? {
        running.withLock { running in
            if let running { return running.socket }
            var template = Array((FileManager.default.temporaryDirectory.path + "/fleet-XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else { return nil }
            let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard let process = launch(folder + "/agent") else { return nil }
            running = Running(process: process, folder: folder)
            return folder + "/agent"
        }
    }

    /// - Returns: once the agent listens; it says so on its standard output.
    private func launch(_ socket: String) -> pid_t? {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        // -D stays in the foreground: the agent is a child, to be ended by its pid.
        let process = ChildProcess.spawn(
            ["ssh-agent", "-D", "-a", socket], quiet: true, descriptors: [STDOUT_FILENO: ends[1]])
        close(ends[1])
        var byte: UInt8 = 0
        guard let process, read(ends[0], &byte, 1) == 1 else { return nil }
        return process
    }
}
