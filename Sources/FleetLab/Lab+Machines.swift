import FleetBase
import FoundationEssentials
import Glibc

/// Hosts that are little machines: namespaces over an overlay of this machine's files, with their own network,
/// processes, host name and engines. What is done inside stands in `Scripts/machine.sh`.
///
/// Nothing but processes holds them, and each process out here is marked in its environment: whatever was killed in
/// between, ending the marked ones ends it all.
extension Lab {
    private static let starting = Duration.seconds(60)
    private static let ending = Duration.seconds(30)

    private var script: String { folder + "/machine.sh" }
    private var switchFile: String { folder + "/switch.pid" }
    private var switchReady: String { folder + "/ready" }

    /// What each host is to be.
    ///
    /// - Throws: when this user or this machine can't have it.
    func kinds(count: Int, engines: [LabEngine]?) throws(LabError) -> [LabEngine?] {
        guard let engines else { return Array(repeating: nil, count: count) }
        guard engines.count == 1 || engines.count == count else {
            throw LabError(
                Message("\(engines.count) engines for \(count) hosts"),
                hint: Message("name one for all, or one for each"),
                exitCode: .usage)
        }
        guard getuid() == 0 else {
            throw LabError(
                Message("only root can make little machines"),
                hint: Message("run it with sudo, or leave --vm out for plain sshd processes"))
        }
        for program in ["unshare", "nsenter", "ip", "mount", "sshd"] { _ = try Self.program(program) }
        for program in engines.flatMap(\.programs) { try requireEngine(program) }
        return engines.count == 1 ? Array(repeating: engines[0], count: count) : engines
    }

    private func requireEngine(_ program: String) throws(LabError) {
        guard (try? Self.program(program)) == nil else { return }
        throw LabError(
            Message("\(program) is not on this machine"),
            hint: Message("install it: scripts/setup does it on Debian; or make hosts without it: --engine none"))
    }

    func prepareMachine(_ host: LabHost) throws(LabError) {
        try TextFile.makeFolder(host.sharedFolder)
        try makeKey(host.keyFile, comment: host.name)
        try TextFile.write(String(decoding: PackageResources.machine_sh, as: UTF8.self), to: script)
        try TextFile.write(TextFile.contents(keyFile + ".pub") ?? "", to: host.sharedFolder + "/authorized_keys")
        let config = """
            HostKey /run/fleet-lab/ssh_host_ed25519_key
            AuthorizedKeysFile /run/fleet-lab/authorized_keys
            StrictModes no
            UsePAM no
            UseDNS no
            PidFile none
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            AllowTcpForwarding yes
            PrintMotd no
            LogLevel ERROR
            Subsystem sftp internal-sftp

            """
        try TextFile.write(config, to: host.sharedFolder + "/sshd_config")
    }

    // MARK: Start

    func startMachines(_ hosts: [LabHost]) throws(LabError) {
        guard !hosts.isEmpty else { return }
        // What is left of one that died in part.
        for host in hosts { stopMachine(host) }
        let living = self.hosts.filter { $0.process != nil }
        let (bridge, isNew) = try startSwitch()
        var machines: [Int32] = []
        for host in hosts {
            try listen(for: host)
            machines.append(try spawn("start", host, log: host.logFile, [host.name, host.engine?.rawValue ?? ""]))
        }
        for (host, machine) in zip(hosts, machines) { try wait(for: host, machine) }
        // The cables of those that went on hung on the switch that is gone.
        for host in isNew ? living + hosts : hosts { try plug(host, into: bridge) }
    }

    private func listen(for host: LabHost) throws(LabError) {
        let socket = try LabListener.socket(on: host)
        defer { close(socket) }
        let process = ChildProcess.spawn(
            [fleet, "lab", "serve", host.folder], environment: [ProcessTree.mark: host.folder], quiet: true,
            descriptors: [STDIN_FILENO: socket], ownSession: true)
        guard let process else { throw LabError(Message("can't start \(fleet)")) }
        OwnChildren.add(process)
        try TextFile.write("\(process)\n", to: host.listenerFile)
    }

    /// What the listener of a host starts for each connection.
    package static func session(in hostFolder: String) throws(LabError) -> [String] {
        let folder = URL(fileURLWithPath: hostFolder).deletingLastPathComponent().deletingLastPathComponent().path
        return ["/bin/sh", Lab(folder: folder).script, "session", hostFolder, try program("sshd")]
    }

    private func spawn(_ verb: String, _ host: LabHost, log: String, _ words: [String]) throws(LabError) -> Int32 {
        try spawn(["/bin/sh", script, verb, host.folder] + words, for: host.folder, log: log)
    }

    private func spawn(_ words: [String], for folder: String, log: String) throws(LabError) -> Int32 {
        let file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        defer { close(file) }
        let process = ChildProcess.spawn(
            words, environment: [ProcessTree.mark: folder], quiet: true,
            descriptors: [STDOUT_FILENO: file, STDERR_FILENO: file], ownSession: true)
        guard let process else { throw LabError(Message("can't start \(words[0])")) }
        OwnChildren.add(process)
        return process
    }

    private func wait(for host: LabHost, _ machine: Int32) throws(LabError) {
        guard wait(for: host.readyFile, of: machine) else {
            let log = (TextFile.contents(host.logFile) ?? "").split(separator: "\n").last ?? ""
            throw LabError(Message("the host \(host.name) does not start: \(String(log))"))
        }
    }

    /// Waits until a process that is a child of this one has made a file.
    ///
    /// - Returns: false when the process ended before, or the time is over.
    private func wait(for file: String, of process: Int32) -> Bool {
        let end = ContinuousClock.now + Self.starting
        while access(file, F_OK) != 0 {
            guard ProcessTree.isAlive(process), ContinuousClock.now < end else { return false }
            usleep(10_000)
        }
        return true
    }

    private func plug(_ host: LabHost, into bridge: Int32) throws(LabError) {
        guard let process = host.process, let number = hosts.firstIndex(of: host) else { return }
        let plug = try spawn(
            "plug", host, log: folder + "/plug.log", ["\(number + 1)", "\(bridge)", "\(process)"])
        guard ChildProcess.wait(plug) == .status(0) else {
            let log = (TextFile.contents(folder + "/plug.log") ?? "").split(separator: "\n").last ?? ""
            throw LabError(Message("the host \(host.name) gets no network: \(String(log))"))
        }
    }

    // MARK: The switch

    private func startSwitch() throws(LabError) -> (process: Int32, isNew: Bool) {
        if let number = Int32((TextFile.contents(switchFile) ?? "").filter(\.isNumber)),
            ProcessTree.isMarked(number, folder)
        {
            return (number, false)
        }
        unlink(switchReady)
        let process = try spawn(
            [try Self.program("unshare"), "--net", "/bin/sh", script, "switch", folder], for: folder,
            log: folder + "/switch.log")
        guard wait(for: switchReady, of: process) else {
            let log = (TextFile.contents(folder + "/switch.log") ?? "").split(separator: "\n").last ?? ""
            throw LabError(
                Message("the network of the lab does not start: \(String(log))"),
                hint: Message("does this system let root make namespaces? Many containers do not"))
        }
        try TextFile.write("\(process)\n", to: switchFile)
        return (process, true)
    }

    func stopSwitch() {
        // Only a lab of little machines has one.
        if access(script, F_OK) == 0 { end(folder) }
    }

    // MARK: End

    func stopMachine(_ host: LabHost) {
        guard access(script, F_OK) == 0 else { return }
        end(host.folder)
        for file in [host.readyFile, host.listenerFile, host.initFile] { unlink(file) }
        _ = ChildProcess.spawn(["/bin/sh", script, "clean", host.folder], quiet: true).flatMap(ChildProcess.wait)
    }

    /// Ends what is marked, and looks again until nothing is: a connection may just be coming in. With the first process
    /// of a little machine the kernel ends all others in it.
    private func end(_ folder: String) {
        var seen: Set<Int32> = []
        let end = ContinuousClock.now + Self.ending
        while ContinuousClock.now < end {
            let family = ProcessTree().marked(folder)
            for member in family { kill(member, SIGKILL) }
            seen.formUnion(family)
            // A process whose environment is gone may still be ending the others.
            if family.isEmpty, !seen.contains(where: ProcessTree.isAlive) { break }
            usleep(5000)
        }
        OwnChildren.reap()
    }
}

extension LabHost {
    var initFile: String { folder + "/init.pid" }
    var listenerFile: String { folder + "/listener.pid" }
    var readyFile: String { sharedFolder + "/ready" }

    /// The first process of a little machine, as long as it can be reached, too.
    var machineProcess: Int32? {
        guard number(in: listenerFile, isMeant: { ProcessTree.isMarked($0, folder) }) != nil else { return nil }
        return number(in: initFile) { ProcessTree.isMarked($0, folder) }
    }
}
