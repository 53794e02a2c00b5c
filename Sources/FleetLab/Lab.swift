import FleetBase
import FoundationEssentials
import Glibc

/// Hosts on this machine to try things on, at addresses 127.0.0.x, with keys of their own: unprivileged sshd processes,
/// or little machines (`Lab+Machines.swift`).
///
/// Everything lies in one folder. The lab reads nothing of `~/.ssh` and ends no process but its own.
package struct Lab: Sendable {
    private static let firstAddress = 11
    private static let ports = 22022...22999
    private static let lastAddress = 250

    /// How many hosts a lab may have.
    package static let sizes = 1...(lastAddress - firstAddress + 1)

    package let folder: String
    /// fleet itself, which listens for little machines: see ``LabListener``.
    let fleet: String

    /// - Parameter fleet: the path of fleet, where this process is something else.
    package init(folder: String, fleet: String = Lab.ownPath) {
        self.folder = folder
        self.fleet = fleet
    }

    /// The program that this process runs, also when another one lies in its place by now.
    package static var ownPath: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            readlink("/proc/self/exe", bytes.assumingMemoryBound(to: CChar.self).baseAddress!, bytes.count)
        }
        let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        return access(path, X_OK) == 0 ? path : "/proc/self/exe"
    }

    var lockFile: String { folder + ".lock" }
    package var keyFile: String { folder + "/id_ed25519" }
    package var knownHostsFile: String { folder + "/known_hosts" }

    /// The hosts that were made, running or not, in order.
    package var hosts: [LabHost] {
        (TextFile.contents(folder + "/hosts") ?? "").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count >= 3, let port = Int(fields[2]) else { return nil }
            return LabHost(
                name: fields[0], address: fields[1], port: port,
                engine: fields.count > 3 ? LabEngine(rawValue: fields[3]) : nil,
                folder: "\(folder)/hosts.d/\(fields[0])")
        }
    }

    /// Makes and starts hosts `lab-1` … `lab-N`; where some of just as many have died, starts those again.
    ///
    /// - Parameter engines: makes little machines with these, one for all or one for each; without, sshd processes.
    /// - Throws: when there is a lab already, when another fleet is at work on it, when OpenSSH is missing, when an sshd
    ///   does not start; nothing is left then.
    package func up(count: Int, engines: [LabEngine]? = nil) throws(LabError) -> [LabHost] {
        guard Self.sizes.contains(count) else {
            throw LabError(Message("a lab has 1 to \(Self.sizes.upperBound) hosts"), exitCode: .usage)
        }
        let kinds = try kinds(count: count, engines: engines)
        let lock = try lock()
        let (old, dead) = (hosts, hosts.filter { $0.process == nil })
        guard dead.count == old.count else {
            guard old.map(\.engine) == kinds else {
                throw LabError(
                    Message("another lab is up already; hosts: \(old.count)"),
                    hint: Message("end it with: fleet lab down"))
            }
            try start(dead)
            return old
        }
        let made = try make(kinds)
        // Held until here.
        _ = consume lock
        return made
    }

    private func lock() throws(LabError) -> LabLock {
        let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? "."
        if access(parent, F_OK) != 0 { try TextFile.makeFolder(parent) }
        return try LabLock(lockFile)
    }

    /// Another lab may take a port just after it was found free; the next one is tried then.
    private func make(_ kinds: [LabEngine?]) throws(LabError) -> [LabHost] {
        for port in Self.ports where Loopback.isFree("127.0.0.\(Self.firstAddress)", port: port) {
            do throws(LabError) {
                return try make(kinds, port: port)
            } catch  where error.isPortTaken {
                continue
            }
        }
        throw LabError(Message("no port is free between \(Self.ports.lowerBound) and \(Self.ports.upperBound)"))
    }

    private func make(_ kinds: [LabEngine?], port: Int) throws(LabError) -> [LabHost] {
        try clear()
        do throws(LabError) {
            try TextFile.makeFolder(folder)
            try makeKey(keyFile, comment: "fleet-lab")
            let made = kinds.enumerated().map { index, engine in
                LabHost(
                    name: "lab-\(index + 1)", address: "127.0.0.\(Self.firstAddress + index)", port: port,
                    engine: engine, folder: "\(folder)/hosts.d/lab-\(index + 1)")
            }
            try TextFile.write(made.map(hostsLine).joined(), to: folder + "/hosts")
            for host in made { try prepare(host) }
            try TextFile.write(try made.map(knownHostsLine).joined(), to: knownHostsFile)
            try start(made)
            return made
        } catch {
            try? clear()
            throw error
        }
    }

    /// Ends every host with what runs on it, and removes the folder.
    package func down() throws(LabError) {
        guard access(folder, F_OK) == 0 else { return }
        let lock = try lock()
        try clear()
        _ = consume lock
    }

    private func clear() throws(LabError) {
        for host in hosts { stop(host) }
        stopSwitch()
        guard access(folder, F_OK) == 0 else { return }
        // What a push has installed is read-only.
        _ = ChildProcess.spawn(["chmod", "-R", "u+w", folder], quiet: true).flatMap(ChildProcess.wait)
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            throw LabError(Message("can't remove the folder \(folder)"))
        }
    }

    // MARK: One host

    private func start(_ hosts: [LabHost]) throws(LabError) {
        for host in hosts where host.engine == nil { try start(host) }
        try startMachines(hosts.filter { $0.engine != nil })
    }

    private func start(_ host: LabHost) throws(LabError) {
        let sshd = try Self.program("sshd")
        if getuid() == 0 { try TextFile.makeFolder("/run/sshd") }
        // What an earlier start said is not about this one.
        unlink(host.logFile)
        let process = ChildProcess.spawn([sshd, "-f", host.configFile, "-E", host.logFile], quiet: true)
        // sshd goes to the background by itself once it listens.
        guard let process, ChildProcess.wait(process) == .status(0), waitForProcess(of: host) else {
            let log = (TextFile.contents(host.logFile) ?? "").split(separator: "\n").last ?? ""
            throw LabError(
                Message("the sshd of \(host.name) does not start: \(String(log))"),
                isPortTaken: isPortTaken(host))
        }
    }

    /// As the sshd itself says: whether the port is free by now does not tell.
    private func isPortTaken(_ host: LabHost) -> Bool {
        TextFile.contents(host.logFile)?.contains("Address already in use") ?? false
    }

    /// sshd goes to the background before it binds, and writes its pid after that.
    private func waitForProcess(of host: LabHost) -> Bool {
        for _ in 0..<500 {
            if host.process != nil { return true }
            if isPortTaken(host) { return false }
            usleep(10_000)
        }
        return false
    }

    /// Ends the host's sshd and all that descends from it, or the whole of a little machine.
    package func stop(_ host: LabHost) {
        guard host.engine == nil else { return stopMachine(host) }
        guard let process = host.process else { return }
        let tree = ProcessTree()
        let family = tree.descendants(of: process) + tree.living(in: host.home)
        kill(process, SIGTERM)
        for member in family { kill(member, SIGKILL) }
        while ProcessTree.isAlive(process) { usleep(5000) }
        unlink(host.pidFile)
    }

    private func prepare(_ host: LabHost) throws(LabError) {
        guard host.engine == nil else { return try prepareMachine(host) }
        try TextFile.makeFolder(host.home)
        try makeKey(host.keyFile, comment: host.name)
        try TextFile.write(shell(of: host), to: host.folder + "/shell", mode: 0o755)
        try TextFile.write(config(of: host), to: host.configFile)
    }

    /// Gives a login the host's own home folder.
    private func shell(of host: LabHost) -> String {
        let home = ShellWord(host.home).rendered
        return """
            #!/bin/sh
            HOME=\(home)
            export HOME
            cd || exit 1
            [ -n "${SSH_ORIGINAL_COMMAND:-}" ] && exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"
            exec /bin/sh -i

            """
    }

    private func config(of host: LabHost) -> String {
        """
        ListenAddress \(host.address)
        Port \(host.port)
        PidFile "\(host.pidFile)"
        HostKey "\(host.keyFile)"
        AuthorizedKeysFile "\(keyFile).pub"
        StrictModes no
        UsePAM no
        UseDNS no
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        AllowTcpForwarding yes
        PrintMotd no
        LogLevel ERROR
        SetEnv HOME="\(host.home)"
        ForceCommand "\(host.folder)/shell"

        """
    }

    private func hostsLine(_ host: LabHost) -> String {
        "\(host.name) \(host.address) \(host.port) \(host.engine?.rawValue ?? "")\n"
    }

    private func knownHostsLine(_ host: LabHost) throws(LabError) -> String {
        guard let key = TextFile.contents(host.keyFile + ".pub") else {
            throw LabError(Message("can't read \(host.keyFile)"))
        }
        return "[\(host.address)]:\(host.port) \(key.split(separator: " ").prefix(2).joined(separator: " "))\n"
    }

    func makeKey(_ path: String, comment: String) throws(LabError) {
        let words = [try Self.program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path]
        guard let process = ChildProcess.spawn(words, quiet: true), ChildProcess.wait(process) == .status(0) else {
            throw LabError(Message("ssh-keygen can't make the key \(path)"))
        }
    }

    /// sshd wants to be called by its absolute path, and is often not on a user's PATH.
    static func program(_ name: String) throws(LabError) -> String {
        let path = (Environment.current["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in path + ["/usr/sbin", "/sbin", "/usr/bin"] where access("\(folder)/\(name)", X_OK) == 0 {
            return "\(folder)/\(name)"
        }
        throw LabError(
            Message("\(name) is not on this machine"), hint: Message("install OpenSSH: scripts/setup does it on Debian")
        )
    }
}
