import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// fleet's folder goes from a host, and nothing that is not fleet's or that somebody needs.
@Suite(.serialized) struct PurgeScriptTests {
    private static let run = "20260101-000000-abcd"
    private var host: ScriptHost

    init() throws { host = try ScriptHost() }

    private func purge(
        _ root: String? = nil, _ wish: String = "remove", in shell: HostShell
    ) async throws -> RemoteResult { try await host.run(.purge, [root ?? host.root, wish], in: shell) }

    /// Expects that nothing goes, and one line that says why.
    private func expectRefusal(
        _ line: String, keeping kept: String..., in shell: HostShell, at place: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await purge(in: shell)
        let lines = result.outputText.split(separator: "\n").map(String.init)
        #expect(result.status == 0 && lines.contains(line), "\(lines) \(result.errorText)", sourceLocation: place)
        for name in kept { #expect(host.exists(name), "\(name) is gone", sourceLocation: place) }
        #expect(try names(in: host.root).allSatisfy { !$0.hasPrefix(".gone.") }, sourceLocation: place)
    }

    private func expectRemoval(in shell: HostShell, at place: SourceLocation = #_sourceLocation) async throws {
        let result = try await purge(in: shell)
        #expect(
            result.status == 0 && !FileManager.default.fileExists(atPath: host.root),
            "\(result.outputText) \(result.errorText)", sourceLocation: place)
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
    }

    private func write(_ text: String = "", _ path: String) throws { try host.folder.write(text, to: "root/" + path) }

    /// The folder of a job whose process had an identity.
    private func makeJob(_ id: String, as identity: String, ended: Bool = false) throws {
        try write("{}\n", "runs/\(id)/job.json")
        try write("\(identity.prefix { $0 != "." }) \(identity)\n", "runs/\(id)/pid")
        if ended { try write("0 0 0 no 0m0s 0m0s 1 2\n", "runs/\(id)/trailer") }
    }

    private var boot: String {
        get throws { try Program.text(["cat", "/proc/sys/kernel/random/boot_id"]).trimmingCharacters(in: .newlines) }
    }
    private var machine: String {
        get throws { try Program.text(["uname", "-n"]).trimmingCharacters(in: .newlines) }
    }
    /// A process of this machine that is gone.
    private var gone: String { get throws { "4194304.7.\(try boot).\(try machine)" } }

    // MARK: What is fleet's

    @Test(arguments: HostShell.allCases) func removesAllThatIsFleets(shell: HostShell) async throws {
        #expect(try await host.install("1", in: shell).status == 0)
        #expect(try await host.start("job", "echo done >\"$FLEET_OUT/file\"", in: shell).status == 0)
        try write("", "images/podman/demo/1")
        try write("x", "incoming/demo@1-0123456789ab/part")
        try write("x", "venvs/demo/0123/pyvenv.cfg")
        try write("x", "schedules/hourly@01234567/when")
        try write("x", "schedules/hourly@01234567.history")
        try await expectRemoval(in: shell)
    }

    @Test(
        arguments: HostShell.allCases,
        [
            "images/cat.jpg", "images/docker/cat.jpg", "packages/letter", "packages/novel/chapter",
            "runs/marathon/photo", "venvs/mine/notes", "incoming/letter", "schedules/school/monday", "slurm/job/notes",
            "mine",
            "images/.thumbnails/cat.jpg",
        ])
    func sparesWhatBearsItsNamesAlone(shell: HostShell, path: String) async throws {
        try write("mine\n", path)
        try write("{}\n", "packages/demo/1/.fleet-manifest.json")
        let name = path.split(separator: "/").prefix(2).joined(separator: "/")
        try await expectRefusal("strange=\(name)", keeping: path, "packages/demo/1/.fleet-manifest.json", in: shell)
    }

    @Test(arguments: HostShell.allCases) func removesEmptyFolders(shell: HostShell) async throws {
        try Program.run(["mkdir", "-p", host.root + "/packages", host.root + "/runs/" + Self.run + ".1.1/work/out"])
        try Program.run(["touch", "-d", "2026-01-01", host.root + "/runs/" + Self.run + ".1.1"])
        try await expectRemoval(in: shell)
    }

    @Test(arguments: HostShell.allCases) func refusesTheHomeFolderAndThoseAbove(shell: HostShell) async throws {
        try Program.run(["mkdir", "-p", host.folder.path + "/packages"])
        try Program.run(["ln", "-s", ".", host.folder.path + "/here"])
        let above = (host.folder.path as NSString).deletingLastPathComponent
        for root in ["/", ".", "here", host.folder.path, above] {
            let result = try await purge(root, in: shell)
            #expect(result.outputText.contains("never="), "\(root): \(result.outputText)")
        }
    }

    @Test(arguments: HostShell.allCases) func refusesWhereThereIsNoHomeFolder(shell: HostShell) async throws {
        try write("{}\n", "packages/demo/1/.fleet-manifest.json")
        for home in ["", host.folder.path + "/none", host.root + "/packages/demo/1/.fleet-manifest.json"] {
            let words = try host.program(of: shell).split(separator: " ").map(String.init)
            var environment = try host.environment(for: shell)
            environment["HOME"] = home
            #expect(throws: Program.Failed.self) {
                try Program.run(
                    words + ["-c", Script.purge.text, "fleet", "local", host.root, "remove"], environment: environment)
            }
            #expect(host.exists("packages/demo/1"))
        }
    }

    /// Who mounts a disk below the folder wants to keep what is on the disk.
    @Test(.enabled(if: Self.canMount), arguments: HostShell.allCases)
    func refusesWhatHasAMountInIt(shell: HostShell) async throws {
        try write("{}\n", "packages/demo/1/.fleet-manifest.json")
        let output = try inMounts("mkdir \"$0/runs\"; mount -t tmpfs none \"$0/runs\"", in: shell)
        #expect(output.contains("mount=\(host.root)/runs") && host.exists("packages/demo/1"), "\(output)")
    }

    private static var canMount: Bool { (try? Program.run(["unshare", "-m", "true"])) != nil }

    /// What the script prints where the user has mounted something.
    private func inMounts(_ code: String, in shell: HostShell) throws -> String {
        let words = try host.program(of: shell).split(separator: " ").map(String.init)
        let line = "PATH=/usr/sbin:/usr/bin:/sbin:/bin; (\(code)) || exit; PATH=$1; shift; exec \"$@\" \"$0\" remove"
        let environment = try host.environment(for: shell)
        let script = ["-c", Script.purge.text, "fleet", "local"]
        return String(
            decoding: try Program.run(
                ["unshare", "-m", "sh", "-c", line, host.root, environment["PATH"] ?? ""] + words + script,
                environment: ["HOME": host.folder.path]), as: UTF8.self)
    }

    // MARK: What somebody needs

    @Test(arguments: HostShell.allCases, ["pc2", "pc2.", "boot"])
    func sparesJobsOfOtherMachines(shell: HostShell, name: String) async throws {
        // A name may end in that of this machine; and a container has the boot of its host.
        let other = name == "pc2." ? "pc2.\(try machine)" : "pc2"
        let born = "42.7.\(name == "boot" ? try boot : "5b0c").\(other)"
        try makeJob("\(Self.run).1.1", as: born)
        try await expectRefusal(
            "elsewhere=\(Self.run).1.1 \(other)", keeping: "runs/\(Self.run).1.1/job.json", in: shell)
    }

    @Test(arguments: HostShell.allCases) func tellsOfMachinesThatShareTheFolder(shell: HostShell) async throws {
        try makeJob("\(Self.run).1.1", as: "42.7.5b0c.pc2", ended: true)
        let result = try await purge(nil, "look", in: shell)
        #expect(result.outputText.contains("machine=pc2\n"), "\(result.outputText)")
        try await expectRemoval(in: shell)
    }

    @Test(arguments: HostShell.allCases) func removesDeadJobs(shell: HostShell) async throws {
        try makeJob("\(Self.run).1.1", as: try gone)
        try await expectRemoval(in: shell)
    }

    /// Its process writes down who it is a moment after the folder is there.
    @Test(arguments: HostShell.allCases) func sparesAJobThatJustBegins(shell: HostShell) async throws {
        try write("{}\n", "runs/\(Self.run).1.1/job.json")
        try await expectRefusal("job=\(Self.run).1.1", keeping: "runs/\(Self.run).1.1/job.json", in: shell)
    }

    @Test(arguments: HostShell.allCases, [nil, "echo name", "exit 1", "exit 0"])
    func asksSlurmForWhatHasNotBegun(shell: HostShell, squeue: String?) async throws {
        for file in ["job.sh", "task", "1.1.words", "1.1.input", "fleet-1-1.jobs"] {
            try write("7\n", "slurm/\(Self.run)/\(file)")
        }
        if let squeue { try host.addProgram("squeue", squeue + "\n") }
        guard squeue != "exit 0" else { return try await expectRemoval(in: shell) }
        try await expectRefusal("slurm=\(Self.run)", keeping: "slurm/\(Self.run)/task", in: shell)
    }

    @Test(arguments: HostShell.allCases) func isDoneWithSlurmWhenAllTasksHaveEnded(shell: HostShell) async throws {
        for file in ["job.sh", "task", "1.1.words", "2.1.words"] { try write("7\n", "slurm/\(Self.run)/\(file)") }
        try makeJob("\(Self.run).1.1", as: "42.7.5b0c.node", ended: true)
        try await expectRefusal("slurm=\(Self.run)", keeping: "slurm/\(Self.run)/task", in: shell)
        try makeJob("\(Self.run).2.1", as: "42.7.5b0c.node", ended: true)
        try await expectRemoval(in: shell)
    }

    @Test(arguments: HostShell.allCases)
    func sparesAWorkerWithoutASupervisor(shell: HostShell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let code = "kill -KILL $(cut -d ' ' -f 1 ../pid); cd /; exec sleep \(mark)"
        #expect(try await host.start("job", code, in: shell).status == 70)
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        let worker = try #require(Processes.running("sleep \(mark)").first)
        defer { kill(worker, SIGKILL) }
        try await expectRefusal("job=job", keeping: "runs/job/job.json", in: shell)
        kill(-getpgid(worker), SIGKILL)
        #expect(await eventually { !Processes.isAlive(worker) })
        try await expectRemoval(in: shell)
    }

    @Test(arguments: HostShell.allCases, ["echo 0123", "exit 1", "exit 0"])
    func sparesAContainerWithoutASupervisor(shell: HostShell, answer: String) async throws {
        try makeJob("job", as: try gone)
        try write("podman\n", "runs/job/.engine")
        try host.addProgram("podman", "case $* in *fleet-job-job*) \(answer) ;; esac\n")
        guard answer != "exit 0" else { return try await expectRemoval(in: shell) }
        try await expectRefusal("job=job", keeping: "runs/job/job.json", in: shell)
    }

    @Test(arguments: HostShell.allCases) func sparesWhatAProcessWorksIn(shell: HostShell) async throws {
        try write("x", "incoming/demo@1-0123456789ab/part")
        let visitor = Process()
        visitor.executableURL = URL(fileURLWithPath: try Program.path("sleep"))
        visitor.arguments = ["600"]
        visitor.currentDirectoryURL = URL(fileURLWithPath: host.root + "/incoming")
        visitor.standardOutput = FileHandle.nullDevice
        visitor.standardError = FileHandle.nullDevice
        try visitor.run()
        defer { kill(visitor.processIdentifier, SIGKILL) }
        let line = "process=\(visitor.processIdentifier) sleep"
        try await expectRefusal(line, keeping: "incoming/demo@1-0123456789ab/part", in: shell)
    }

    /// Each machine that shares the folder has a crontab of its own.
    @Test(arguments: HostShell.allCases) func sparesSchedulesOfOtherMachines(shell: HostShell) async throws {
        try write("x", "schedules/hourly@01234567/when")
        try makeJob("\(Self.run).1.1", as: "42.7.5b0c.pc2", ended: true)
        try await expectRefusal("schedule=hourly@01234567", keeping: "schedules/hourly@01234567/when", in: shell)
    }

    @Test(arguments: HostShell.allCases) func sparesSchedulesWhereTheCrontabCannotBeRead(shell: HostShell) async throws
    {
        try write("x", "schedules/hourly@01234567/when")
        try host.addProgram("crontab", "echo broken >&2; exit 1\n")
        try await expectRefusal("schedule=hourly@01234567", keeping: "schedules/hourly@01234567/when", in: shell)
    }

    // MARK: Between the look and the end

    /// du(1) comes last in the look.
    private func meanwhile(_ code: String) throws {
        try host.addProgram("du", "[ -d '\(host.root)/runs/late' ] || { \(code); } >/dev/null 2>&1\necho 4 x\n")
    }

    @Test(arguments: HostShell.allCases) func putsAllBackForAJobThatBeganMeanwhile(shell: HostShell) async throws {
        #expect(try await host.install("1", in: shell).status == 0)
        try makeJob("job", as: try gone, ended: true)
        let late = "'\(host.root)/runs/late'"
        try meanwhile("mkdir \(late) && echo {} >\(late)/job.json")
        try await expectRefusal(
            "job=late", keeping: "runs/job/trailer", "runs/late/job.json", "packages/demo/1/greeting", in: shell)
    }

    @Test(arguments: HostShell.allCases) func putsAllBackForAPushThatBeganMeanwhile(shell: HostShell) async throws {
        try makeJob("job", as: try gone, ended: true)
        let own = try Program.text(["sh", "-c", "cut -d ' ' -f 22 /proc/\(getpid())/stat"]).trimmingCharacters(
            in: .newlines)
        let lock = "\(getpid()).\(own).\(try boot).\(try machine)"
        try meanwhile("mkdir -p '\(host.root)/packages/demo' && ln -s \(lock) '\(host.root)/packages/demo/.lock'")
        try await expectRefusal("push=demo", keeping: "runs/job/trailer", "packages/demo", in: shell)
    }

    /// What comes once all is aside finds an empty folder, and stays.
    @Test(arguments: HostShell.allCases) func sparesWhatComesWhileItRemoves(shell: HostShell) async throws {
        try makeJob("job", as: try gone, ended: true)
        let late = "'\(host.root)/runs/late'"
        let rm = try Program.path("rm")
        try host.addProgram("rm", "mkdir -p \(late) && echo {} >\(late)/job.json\nexec \(rm) \"$@\"\n")
        let result = try await purge(in: shell)
        #expect(result.status == 73 && result.reason.contains("meanwhile"), "\(result.errorText)")
        #expect(host.exists("runs/late/job.json") && !host.exists("runs/job"))
    }

    @Test(arguments: HostShell.allCases) func putsBackWhatItCannotRemove(shell: HostShell) async throws {
        try makeJob("job", as: try gone, ended: true)
        try host.addProgram("rm", "echo \"rm: can't remove '$2/runs/job'\" >&2\nexit 1\n")
        let result = try await purge(in: shell)
        #expect(
            result.status == 73 && result.reason == "rm: can't remove '\(host.root)/runs/job'", "\(result.errorText)")
        #expect(host.exists("runs/job/trailer"))
        #expect(try names(in: host.root) == ["runs"])
    }

    @Test(arguments: HostShell.allCases) func findsWhatAKilledPurgePutAside(shell: HostShell) async throws {
        try makeJob("job", as: try gone, ended: true)
        try makeJob("new", as: try gone, ended: true)
        let code = "mkdir -p \"$0/.gone.$1/runs\" && mv \"$0/runs/job\" \"$0/.gone.$1/runs\""
        try Program.run(["sh", "-c", code, host.root, try gone])
        let result = try await purge(nil, "look", in: shell)
        #expect(result.outputText.contains("runs=2\n"), "\(result.outputText)")
        #expect(try names(in: host.root) == ["runs"])
        try await expectRemoval(in: shell)
    }

    // MARK: A folder that can't go itself

    @Test(.enabled(if: getuid() == 0), arguments: HostShell.allCases)
    mutating func emptiesAFolderWhoseParentIsNotItsUsers(shell: HostShell) async throws {
        host.root = host.folder.path + "/srv/fleet"
        try host.folder.write("{}\n", to: "srv/fleet/packages/demo/1/.fleet-manifest.json")
        let user = try host.shellOfAUser(shell)
        try Program.run(["chown", "root:root", host.folder.path + "/srv"])
        for _ in 1...2 {
            let result = try await user.run(.purge, [ShellWord(host.root), "remove"], deadline: .after(.seconds(30)))
            #expect(result.status == 0 && result.outputText.hasSuffix("empty=\(host.root)\n"), "\(result.errorText)")
            #expect(try names(in: host.root).isEmpty)
        }
    }

    @Test(.enabled(if: Self.canMount), arguments: HostShell.allCases)
    func emptiesAMountPoint(shell: HostShell) async throws {
        try Program.run(["mkdir", "-p", host.root])
        let code =
            "mount -t tmpfs -o mode=755 none \"$0\"; mkdir -p \"$0/packages/demo/1\"; "
            + "echo {} >\"$0/packages/demo/1/.fleet-manifest.json\""
        let output = try inMounts(code, in: shell)
        #expect(output.contains("package=demo\n") && output.hasSuffix("empty=\(host.root)\n"), "\(output)")
    }
}
