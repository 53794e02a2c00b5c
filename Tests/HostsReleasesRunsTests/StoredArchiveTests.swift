import FleetBase
import FleetTesting
import Foundation
import Synchronization
import Testing

@testable import FleetHosts
@testable import FleetReleases
@testable import FleetLedger
@testable import FleetPackage
@testable import FleetRuns

/// Archives on the master that a full disk or a power cut has torn.
@Suite struct StoredArchiveTests {
    private static let files = [
        "demo/package.yaml": """
        name: demo
        version: 1.0.0
        engines: { sh: { methods: [native], run: sh go.sh } }
        """,
        "demo/go.sh": "echo hello\n", "demo/large": (0..<200_000).map { "\($0 &* 2_654_435_761)" }.joined(),
    ]

    private final class Counter: Sendable {
        let value = Mutex(0)
    }

    private func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test(arguments: ["cut", "empty", "zeros", "other"]) func makesATornArchiveAnew(_ damage: String) async throws {
        let fixture = try EngineFixture(files: Self.files)
        let archive = try await fixture.builder.build("demo").archive
        let whole = try bytes(of: archive)
        var torn = whole
        switch damage {
        case "cut": torn.removeLast(whole.count / 2)
        case "empty": torn = []
        case "zeros": for index in whole.count / 2..<whole.count { torn[index] = 0 }
        // A whole archive of something else.
        default:
            try fixture.folder.write("other", to: "packages/demo/go.sh")
            torn = try bytes(of: try await fixture.builder.build("demo").archive)
            try fixture.folder.write("echo hello\n", to: "packages/demo/go.sh")
        }
        try Data(torn).write(to: URL(fileURLWithPath: archive))
        #expect(try await fixture.builder.build("demo").archive == archive)
        #expect(try bytes(of: archive) == whole)
    }

    @Test func makesATornArchiveOfAStreamAnew() async throws {
        let fixture = try EngineFixture(files: Self.files)
        let stream = try await fixture.builder.build("demo").wholeStream
        let archive = try stream.archive(.gzip)
        let whole = try bytes(of: archive)
        try Data(whole.prefix(whole.count / 2)).write(to: URL(fileURLWithPath: archive))
        #expect(try bytes(of: try stream.archive(.gzip)) == whole)
    }

    @Test func readsAWholeArchiveOnce() async throws {
        let fixture = try EngineFixture(files: Self.files)
        let archive = try await fixture.builder.build("demo").archive
        #expect(WholeArchive.isWhole(archive) && WholeArchive.isWhole(archive))
        #expect(!WholeArchive.isWhole(archive + "-missing"))
    }

    /// What a command has written or read the next command takes from the list, which is of this boot and this file alone.
    @Test func remembersWhichArchivesAreWhole() async throws {
        let fixture = try EngineFixture(files: Self.files)
        let archive = FilePlace(try await fixture.builder.build("demo").archive)
        let list = WholeArchiveList(beside: archive)
        let stamp = try FileStamp(of: archive)
        #expect(list.contains(archive, stamp))
        let path = fixture.fleet.project.workFolder + "/packages/demo/whole"
        let text = String(decoding: try bytes(of: path), as: UTF8.self)
        try Data("another boot\n\(text.split(separator: "\n")[1])\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(!list.contains(archive, stamp))
        list.add(archive, stamp)
        #expect(list.contains(archive, stamp))
        try fixture.folder.write("other", to: ".fleet/packages/demo/other.tar")
        let other = FilePlace(fixture.fleet.project.workFolder + "/packages/demo/other.tar")
        #expect(!list.contains(other, stamp))
        list.add(other, try FileStamp(of: other))
        let otherStamp = try FileStamp(of: other)
        #expect(list.contains(archive, stamp) && list.contains(other, otherStamp))
    }

    @Test func writesAnArchiveOnceForAllWhoAsk() async throws {
        let fixture = try EngineFixture(files: Self.files)
        let stream = try await fixture.builder.build("demo").wholeStream
        let path = "\(stream.path).tar"
        let count = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try? WholeArchive.provide(path) {
                        count.value.withLock { $0 += 1 }
                        try stream.content().write(to: path, compression: nil)
                    }
                }
            }
        }
        #expect(count.value.withLock(\.self) == 1)
    }

    /// Who only asks must never be taken for a master at work.
    @Test func asksForALockWithoutTakingIt() throws {
        let fixture = try EngineFixture(files: Self.files)
        let run = RunID("20261121-130000-ffff")
        #expect(!RunLock.isHeld(run, in: fixture.fleet.project))
        do {
            let lock = try RunLock(run, in: fixture.fleet.project)
            #expect(RunLock.owner(of: run, in: fixture.fleet.project) == getpid())
            #expect(throws: EngineError.self) { try RunLock(run, in: fixture.fleet.project) }
            withExtendedLifetime(lock) {}
        }
        #expect(!RunLock.isHeld(run, in: fixture.fleet.project))
        // A question that is being asked holds up nobody.
        let path = "\(fixture.fleet.project.workFolder)/runs/\(run).lock"
        let asking = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(asking) }
        #expect(!OwnedLock.isTaken(asking))
        _ = try RunLock(run, in: fixture.fleet.project)
    }
}
