import FleetBase
import Foundation

/// A real Slurm for one test: munged, slurmctld, and slurmd for the nodes n1, n2 … on loopback ports of its own, all in a
/// process namespace that ends with it. Needs root.
package final class SlurmCluster: Sendable {
    /// Commands find the cluster by it: SLURM_CONF.
    package let configuration: String
    private let folder: TemporaryFolder
    private let process: Int32

    package init(nodes: Int) throws {
        folder = try TemporaryFolder()
        configuration = folder.path + "/slurm.conf"
        for name in ["state", "log", "munge"] + (1...nodes).map({ "spool/n\($0)" }) {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        try folder.write(String((0..<64).map { _ in "0123456789abcdef".randomElement() ?? "0" }), to: "munge.key")
        chmod(folder.path + "/munge.key", 0o600)
        try Self.text(folder.path, nodes, port: Int.random(in: 16000...19000)).write(
            toFile: configuration, atomically: true, encoding: .utf8)
        let script = try folder.write(Self.daemons(folder.path, nodes), to: "daemons")
        let words = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/sh", script]
        guard let process = ChildProcess.spawn([try Program.path(words[0])] + words.dropFirst(), quiet: true) else {
            throw Program.Failed(description: "unshare does not start")
        }
        self.process = process
        try waitUntilIdle(nodes)
    }

    deinit {
        kill(process, SIGKILL)
        _ = ChildProcess.wait(process)
    }

    /// Whether this machine can have one; says loudly why not.
    package static var isPossible: Bool {
        let programs = ["munged", "slurmctld", "slurmd", "sbatch", "unshare"]
        let missing = programs.filter { (try? Program.path($0)) == nil }
        let isRoot = getuid() == 0
        guard isRoot, missing.isEmpty else {
            let reason = isRoot ? "not here: \(missing.joined(separator: ", ")); scripts/setup --all" : "they need root"
            FileHandle.standardError.write(Data("SKIPPED: tests with Slurm: \(reason)\n".utf8))
            return false
        }
        return true
    }

    /// Runs a program of Slurm's.
    ///
    /// - Returns: its standard output.
    @discardableResult
    package func run(_ words: String...) throws -> String {
        String(decoding: try Program.run(words, environment: ["SLURM_CONF": configuration]), as: UTF8.self)
    }

    /// Ends the daemon of a node, which Slurm then counts as down.
    package func killDaemon(of node: String) {
        for daemon in Processes.withArguments(holding: "slurmd -N \(node) -f \(configuration)") {
            kill(daemon, SIGKILL)
        }
    }

    private func waitUntilIdle(_ nodes: Int) throws {
        let end = ContinuousClock.now + .seconds(30)
        while (try? run("sinfo", "-h", "-o", "%D", "-t", "idle")) != "\(nodes)\n" {
            guard ContinuousClock.now < end else {
                let log = (try? folder.read("log/slurmctld.log")) ?? ""
                throw Program.Failed(description: "Slurm does not come up: \(log.suffix(1000))")
            }
            // No daemon of Slurm's announces that it is ready.
            usleep(50_000)
        }
    }

    private static func daemons(_ folder: String, _ nodes: Int) -> String {
        let munge = "\(folder)/munge"
        return """
            munged --force --key-file=\(folder)/munge.key --socket=\(munge)/socket --pid-file=\(munge)/pid \\
                --log-file=\(folder)/log/munged.log --seed-file=\(munge)/seed
            slurmctld -c -f \(folder)/slurm.conf
            for node in $(seq \(nodes)); do slurmd -N "n$node" -f \(folder)/slurm.conf; done
            while :; do sleep 3600; done

            """
    }

    /// Without cgroups and accounts; a node that is gone is missed after a few seconds.
    private static func text(_ folder: String, _ nodes: Int, port: Int) -> String {
        let host = ProcessInfo.processInfo.hostName
        let machines = (1...nodes).map {
            "NodeName=n\($0) NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(port + $0) CPUs=2 State=UNKNOWN\n"
        }.joined()
        return """
            ClusterName=fleet
            SlurmctldHost=\(host)(127.0.0.1)
            SlurmctldPort=\(port)
            SlurmUser=root
            AuthType=auth/munge
            AuthInfo=socket=\(folder)/munge/socket
            SlurmctldPidFile=\(folder)/slurmctld.pid
            SlurmctldLogFile=\(folder)/log/slurmctld.log
            StateSaveLocation=\(folder)/state
            SlurmdPidFile=\(folder)/slurmd-%n.pid
            SlurmdLogFile=\(folder)/log/slurmd-%n.log
            SlurmdSpoolDir=\(folder)/spool/%n
            SlurmdParameters=config_overrides
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            MailProg=/bin/true
            MpiDefault=none
            ReturnToService=2
            SchedulerParameters=batch_sched_delay=0,sched_interval=1
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SlurmdTimeout=3
            SlurmctldTimeout=10
            MessageTimeout=3
            KillWait=2
            \(machines)PartitionName=main Nodes=n[1-\(nodes)] Default=YES MaxTime=INFINITE State=UP

            """
    }
}
