import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetLab

/// Little machines as `fleet lab up --vm` makes them.
@Suite(.serialized, .enabled(if: MachineLab.isPossible(with: .docker, .podman))) struct MachineTests {
    /// Everything that was marked, and what outlives processes.
    private struct Traces: Equatable {
        let processes: Int
        let groups: [String]
        let mounts: [String]
        let links: String

        init(of lab: Lab, _ hosts: [LabHost]) throws {
            let tree = ProcessTree()
            processes = ([lab.folder] + hosts.map(\.folder)).map { tree.marked($0).count }.reduce(0, +)
            groups = try Program.text(["find", "/sys/fs/cgroup", "-type", "d", "-name", "fleet-lab-*"])
                .split(separator: "\n").map(String.init).filter { path in
                    hosts.contains { path.contains(Self.group($0)) }
                }
            mounts = (ProcFile.contents("/proc/mounts") ?? "").split(separator: "\n").map(String.init)
                .filter { $0.contains(lab.folder) }
            links = try Program.text(["ip", "-o", "link"])
        }

        static func group(_ host: LabHost) -> String {
            let sum = try? Program.run(["cksum"], input: Array(host.folder.utf8))
            let text = String(decoding: sum ?? [], as: UTF8.self)
            return "fleet-lab-" + text.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        }
    }

    private let image: [UInt8]

    init() throws { image = try TinyImage().archive }

    @Test func dockerAndPodmanRunContainers() throws {
        let lab = try MachineLab(.docker, .podman, .none)
        let run = "run --rm \(TinyImage.name) sh -c 'echo $((6*7)); exit 7'; echo status $?"
        for (host, engine) in zip(lab.hosts, ["docker", "podman"]) {
            try lab.run("\(engine) load -q", on: host, input: image)
            #expect(try lab.run("\(engine) \(run)", on: host) == "42\nstatus 7\n")
            #expect(try lab.run("\(engine) run --rm -m 32m --network none \(TinyImage.name)", on: host) == "tiny\n")
        }
        let look = "for name in docker podman; do command -v $name >/dev/null && echo $name; done; true"
        #expect(try lab.hosts.map { try lab.run(look, on: $0) } == ["docker\n", "podman\n", ""])
    }

    /// A hierarchy of version 2, whichever this machine has mounted where.
    private static let unified = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first {
        FileManager.default.fileExists(atPath: $0 + "/cgroup.controllers")
    }

    @Test(.enabled(if: unified != nil, "SKIPPED: no control groups of version 2 here"))
    func worksWithControlGroupsOfVersion2() throws {
        let (folder, groups) = (try TemporaryFolder(), try #require(Self.unified))
        let fleet = "'\(Program.fleet)'"
        // Nothing but version 2 is to be seen, for the lab and for all that it starts.
        try folder.write(
            """
            mount --bind \(groups) /sys/fs/cgroup && cd '\(folder.path)' && \(fleet) init >/dev/null 2>&1 &&
                \(fleet) lab up --vm --engine docker,podman,none >/dev/null || exit 1
            \(fleet) --inventory inventory/lab.yaml exec --json -- \\
                'cut -d: -f3 /proc/self/cgroup | tail -n 1; cat /sys/fs/cgroup/cgroup.controllers; docker version -f up || podman info -f up || true'
            \(fleet) lab down
            echo "left: $(find /sys/fs/cgroup -name 'fleet-lab-*')"
            """, to: "look.sh")
        let text = try Program.text(["unshare", "--mount", "sh", folder.path + "/look.sh"])
        let words = try Data(contentsOf: URL(fileURLWithPath: groups + "/cgroup.controllers"))
        let controllers = String(decoding: words, as: UTF8.self).replacingOccurrences(of: "\n", with: "\\n")
        #expect(text.components(separatedBy: "\"/init\\n\(controllers)").count == 4, "\(text)")
        #expect(text.components(separatedBy: "up\\n").count == 3 && text.hasSuffix("left: \n"), "\(text)")
    }

    @Test func aHostIsAMachineOfItsOwn() throws {
        let lab = try MachineLab(.none, .none)
        let mark = "fleet-machine-\(UUID())"
        for host in lab.hosts {
            #expect(
                try lab.run("hostname; tr '\\0' ' ' </proc/1/cmdline | cut -d' ' -f1", on: host) == "\(host.name)\nsh\n"
            )
            try lab.run("echo \(host.name) >/usr/\(mark); echo \(host.name) >~/\(mark); touch /tmp/\(mark)", on: host)
        }
        for host in lab.hosts {
            #expect(try lab.run("cat /usr/\(mark) ~/\(mark)", on: host) == "\(host.name)\n\(host.name)\n")
            #expect(FileManager.default.fileExists(atPath: "\(host.home)/\(mark)"))
        }
        #expect(!FileManager.default.fileExists(atPath: "/usr/\(mark)"))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/\(mark)"))
        #expect(!FileManager.default.fileExists(atPath: NSHomeDirectory() + "/\(mark)"))
        let server = "echo hello >/tmp/index.html; busybox httpd -p 172.30.213.2:80 -h /tmp"
        try lab.run(server, on: lab.hosts[1])
        #expect(try lab.run("busybox wget -qO- http://172.30.213.2/index.html", on: lab.hosts[0]) == "hello\n")
        // Neither route nor name leads out.
        #expect(try lab.run("ip route show default; ls /dev/vda /dev/sda 2>/dev/null; true", on: lab.hosts[0]) == "")
    }

    @Test func downLeavesNothing() throws {
        let before = try Program.text(["ip", "-o", "link"])
        let lab = try MachineLab(.docker, .podman)
        try lab.run("docker load -q && docker run -d \(TinyImage.name) sleep 999", on: lab.hosts[0], input: image)
        try lab.run("podman load -q && podman run -d \(TinyImage.name) sleep 999", on: lab.hosts[1], input: image)
        try lab.run("setsid sleep 999 </dev/null >/dev/null 2>&1 &", on: lab.hosts[0])
        #expect(try Traces(of: lab.lab, lab.hosts).groups.count > 2)
        try lab.lab.down()
        try expectNothing(of: lab, links: before)
    }

    /// Each time another half is missing.
    @Test func downLeavesNothingOfALabThatWasKilledInPart() throws {
        let before = try Program.text(["ip", "-o", "link"])
        let lab = try MachineLab(.docker, .none, .none, .none)
        let tree = ProcessTree()
        kill(try #require(lab.hosts[0].process), SIGKILL)
        for process in tree.marked(lab.hosts[1].folder) where Processes.arguments(of: process).contains(" serve ") {
            kill(process, SIGKILL)
        }
        for process in tree.marked(lab.hosts[2].folder) where Processes.name(of: process) == "unshare" {
            kill(process, SIGKILL)
        }
        for process in tree.marked(lab.lab.folder) { kill(process, SIGKILL) }
        while lab.hosts[..<3].contains(where: { $0.process != nil }) { sched_yield() }
        #expect(lab.hosts[3].process != nil)
        try lab.lab.down()
        try expectNothing(of: lab, links: before)
    }

    @Test func startsADeadMachineAgain() throws {
        let lab = try MachineLab(.none, .none)
        try lab.run("touch ~/kept /usr/lost", on: lab.hosts[0])
        let living = lab.hosts[1].process
        kill(try #require(lab.hosts[0].process), SIGKILL)
        while lab.hosts[0].process != nil { sched_yield() }
        #expect(throws: Program.Failed.self) { try lab.run("true", on: lab.hosts[0]) }
        #expect(try lab.lab.up(count: 2, engines: [.none]) == lab.hosts)
        #expect(try lab.run("ls ~/kept /usr/lost 2>/dev/null | wc -l", on: lab.hosts[0]) == "1\n")
        #expect(lab.hosts[1].process == living && lab.hosts[0].process != nil)
    }

    @Test func twoLabsDoNotMeet() throws {
        let (one, other) = (try MachineLab(.none), try MachineLab(.none))
        #expect(one.hosts[0].port != other.hosts[0].port)
        try one.run("touch ~/mine; busybox httpd -p 80 -h /tmp", on: one.hosts[0])
        #expect(
            try other.run("ls ~; bash -c ': </dev/tcp/172.30.213.1/80' 2>&1 | grep -c refused", on: other.hosts[0])
                != "0\n")
        try one.lab.down()
        #expect(try other.run("hostname", on: other.hosts[0]) == "lab-1\n")
    }

    @Test(arguments: [[LabEngine.none, .none], [.none, .none, .none, .none]])
    func refusesAnotherNumberOfEngines(engines: [LabEngine]) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: LabError.self) {
            try Lab(folder: folder.path + "/lab").up(count: 3, engines: engines)
        }
        #expect(error?.exitCode == .usage)
    }

    private func expectNothing(of lab: MachineLab, links: String) throws {
        let traces = try Traces(of: lab.lab, lab.hosts)
        #expect(traces.processes == 0 && traces.groups.isEmpty && traces.mounts.isEmpty)
        #expect(traces.links == links)
        #expect(!FileManager.default.fileExists(atPath: lab.lab.folder))
    }
}
