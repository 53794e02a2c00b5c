import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts

@Suite struct PreparePlanTests {
    private func plan(
        _ manager: PackageManager?, _ rights: HostNeeds.Rights, lacks: [Supply], has: [Supply] = []
    ) throws -> PreparePlan {
        var lines = [(key: "user", value: rights == .root ? "root" : "ana"), (key: "rights", value: rights.rawValue)]
        if let manager { lines.append((key: "manager", value: manager.program)) }
        lines += lacks.map { (key: "lacks", value: $0.rawValue) } + has.map { (key: "has", value: $0.rawValue) }
        return try HostNeeds(lines).plan()
    }

    @Test(arguments: [
        (
            PackageManager.apt,
            [
                "apt-get -q update",
                "env 'DEBIAN_FRONTEND=noninteractive' apt-get -q -y -o 'DPkg::Lock::Timeout=300' install docker.io podman python3 python3-venv zstd",
            ]
        ),
        (.dnf, ["dnf -q -y install moby-engine podman python3 zstd", "systemctl enable --now docker"]),
        (
            .zypper,
            ["zypper --non-interactive install docker podman python3 zstd", "systemctl enable --now docker"]
        ),
        (
            .apk,
            [
                "apk add --update-cache docker podman python3 zstd", "rc-update add docker default",
                "rc-service docker start",
            ]
        ),
        (
            .pacman,
            ["pacman -S --noconfirm --needed docker podman python zstd", "systemctl enable --now docker"]
        ),
    ])
    func installsEverythingAsRoot(manager: PackageManager, lines: [String]) throws {
        #expect(try plan(manager, .root, lacks: Supply.allCases).lines == lines)
    }

    @Test(arguments: PackageManager.allCases) func goesThroughSudo(manager: PackageManager) throws {
        let lines = try plan(manager, .sudo, lacks: [.docker]).lines
        #expect(lines.allSatisfy { $0.hasPrefix("sudo -n ") })
        #expect(
            lines.last == (manager == .apk ? "sudo -n addgroup ana docker" : "sudo -n usermod -aG docker ana"))
    }

    @Test func doesNothingWhereAllIsThere() throws {
        #expect(try plan(nil, .none, lacks: [], has: [.zstd]).lines.isEmpty)
        #expect(try plan(.apk, .root, lacks: [.zstd], has: [.podman]).lines == ["apk add --update-cache zstd"])
    }

    @Test(arguments: [HostNeeds.Rights.password, .none]) func refusesWithoutRights(rights: HostNeeds.Rights) {
        let failure = #expect(throws: Failure.self) { try plan(.apt, rights, lacks: [.zstd]) }
        #expect(failure?.kind == .noMethod && failure?.hint != nil)
    }

    @Test func refusesWithoutAPackageManager() {
        let failure = #expect(throws: Failure.self) { try plan(nil, .root, lacks: [.zstd]) }
        #expect(failure?.message.text(in: .english).contains("apt, dnf, zypper, apk, pacman") == true)
    }
}

/// On this machine as a host whose PATH leads to a folder of the test's own alone.
@Suite struct PrepareTests {
    private let folder: TemporaryFolder
    private let fleet: Fleet

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        try folder.write(
            "hosts:\n  localhost: { transport: local, root: \(folder.path)/fleet }\n", to: "inventory/hosts.yaml")
        try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
        let tools = [
            "sh", "cat", "sleep", "uname", "cut", "df", "dirname", "basename", "readlink", "nproc", "sed", "head",
            "chmod",
            "env", "tr", "setsid", "true",
        ]
        for tool in tools {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/bin/\(tool)", withDestinationPath: try Program.path(tool))
        }
        let project = Project(folder: folder.path)
        let local = LocalTransport(environment: ["PATH": folder.path + "/bin"], directory: folder.path)
        fleet = Fleet(
            project: project, inventory: try project.inventory(home: folder.path),
            pool: HostPool(ssh: local, local: local))
        try fake("id", "case $1 in -u) echo 1000 ;; *) echo ana ;; esac")
        try fake("sudo", "[ \"$1\" = -n ] && shift && echo sudo >>\(folder.path)/log && exec \"$@\"")
    }

    private func fake(_ name: String, _ body: String) throws {
        chmod(try folder.write("#!/bin/sh\n\(body)\n", to: "bin/\(name)"), 0o755)
    }

    private var log: [String] {
        ((try? folder.read("log")) ?? "").split(separator: "\n").map(String.init)
    }

    private func prepare(_ supplies: Supply...) async throws -> Facts {
        let host = fleet.inventory.hosts[0]
        let plan = try await fleet.planPreparing([host], with: supplies)[0].result.get()
        return try await fleet.prepare(host, by: plan)
    }

    @Test(arguments: PackageManager.allCases) func installsWithWhatIsThere(manager: PackageManager) async throws {
        try fake(
            manager.program,
            """
            echo "\(manager.program) $*" >>\(folder.path)/log
            case $* in *update) exit 0 ;; esac
            printf '#!/bin/sh\\ncat\\n' >\(folder.path)/bin/zstd
            chmod 755 \(folder.path)/bin/zstd
            """)
        #expect(try await prepare(.zstd).tools.contains("zstd"))
        let lines = log.filter { $0 != "sudo" }
        #expect(lines.count == (manager == .apt ? 2 : 1) && lines.last?.hasSuffix(" zstd") == true)
        // One more for the look whether it lets the user.
        #expect(log.contains("sudo"))
        let again = await fleet.planPreparing(fleet.inventory.hosts, with: [.zstd])
        #expect(try again[0].result.get().present == [.zstd])
        #expect(try again[0].result.get().lines.isEmpty)
    }

    @Test func tellsTheLastLinesOfAFailedCommand() async throws {
        try fake("apk", "echo fetching; for i in 1 2 3 4 5; do echo \"line $i\" >&2; done; exit 9")
        let failure = await #expect(throws: Failure.self) { try await prepare(.zstd) }
        let text = failure?.message.text(in: .english)
        #expect(text == "sudo -n apk add --update-cache zstd ended with 9: line 3 | line 4 | line 5")
    }

    @Test func noticesWhatDoesNotWorkAfterwards() async throws {
        try fake("dnf", "exit 0")
        let failure = await #expect(throws: Failure.self) { try await prepare(.podman) }
        #expect(failure?.message.text(in: .english) == "installed, but it does not work: podman")
    }

    @Test func tellsAMissingManagerAndMissingRights() async throws {
        let failure = await #expect(throws: Failure.self) { try await prepare(.zstd) }
        #expect(failure?.message.text(in: .english).contains("package managers") == true)
        try fake("pacman", "exit 0")
        try fake("sudo", "exit 1")
        let other = await #expect(throws: Failure.self) { try await prepare(.zstd) }
        #expect(other?.message.text(in: .english).contains("sudo asks ana") == true)
    }
}
