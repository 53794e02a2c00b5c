package import FleetBase
import Foundation
import Synchronization

/// A real sshd for one test: on a loopback address and port of its own, with its own keys and home folder.
///
/// Listens when `init` returns; ended by its pid, with all that descends from it, in `deinit` or by ``stop()``.
package final class SSHServer: Sendable {
    package let address: String
    package let port: FleetBase.Port
    package let folder: TemporaryFolder
    package let hostKeys: [SSHKeyPair]
    package let process: Int32
    private let log: ServerLog

    /// - Parameters:
    ///   - hostKeys: the kinds of its host keys.
    ///   - authorized: who may log in as this user.
    ///   - options: lines of sshd_config(5) that stand in for the usual ones of the same keyword: of most options sshd
    ///     takes the first value, of MaxStartups the last.
    ///   - environment: of what is run there.
    ///   - account: makes it a server of a machine of its own, with this user alone, whose password it takes.
    package init(
        hostKeys kinds: [SSHKeyPair.Kind] = [.ed25519], authorized: [SSHKeyPair], options: [String] = [],
        environment: [String: String] = [:], account: Account? = nil
    ) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        hostKeys = try kinds.map { try SSHKeyPair($0, in: folder, name: "host_\($0.rawValue)") }
        try folder.write(try authorized.map { try $0.publicLine }.joined(), to: "authorized_keys")
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        try Self.writeShell(folder, environment)
        for _ in 0..<20 {
            // An address of its own keeps tests that run side by side apart; the port is free on it but for bad luck.
            let address = "127.\(Int.random(in: 2...250)).\(Int.random(in: 0...250)).\(Int.random(in: 2...250))"
            let port = try FleetBase.Port("\(Int.random(in: 20000...32000))")
            let apart = try account.map { try $0.prepare(in: folder) } ?? []
            let options = (account?.options ?? []) + options
            let keywords = Set(options.map(Self.keyword))
            let usual = Self.usual(folder, address, port, hostKeys).filter { !keywords.contains(Self.keyword($0)) }
            try folder.write((options + usual).joined(separator: "\n") + "\n", to: "sshd_config")
            let log = ServerLog()
            guard let process = try Self.launch(apart, folder.path + "/sshd_config", log) else { continue }
            (self.address, self.port, self.log, self.process) = (address, port, log, process)
            return
        }
        throw Program.Failed(description: "no sshd starts")
    }

    deinit { stop() }

    package func stop() {
        guard log.markEnded() else { return }
        let family = Processes.descendants(of: process)
        kill(process, SIGKILL)
        for member in family { kill(member, SIGKILL) }
        _ = ChildProcess.wait(process)
    }

    /// Ends the sshd processes of the connections, not the one that listens, nor what they run.
    package func dropConnections() {
        for member in Processes.descendants(of: process) where Processes.name(of: member) == "sshd" {
            kill(member, SIGKILL)
        }
    }

    /// Connections that are open, as processes of the one that listens.
    package var connections: [Int32] { Processes.children(of: process).filter(Processes.isAlive) }

    /// What sshd has logged so far.
    package var messages: String { log.text }

    package func knownHostsLine(for name: String? = nil) throws -> String {
        try hostKeys.map { "\(name ?? "[\(address)]:\(port)") \(try $0.publicFields)\n" }.joined()
    }

    private static func keyword(_ line: String) -> Substring { line.prefix { $0 != " " } }

    private static func launch(_ apart: [String], _ config: String, _ log: ServerLog) throws -> Int32? {
        guard let ends = Descriptor.pipe() else { return nil }
        let process = ChildProcess.spawn(
            apart + [try Program.path("sshd"), "-D", "-e", "-f", config], quiet: true,
            descriptors: [STDERR_FILENO: ends.write])
        close(ends.write)
        guard let process else {
            close(ends.read)
            return nil
        }
        if log.follow(ends.read, until: "Server listening") { return process }
        _ = ChildProcess.wait(process)
        return nil
    }

    private static func usual(
        _ folder: TemporaryFolder, _ address: String, _ port: FleetBase.Port, _ hostKeys: [SSHKeyPair]
    ) -> [String] {
        hostKeys.map { "HostKey \($0.path)" } + [
            "ListenAddress \(address)", "Port \(port)", "PidFile none",
            "AuthorizedKeysFile \(folder.path)/authorized_keys", "StrictModes no", "UsePAM no", "UseDNS no",
            "PermitRootLogin prohibit-password", "PasswordAuthentication no", "KbdInteractiveAuthentication no",
            "AllowTcpForwarding yes", "MaxStartups 200", "LogLevel INFO", "ForceCommand /bin/sh \(folder.path)/shell",
            // The login shell reads its start-up files before it runs the command: not those of the person who tests.
            "SetEnv HOME=\(folder.path)/home",
        ]
    }

    /// Gives a login a home folder of the test's own.
    private static func writeShell(_ folder: TemporaryFolder, _ environment: [String: String]) throws {
        let variables = environment.map { "export \($0.key)='\($0.value)'; " }.joined()
        let text = """
            \(variables)HOME=\(folder.path)/home; export HOME
            cd || exit 1
            exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"

            """
        // Read by sh, not run: what is open for writing in a child that somebody is just starting can't be run.
        try folder.write(text, to: "shell")
        try FileManager.default.createDirectory(atPath: folder.path + "/home", withIntermediateDirectories: true)
    }
}

/// What a server writes, read on a thread of its own so that the server never waits for its reader.
final class ServerLog: Sendable {
    private struct State {
        var text = ""
        var hasEnded = false
    }

    private let state = Mutex(State())

    var text: String { state.withLock(\.text) }

    /// - Returns: whether it was not yet marked.
    func markEnded() -> Bool {
        state.withLock { state in
            defer { state.hasEnded = true }
            return !state.hasEnded
        }
    }

    /// - Returns: whether the words came before the end of the stream; the rest is read in the background.
    func follow(_ end: CInt, until words: String) -> Bool {
        while !text.contains(words) { guard readMore(end) else { return false } }
        Thread { while self.readMore(end) {} }.start()
        return true
    }

    private func readMore(_ end: CInt) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(end, &buffer, buffer.count)
        guard count > 0 else {
            close(end)
            return false
        }
        let text = String(decoding: buffer.prefix(count), as: UTF8.self)
        state.withLock { $0.text += text }
        return true
    }
}
