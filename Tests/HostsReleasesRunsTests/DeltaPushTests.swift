import FleetBase
import FleetPackage
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// Second pushes: to real shells, with real tools.
@Suite struct DeltaPushTests {
    private let fixture: EngineFixture

    init() throws {
        fixture = try EngineFixture(files: [
            "data/package.yaml": """
            name: data
            version: 1.0.0
            engines:
              sh: { methods: [native], run: cat big }
            """
        ])
        try write(big, to: "big")
        for index in 0..<40 { try write(noise(3000, seed: UInt64(index + 100)), to: "small/\(index)") }
        try write(noise(20_000, seed: 7), to: "old name")
    }

    private let big = noise(3 << 20, seed: 1)
    private var home: String { fixture.folder.path + "/homes/one/.fleet" }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = URL(fileURLWithPath: "\(fixture.folder.path)/packages/data/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    private func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(fixture.folder.path)/packages/data/\(path)")
    }

    /// Some of everything: ranges that changed, an insertion, a file that moved, one that went, a new one in a new folder.
    private func change() throws {
        var new = big
        new.replaceSubrange(1_000_000..<1_000_500, with: noise(500, seed: 2))
        new.insert(contentsOf: noise(300, seed: 3), at: 2_000_000)
        try write(new, to: "big")
        try write(noise(3000, seed: 4), to: "small/0")
        try remove("small/1")
        try remove("old name")
        try write(noise(20_000, seed: 7), to: "moved/new name")
        try write(Array("#!/bin/sh\n".utf8), to: "added/deep/tool")
        chmod("\(fixture.folder.path)/packages/data/added/deep/tool", 0o755)
    }

    private func push(_ options: PushOptions = PushOptions()) async throws -> PushOutcome {
        let package = try await fixture.builder.build("data")
        let outcome = try #require(await fixture.fleet.push(package, to: fixture.hosts, options).first)
        let value = try #require(outcome.value, "\(outcome.failure?.message.text(in: .english) ?? "")")
        if !options.dryRun { try expectRelease(of: package) }
        return value
    }

    /// The current release holds just what the package holds.
    private func expectRelease(of package: BuiltPackage) throws {
        let release = "\(home)/packages/data/current"
        let text = try FileManager.default.destinationOfSymbolicLink(atPath: release)
        #expect(text == package.version)
        let files = try FolderListing.files(below: "\(home)/packages/data/\(text)").map(\.text)
        let extra = [Manifest.fileName, Manifest.sumsName]
        #expect(
            files.filter { !extra.contains($0) && !$0.hasPrefix(".fleet-") }
                == package.manifest.entries.map(\.path.text))
        for entry in package.manifest.entries {
            guard case .file(let isExecutable, _, let digest) = entry.content else { continue }
            #expect(try FileDigest.of(file: "\(release)/\(entry.path)") == digest, "\(entry.path)")
            let mode = try FileManager.default.attributesOfItem(atPath: "\(release)/\(entry.path)")[.posixPermissions]
            #expect(mode as? Int == (isExecutable ? 0o555 : 0o444), "\(entry.path)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(home)/incoming").isEmpty)
    }

    private func inode(_ version: String, _ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(home)/packages/data/\(version)/\(path)")
        return try #require(attributes[.systemFileNumber] as? Int)
    }

    // MARK: Differences

    @Test(.timeLimit(.minutes(1))) func waitsForNoDifferenceThatNobodyWants() async throws {
        let package = try await fixture.builder.build("data")
        let store = DeltaStore(fixture.fleet.project)
        // An archive that does not come to its end.
        let archive = "\(fixture.fleet.project.workFolder)/packages/data/0.9.0.tar.zst"
        #expect(mkfifo(archive, 0o600) == 0)
        let work = Task { try await store.stream(to: package, from: "0.9.0") { () throws(Failure) in nil } }
        var end: CInt = -1
        #expect(
            await eventually {
                end = open(archive, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
                return end >= 0
            })
        work.cancel()
        let failure = await #expect(throws: Failure.self) { try await work.value }
        #expect(failure?.kind == .cancelled)
        close(end)
    }

    @Test func sendsWhatChanged() async throws {
        let first = try await push()
        try change()
        let second = try await push()
        #expect(second.base == first.to && second.state == .pushed)
        #expect(second.bytesSent < 30_000)
        #expect(try inode(first.to, "small/5") == inode(second.to, "small/5"))
        #expect(try inode(first.to, "big") != inode(second.to, "big"))
    }

    /// On a host without a Python that works a plain shell makes the release. The large file is in the difference, or
    /// nothing but small ones, of which none is rebuilt.
    @Test(arguments: [true, false]) func makesAReleaseWithoutPython(rebuilds: Bool) async throws {
        let programs = try TemporaryFolder()
        try programs.write("#!/bin/sh\nexit 1\n", to: "failing")
        try Program.run(["install", "-m", "755", programs.path + "/failing", programs.path + "/python3"])
        let environment = ["PATH": programs.path + ":/usr/bin:/bin"]
        let fixture = try EngineFixture(environment: environment)
        let place = "packages/hello/data"
        try fixture.folder.write(String(repeating: "unchanged\n", count: 4000), to: place + "/kept")
        let lines = rebuilds ? 300_000 : 3
        try fixture.folder.write((0..<lines).map { "\($0 * 7919)\n" }.joined(), to: place + "/changed")
        let first = try await fixture.builder.build("hello")
        _ = await fixture.fleet.push(first, to: fixture.hosts)
        try fixture.folder.write(
            (0..<lines).map { "\($0 * 7919 + $0 / (lines - 1))\n" }.joined(), to: place + "/changed")
        let second = try await fixture.builder.build("hello")
        let outcome = try #require(await fixture.fleet.push(second, to: fixture.hosts).first)
        #expect(outcome.value?.base == first.version, "\(outcome.failure?.message.text(in: .english) ?? "")")
        let release = "homes/one/.fleet/packages/hello/\(second.version)/data"
        #expect(try fixture.folder.read(release + "/changed") == fixture.folder.read(place + "/changed"))
        #expect(try fixture.folder.read(release + "/kept") == fixture.folder.read(place + "/kept"))
    }

    /// What comes after a rollback is most like what it went back from.
    @Test func buildsUponWhatWasRolledBack() async throws {
        _ = try await push()
        try write(noise(3 << 20, seed: 50), to: "big")
        let second = try await push()
        _ = await fixture.fleet.rollBack("data", to: nil, on: fixture.hosts)
        try write(noise(3000, seed: 51), to: "small/0")
        let third = try await push()
        #expect(third.base == second.to && third.bytesSent < 30_000)
    }

    @Test func sendsAsMuchAsADryRunSays() async throws {
        _ = try await push()
        try change()
        var options = PushOptions()
        options.dryRun = true
        let planned = try await push(options)
        #expect(planned.state == .planned)
        #expect(try await push().bytesSent == planned.bytesSent)
    }

    @Test func findsTheDifferenceOnce() async throws {
        _ = try await push()
        try change()
        _ = try await push()
        let folder = "\(fixture.fleet.project.workFolder)/packages/data"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(".from.") }
        #expect(names.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.fleet.project.workFolder + "/tmp").isEmpty)
    }

    /// Another master has pushed the old release: this one knows of it what the host tells.
    @Test func knowsTheOldReleaseFromTheHost() async throws {
        let first = try await push()
        try remove("../../.fleet/packages/data/\(first.to).tar.zst")
        try change()
        let second = try await push()
        #expect(second.base == first.to)
        #expect(second.bytesSent < 600_000)
    }

    @Test func sendsEverythingWhenAsked() async throws {
        _ = try await push()
        try change()
        var options = PushOptions()
        options.whole = true
        let second = try await push(options)
        #expect(second.base == nil && second.bytesSent > 3_000_000)
    }

    @Test func aFolderThatBecomesAFileIsSentWhole() async throws {
        _ = try await push()
        for index in 0..<40 { try remove("small/\(index)") }
        try remove("small")
        try write([1, 2, 3], to: "small")
        #expect(try await push().base == nil)
    }

    @Test func goesBackAndForth() async throws {
        let first = try await push()
        try change()
        _ = try await push()
        try write(big, to: "big")
        let third = try await push()
        #expect(third.base != nil && third.to != first.to, "\(third.notes.map { $0.text(in: .english) })")
    }

    // MARK: What may not be as it was

    private func tamper(_ path: String, _ version: String, _ command: String) throws {
        let file = "\(home)/packages/data/\(version)/\(path)"
        let process = try #require(
            ChildProcess.spawn(["sh", "-c", "f='\(file)'; chmod u+w \"$f\" \"${f%/*}\"; \(command)"]))
        #expect(ChildProcess.wait(process) == .status(0))
    }

    @Test(arguments: ["echo x >>\"$f\"", "rm -f \"$f\"", "printf y | dd of=\"$f\" conv=notrunc 2>/dev/null"])
    func noticesAnOldReleaseThatWasChanged(command: String) async throws {
        let first = try await push()
        chmod("\(home)/packages/data/\(first.to)/small", 0o755)
        try tamper("small/7", first.to, command)
        try change()
        let second = try await push()
        #expect(second.base == nil)
        #expect(second.notes.count == 1)
    }

    /// Even a change that hides its time shows where the difference builds upon it.
    @Test func noticesAHiddenChangeOfALargeFile() async throws {
        let first = try await push()
        try tamper(
            "big", first.to,
            "printf zzzz | dd of=\"$f\" bs=1 seek=100000 conv=notrunc 2>/dev/null; touch -d @0 \"$f\"")
        try change()
        let second = try await push()
        #expect(second.base == nil && second.notes.count == 1)
    }

    /// After a power cut files may have their sizes and none of their bytes.
    @Test func trustsNothingThatAnEarlierPushLeft() async throws {
        let package = try await fixture.builder.build("data")
        let incoming = "\(home)/incoming/data@\(package.version)"
        for entry in package.manifest.entries {
            guard case .file(_, let size, _) = entry.content else { continue }
            let file = URL(fileURLWithPath: "\(incoming)/\(entry.path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(count: Int(size)).write(to: file)
        }
        for (name, bytes) in [(Manifest.fileName, package.manifest.canonicalBytes), (Manifest.sumsName, [])] {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(incoming)/\(name)"))
        }
        #expect(try await push().state == .pushed)
    }

    @Test func goesOnInFoldersThatWereSealed() async throws {
        let package = try await fixture.builder.build("data")
        let incoming = "\(home)/incoming/data@\(package.version)"
        try FileManager.default.createDirectory(atPath: incoming + "/small", withIntermediateDirectories: true)
        try Data(noise(3000, seed: 100)).write(to: URL(fileURLWithPath: incoming + "/small/0"))
        for folder in ["", "/small"] { chmod(incoming + folder, 0o555) }
        #expect(try await push().notes.count == 1)
    }

    @Test func takesNamesThatLookLikeOptions() async throws {
        for name in ["-rf", "--help", "-out"] { try write(noise(3000, seed: 50), to: name) }
        symlink("big", "\(fixture.folder.path)/packages/data/-l")
        _ = try await push()
        try remove("-rf")
        try write(noise(3000, seed: 51), to: "--help")
        #expect(try await push().base != nil)
    }

    @Test func aDamagedArchiveOnTheMasterKeepsNothingFromGoing() async throws {
        let first = try await push()
        let archive = "\(fixture.fleet.project.workFolder)/packages/data/\(first.to).tar.zst"
        try Data(try Data(contentsOf: URL(fileURLWithPath: archive)).prefix(1000)).write(
            to: URL(fileURLWithPath: archive))
        try change()
        #expect(try await push().state == .pushed)
    }
}
