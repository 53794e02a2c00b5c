import FleetBase
import FoundationEssentials
import Glibc
import Synchronization

/// An ssh-agent of fleet's own for keys that have a passphrase: OpenSSH's tools know every cipher and key derivation of
/// its key files, and ask for the passphrase on the terminal themselves.
///
/// It listens in a folder that only this user can read, and ends with `stop`, or with this process: a command that the
/// agent starts reads a pipe of which fleet holds the other end, and the kernel closes that one however fleet ends.
final class PassphraseAgent: Sendable {
    /// Should the agent outlive all that, it forgets its keys.
    private static let lifetime = "1d"

    /// Says that the agent listens, waits for the end of fleet, ends the agent and removes its folder.
    private static let guardian = #"echo; cat; kill "$SSH_AGENT_PID"; rm -rf "$0""#

    private struct Running {
        let guardian: pid_t
        /// The writing end of the guardian's input.
        let life: CInt
        let socket: String
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
            ["ssh-add", "-q", "-t", Self.lifetime, path],
            environment: variables.merging(["SSH_AUTH_SOCK": socket]) { $1 })
        guard let process, ChildProcess.wait(process) == .status(0) else { return nil }
        let added = ((try? agent.identities()) ?? []).first { !before.contains($0) }
        return added.map { .agent(agent, $0) }
    }

    func stop() {
        guard let agent = running.withLock({ $0.take() }) else { return }
        close(agent.life)
        _ = ChildProcess.wait(agent.guardian)
    }

    private func start() -> String? {
        running.withLock { running in
            if let running { return running.socket }
            var template = Array((FileManager.default.temporaryDirectory.path + "/fleet-XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else { return nil }
            let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            running = launch(in: folder)
            if running == nil { rmdir(folder) }
            return running?.socket
        }
    }

    /// - Returns: once the agent listens.
    private func launch(in folder: String) -> Running? {
        guard let life = Descriptor.pipe() else { return nil }
        guard let said = Descriptor.pipe() else {
            for end in [life.read, life.write] { close(end) }
            return nil
        }
        let socket = folder + "/agent"
        // ssh-agent itself becomes the command. In a session of its own no Ctrl-C ends it before fleet is through.
        let guardian = ChildProcess.spawn(
            ["ssh-agent", "-a", socket, "/bin/sh", "-c", Self.guardian, folder], quiet: true,
            descriptors: [STDIN_FILENO: life.read, STDOUT_FILENO: said.write], ownSession: true)
        for end in [life.read, said.write] { close(end) }
        defer { close(said.read) }
        var byte: UInt8 = 0
        if let guardian, read(said.read, &byte, 1) == 1 {
            return Running(guardian: guardian, life: life.write, socket: socket)
        }
        close(life.write)
        if let guardian { _ = ChildProcess.wait(guardian) }
        return nil
    }
}
