import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetEngine

@Suite struct PushTests {
    private func current(_ fixture: EngineFixture, _ host: String = "one") -> String? {
        try? FileManager.default.destinationOfSymbolicLink(
            atPath: fixture.folder.path + "/homes/\(host)/.fleet/packages/hello/current")
    }

    @Test func installsAndSwitches() async throws {
        let fixture = try EngineFixture()
        let package = try fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.value?.state == .pushed)
        #expect(outcome.value?.bytesSent == package.archiveSize.bytes)
        #expect(current(fixture) == package.version)
    }

    @Test func sendsNothingTwice() async throws {
        let fixture = try EngineFixture()
        let package = try fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.value?.state == .unchanged)
        #expect(outcome.value?.bytesSent == 0)
    }

    @Test func makesAnOlderReleaseCurrentWithoutSendingIt() async throws {
        let fixture = try EngineFixture()
        let first = try fixture.builder.build("hello")
        _ = await fixture.fleet.push(first, to: fixture.hosts)
        try fixture.folder.write("echo changed\n", to: "packages/hello/hello.sh")
        let second = try fixture.builder.build("hello")
        _ = await fixture.fleet.push(second, to: fixture.hosts)
        let outcome = try #require(await fixture.fleet.push(first, to: fixture.hosts).first)
        #expect(outcome.value?.state == .activated)
        #expect(outcome.value?.from == second.version)
        #expect(current(fixture) == first.version)
    }

    @Test func changesNothingInADryRun() async throws {
        let fixture = try EngineFixture()
        let package = try fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts, dryRun: true).first)
        #expect(outcome.value?.state == .planned)
        #expect(outcome.value?.bytesSent == package.archiveSize.bytes)
        #expect(current(fixture) == nil)
    }

    @Test func keepsTheOldReleaseWhenTheNewOneIsCutShort() async throws {
        let fixture = try EngineFixture()
        let first = try fixture.builder.build("hello")
        _ = await fixture.fleet.push(first, to: fixture.hosts)
        try fixture.folder.write("echo changed\n", to: "packages/hello/hello.sh")
        let second = try fixture.builder.build("hello")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: second.archive))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: second.archive))
        let outcome = try #require(await fixture.fleet.push(second, to: fixture.hosts).first)
        #expect(outcome.failure?.kind == .push)
        #expect(current(fixture) == first.version)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: fixture.folder.path + "/homes/one/.fleet/incoming")
        #expect(left.isEmpty)
    }

    @Test func refusesAFileThatArrivesDamaged() async throws {
        let fixture = try EngineFixture()
        let package = try fixture.builder.build("hello")
        // Another payload under the same sums: what a flipped bit on a disk would be.
        let other = fixture.folder.path + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try run(
            "cd \(other) && zstd -dc \(package.archive) | tar -xf - && echo x >>hello.sh && tar -cf - . | zstd -qf -o \(package.archive)"
        )
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.failure?.kind == .push)
        #expect(outcome.failure?.message.text(in: .english).contains("hello.sh") == true)
        #expect(current(fixture) == nil)
    }

    private func run(_ command: String) throws {
        let process = try #require(ChildProcess.spawn(["sh", "-c", command]))
        #expect(ChildProcess.wait(process) == .status(0))
    }

    @Test func tellsAFolderThatCannotBeMade() async throws {
        let fixture = try EngineFixture()
        try fixture.folder.write("a file", to: "homes")
        let package = try fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.failure?.kind == .push)
        #expect(outcome.failure?.hint != nil)
    }

    @Test func makesTheReleaseReadOnly() async throws {
        let fixture = try EngineFixture()
        let package = try fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let file = fixture.folder.path + "/homes/one/.fleet/packages/hello/current/hello.sh"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o222 } == 0)
    }
}
