import FleetBase
import FleetTesting
import Testing

@testable import FleetHosts

/// What is made of a host's answers, and the commands that a person is told.
@Suite struct HostFindingsTests {
    private static let name: HostName = {
        guard let name = try? HostName("pc") else { preconditionFailure("a plain name") }
        return name
    }()

    private func findings(
        rights: String = "root", user: String = "ana", facts: [(String, String)] = [], state: [(String, String)] = [],
        engines: [MethodStart] = [], delay: Duration = .zero, clockLead: Int64? = nil
    ) throws -> HostFindings {
        let usual = [
            ("login_shell", "/bin/zsh"), ("folder", "/home/ana"), ("mount", "/home"), ("writes", "yes"),
            ("runs", "yes"),
        ].filter { one in !state.contains { $0.0 == one.0 } }
        return HostFindings(
            access: HostAccess(Self.name) { "ssh -t ana@pc " + ShellWord($0).rendered }, facts: Facts(facts),
            needs: HostNeeds([("user", user), ("rights", rights), ("manager", "apt-get")]),
            state: try HostState(HostAnswer(usual + state)), engines: engines, roundTrip: .milliseconds(150),
            shellDelay: delay, greeting: "", clockLead: clockLead)
    }

    private func check(_ findings: HostFindings, _ kind: HostCheck.Kind) throws -> HostCheck {
        try #require(findings.checks.first { $0.kind == kind })
    }

    @Test(arguments: [
        ("root", "fleet exec --hosts pc 'mount -o remount,exec /home'"),
        ("sudo", #"fleet exec --hosts pc 'sudo -n sh -c '\''mount -o remount,exec /home'\'"#),
        ("password", #"ssh -t ana@pc 'sudo sh -c '\''mount -o remount,exec /home'\'"#),
        ("none", #"ssh -t ana@pc 'su -c '\''mount -o remount,exec /home'\'"#),
    ])
    func becomesRootAsTheHostAllows(rights: String, start: String) throws {
        let state = [("mount_options", "ext4 rw,noexec"), ("runs", "no sh: 1: /x: Permission denied")]
        let folder = try check(try findings(rights: rights, state: state), .folder)
        #expect(folder.state == .failed && folder.mend?.hasPrefix(start) == true, "\(folder.mend ?? "")")
        #expect(folder.found.text(in: .english) == "no program runs there: Permission denied")
    }

    @Test func installsWhatIsMissing() throws {
        let tools = try check(try findings(state: [("lacks", "tar"), ("lacks", "wc"), ("lacks", "$(evil)")]), .tools)
        #expect(tools.state == .failed && tools.mend?.contains("install coreutils tar") == true)
        #expect(tools.mend?.contains("evil") == false)
    }

    @Test(arguments: [(2 << 30, HostCheck.State.ok), (900 << 20, .warning), (1 << 20, .failed)])
    func tellsAFullDisk(free: Int, state: HostCheck.State) throws {
        let disk = try check(try findings(facts: [("disk_free", "\(free)")]), .disk)
        #expect(disk.state == state && disk.mend == (state == .ok ? nil : "fleet prune --hosts pc"))
    }

    @Test(arguments: [("90000 100000", HostCheck.State.ok), ("4000 100000", .warning), ("10 100000", .failed)])
    func tellsThatInodesRunOut(inodes: String, state: HostCheck.State) throws {
        #expect(try check(try findings(state: [("inodes", inodes)]), .inodes).state == state)
    }

    @Test func countsNoInodesWhereThereIsNoNumberOfThem() throws {
        #expect(try !findings(state: [("inodes", "0 0")]).checks.contains { $0.kind == .inodes })
    }

    @Test(arguments: [(340, HostCheck.State.ok), (360, .warning)])
    func takesTheWayFromTheShellsTime(delay: Int, state: HostCheck.State) throws {
        #expect(try check(try findings(delay: .milliseconds(delay)), .shellStart).state == state)
    }

    /// The time is the one at which the command is carried out.
    @Test(arguments: ["root", "sudo", "password", "none"]) func setsAClockByThisMachines(rights: String) throws {
        let clock = try check(try findings(rights: rights, clockLead: -70), .clock)
        #expect(clock.state == .warning && clock.found.text(in: .english) == "it is 70.0 s behind this machine's")
        let line =
            "fleet() { for word in \"$@\"; do :; done; echo \"$word\"; }; ssh() { fleet \"$@\"; }; date() { echo 17; }; "
        let told = try Program.text(["/bin/sh", "-c", line + (try #require(clock.mend))])
        #expect(told.contains("date -s @17"), "\(told)")
    }

    @Test func letsTheUserAtDocker() throws {
        let said = "permission denied while trying to connect to unix:///var/run/docker.sock"
        let engine = try check(
            try findings(engines: [MethodStart(method: .docker, problem: said)]), .engine)
        #expect(engine.state == .warning && engine.mend == "fleet exec --hosts pc 'usermod -aG docker ana'")
    }

    @Test(arguments: [(100, 0), (105, 0), (106, 1), (99, -1), (50, -50)])
    func countsOnlyWhatACertainlyWrongClockHas(clock: Int64, lead: Int64) {
        #expect(Fleet.lead(of: clock, between: 100, 105) == lead)
    }

    @Test(arguments: [
        [("clock", "-3")], [("inodes", "many")], [("inodes", "1")], [("clock", "99999999999999999999")],
    ])
    func refusesWhatNoScriptWouldSay(lines: [(String, String)]) {
        #expect(throws: Failure.self) { try HostState(HostAnswer(lines)) }
    }

    @Test(arguments: [
        [("starts", "slurm")], [("problem", "")], [("starts", "docker"), ("problem", "docker broken")],
    ])
    func refusesMethodsThatNobodyAskedFor(lines: [(String, String)]) {
        #expect(throws: Failure.self) { try MethodStart.all(in: HostAnswer(lines)) }
    }
}
