import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetLab

/// A lab of real sshd processes, in a folder of the test's own.
@Suite(.serialized) struct LabTests {
    private let folder: TemporaryFolder
    private let lab: Lab

    init() throws {
        folder = try TemporaryFolder()
        lab = Lab(folder: folder.path + "/lab")
    }

    private func run(_ line: String, on host: LabHost) throws -> String {
        try Program.text([
            "ssh", "-F", "none", "-i", lab.keyFile, "-o", "IdentitiesOnly=yes", "-o",
            "UserKnownHostsFile=\(lab.knownHostsFile)",
            "-o", "BatchMode=yes", "-p", "\(host.port)", host.address, line,
        ])
    }

    @Test func hostsAnswerAndKnowTheirHome() throws {
        let hosts = try lab.up(count: 2)
        defer { try? lab.down() }
        for host in hosts { #expect(try run("echo $HOME; pwd", on: host) == "\(host.home)\n\(host.home)\n") }
    }

    @Test func anotherLabIsRefused() throws {
        let hosts = try lab.up(count: 1)
        defer { try? lab.down() }
        let error = #expect(throws: LabError.self) { try lab.up(count: 2) }
        #expect(error?.message.text(in: .english) == "another lab is up already; hosts: 1")
        #expect(hosts[0].process != nil)
    }

    @Test func theSameLabStaysUp() throws {
        let process = try lab.up(count: 1)[0].process
        defer { try? lab.down() }
        #expect(try lab.up(count: 1).map(\.process) == [process])
    }

    @Test func aLabThatDiedIsMadeAnew() throws {
        let process = try #require(try lab.up(count: 1)[0].process)
        kill(process, SIGKILL)
        defer { try? lab.down() }
        // The process stays a zombie where nobody reaps it; its arguments are gone then.
        while lab.hosts[0].process != nil { sched_yield() }
        #expect(try lab.up(count: 1)[0].process != nil)
    }

    @Test func startsADeadHostAgain() throws {
        let hosts = try lab.up(count: 2)
        defer { try? lab.down() }
        let (living, dead) = (try #require(hosts[0].process), try #require(hosts[1].process))
        kill(dead, SIGKILL)
        while hosts[1].process != nil { sched_yield() }
        #expect(try lab.up(count: 2).map(\.port) == hosts.map(\.port))
        #expect(hosts[0].process == living && hosts[1].process != nil)
    }

    @Test func refusesASecondFleetAtWork() throws {
        let lock = try LabLock(lab.lockFile)
        let error = #expect(throws: LabError.self) { try lab.up(count: 1) }
        #expect(error?.exitCode == .locked)
        _ = consume lock
    }

    @Test func leavesNothing() throws {
        let hosts = try lab.up(count: 2)
        let processes = hosts.compactMap(\.process)
        #expect(processes.count == 2)
        try lab.down()
        #expect(processes.allSatisfy { !Processes.isAlive($0) })
        #expect(!FileManager.default.fileExists(atPath: lab.folder))
    }

    @Test func endsTheJobsOfItsHosts() async throws {
        let host = try lab.up(count: 1)[0]
        let mark = "60\(Int.random(in: 1000...9999)).5"
        _ = try run("cd /; setsid sleep \(mark) </dev/null >/dev/null 2>&1 &", on: host)
        #expect(await eventually { Processes.running("sleep \(mark)").count == 1 })
        try lab.down()
        #expect(Processes.running("sleep \(mark)").isEmpty)
    }

    @Test func sparesTheProcessesOfOthersInItsFolders() throws {
        let host = try lab.up(count: 1)[0]
        let other = try #require(ChildProcess.spawn(["sleep", "600"], quiet: true, directory: host.home))
        defer {
            kill(other, SIGKILL)
            _ = ChildProcess.wait(other)
        }
        try lab.down()
        #expect(Processes.isAlive(other))
    }

    @Test(arguments: [0, 1000]) func refusesNumbersOutOfRange(count: Int) throws {
        #expect(throws: LabError.self) { try lab.up(count: count) }
        #expect(!FileManager.default.fileExists(atPath: lab.folder))
    }

    @Test func downWithoutALabIsNoNews() throws {
        try lab.down()
    }

    @Test func writesAnInventory() throws {
        let hosts = try lab.up(count: 1)
        defer { try? lab.down() }
        #expect(
            lab.inventoryText.contains("lab-1: { address: \(hosts[0].address), port: \(hosts[0].port), tags: [lab] }"))
    }
}
