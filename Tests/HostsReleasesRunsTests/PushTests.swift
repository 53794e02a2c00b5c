import FleetBase
import FleetTesting
import Foundation
import Synchronization
import Testing
@testable import FleetHosts
@testable import FleetReleases

@Suite struct PushTests {
    private func current(_ fixture: EngineFixture, _ host: String = "one") -> String? {
        try? FileManager.default.destinationOfSymbolicLink(
            atPath: fixture.folder.path + "/homes/\(host)/.fleet/packages/hello/current")
    }

    @Test func installsAndSwitches() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.value?.state == .pushed)
        #expect(outcome.value?.bytesSent == package.archiveSize.bytes)
        #expect(current(fixture) == package.version)
    }

    @Test func sendsNothingTwice() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.value?.state == .unchanged)
        #expect(outcome.value?.bytesSent == 0)
    }

    /// Where nothing is sent, finding that out is all there is.
    @Test func countsTheWholeTimeOfAHost() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let transport = TimedTransport(transport: LocalTransport(directory: fixture.folder.path))
        let fleet = Fleet(project: fixture.fleet.project, inventory: fixture.fleet.inventory, ssh: transport)
        let outcome = try #require(await fleet.push(package, to: fixture.hosts).first?.value)
        #expect(outcome.state == .unchanged && outcome.duration >= transport.total.withLock(\.self))
    }

    @Test func makesAnOlderReleaseCurrentWithoutSendingIt() async throws {
        let fixture = try EngineFixture()
        let first = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(first, to: fixture.hosts)
        try fixture.folder.write("echo changed\n", to: "packages/hello/hello.sh")
        let second = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(second, to: fixture.hosts)
        let outcome = try #require(await fixture.fleet.push(first, to: fixture.hosts).first)
        #expect(outcome.value?.state == .activated)
        #expect(outcome.value?.from == second.version)
        #expect(current(fixture) == first.version)
    }

    /// After a power cut nobody knows what of a release had reached the disk.
    @Test func sendsAgainWhatAPowerCutMayHaveDamaged() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let release = "homes/one/.fleet/packages/hello"
        func isSynced() async -> Bool {
            await eventually {
                !FileManager.default.fileExists(
                    atPath: "\(fixture.folder.path)/\(release)/.unsynced.\(package.version)")
            }
        }
        // The host removes its mark once, at a moment of its own.
        #expect(await isSynced())
        try fixture.folder.write("another boot\n", to: "\(release)/.unsynced.\(package.version)")
        #expect(await fixture.fleet.currentVersions(of: "hello", on: fixture.hosts).first?.value == .some(nil))
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.value?.state == .pushed && current(fixture) == package.version)
        #expect(await isSynced())
        #expect(await fixture.fleet.push(package, to: fixture.hosts).first?.value?.state == .unchanged)
    }

    @Test func changesNothingInADryRun() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        var options = PushOptions()
        options.dryRun = true
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts, options).first)
        #expect(outcome.value?.state == .planned)
        #expect(outcome.value?.bytesSent == package.archiveSize.bytes)
        #expect(current(fixture) == nil)
    }

    /// The plan that a dry run shows is the one that the push carries out.
    @Test func carriesOutWhatADryRunPlans() async throws {
        let fixture = try EngineFixture()
        var planned = PushOptions()
        planned.dryRun = true
        let first = try await fixture.builder.build("hello")
        let large = (0..<100_000).map { "\($0)\n" }.joined()
        var seen: [[PushStep]] = []
        for round in 0..<4 {
            switch round {
            case 1: try fixture.folder.write(large, to: "packages/hello/large")
            case 2: try fixture.folder.write("more\n", to: "packages/hello/more")
            default: break
            }
            let package = round == 3 ? first : try await fixture.builder.build("hello")
            let plan = try #require(await fixture.fleet.push(package, to: fixture.hosts, planned).first?.value)
            let before = current(fixture)
            let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first?.value)
            #expect(plan.steps == outcome.steps && plan.bytesSent == outcome.bytesSent && plan.from == before)
            seen.append(outcome.steps)
            let again = try #require(await fixture.fleet.push(package, to: fixture.hosts, planned).first?.value)
            #expect(again.steps.isEmpty)
        }
        #expect(
            seen.map { steps in
                steps.map { step in
                    switch step {
                    case .release(.send(let release)): release.base == nil ? "whole" : "difference"
                    case .release(.activate): "activate"
                    case .image: "image"
                    }
                }
            } == [["whole"], ["whole"], ["difference"], ["activate"]])
    }

    // MARK: One after the other

    @Test(arguments: [HostShare.count(0), .percent(20)]) func batchesStopAtTooManyFailures(most: HostShare) async throws
    {
        let fixture = try EngineFixture(hosts: ["dead", "one", "two"])
        let package = try await fixture.builder.build("hello")
        var options = PushOptions()
        (options.batch, options.maxFailures) = (.count(1), most)
        let finished = Mutex<[String]>([])
        let outcomes = await fixture.fleet.push(package, to: fixture.hosts, options) { outcome in
            finished.withLock { $0.append(outcome.host.text) }
        }
        #expect(outcomes.map(\.host.text) == ["dead", "one", "two"] && outcomes.allSatisfy { $0.value == nil })
        #expect(outcomes.dropFirst().allSatisfy { $0.failure?.kind == .push })
        #expect(current(fixture, "one") == nil && current(fixture, "two") == nil)
        #expect(finished.withLock(\.self) == ["dead", "one", "two"])
    }

    @Test(arguments: [HostShare.count(1), .percent(34)]) func batchesGoOnWithFewFailures(most: HostShare) async throws {
        let fixture = try EngineFixture(hosts: ["dead", "one", "two"])
        let package = try await fixture.builder.build("hello")
        var options = PushOptions()
        (options.batch, options.maxFailures) = (.count(1), most)
        let outcomes = await fixture.fleet.push(package, to: fixture.hosts, options)
        #expect(outcomes.map { $0.value?.state } == [nil, .pushed, .pushed])
        #expect(current(fixture, "two") == package.version)
    }

    // MARK: Room

    /// - Parameter free: KiB, as df(1) counts them there.
    @Test(arguments: [(free: 100, isEnough: false), (free: 1000, isEnough: true)])
    func sendsNothingThatHasNoRoom(free: Int, isEnough: Bool) async throws {
        let tools = try TemporaryFolder()
        try tools.write(
            "#!/bin/sh\necho Filesystem 1024-blocks Used Available Capacity Mounted\necho disk 9999 1 \(free) 1% /\n",
            to: "df")
        #expect(chmod(tools.path + "/df", 0o755) == 0)
        let fixture = try EngineFixture(environment: ["PATH": "\(tools.path):/usr/bin:/bin"])
        try fixture.folder.write(String(repeating: "x", count: 300 << 10), to: "packages/hello/large")
        let package = try await fixture.builder.build("hello")
        var planned = PushOptions()
        planned.dryRun = true
        let plan = try #require(await fixture.fleet.push(package, to: fixture.hosts, planned).first)
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect((outcome.value != nil) == isEnough && (current(fixture) != nil) == isEnough)
        #expect(plan.failure == outcome.failure)
        guard !isEnough else { return }
        let words = outcome.failure?.message.text(in: .english) ?? ""
        #expect(
            outcome.failure?.kind == .push && words.hasPrefix("hello 1.0.0-") && words.contains("100 KiB left"))
    }

    @Test func keepsTheOldReleaseWhenTheNewOneIsCutShort() async throws {
        let fixture = try EngineFixture()
        let first = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(first, to: fixture.hosts)
        try fixture.folder.write("echo changed\n", to: "packages/hello/hello.sh")
        let second = try await fixture.builder.build("hello")
        // A whole archive of which the last file is missing.
        let other = fixture.folder.path + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try run(
            "cd \(other) && zstd -dc \(second.archive) | tar -xf - && rm hello.sh && tar -cf - . | zstd -qf -o \(second.archive)"
        )
        let outcome = try #require(await fixture.fleet.push(second, to: fixture.hosts).first)
        #expect(outcome.failure?.kind == .push)
        #expect(current(fixture) == first.version)
    }

    @Test func makesATornArchiveAnewBeforeItIsSent() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: package.archive))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: package.archive))
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.failure == nil)
        #expect(current(fixture) == package.version)
        #expect(try Data(contentsOf: URL(fileURLWithPath: package.archive)) == bytes)
    }

    @Test func refusesAFileThatArrivesDamaged() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
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
        let package = try await fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts).first)
        #expect(outcome.failure?.kind == .push)
        #expect(outcome.failure?.hint != nil)
    }

    @Test func makesTheReleaseReadOnly() async throws {
        let fixture = try EngineFixture()
        let package = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(package, to: fixture.hosts)
        let file = fixture.folder.path + "/homes/one/.fleet/packages/hello/current/hello.sh"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o222 } == 0)
    }
}

/// Counts how long its commands took.
private final class TimedTransport: Transport {
    let total = Mutex(Duration.zero)
    private let transport: LocalTransport

    init(transport: LocalTransport) { self.transport = transport }

    func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        TimedConnection(connection: try await transport.connect(to: destination, deadline: deadline), transport: self)
    }
}

private struct TimedConnection: Connection {
    let connection: any Connection
    let transport: TimedTransport

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        let start = ContinuousClock.now
        let completion = try await connection.run(command, deadline: deadline)
        transport.total.withLock { $0 += .now - start }
        return completion
    }

    func close() async { await connection.close() }
}
