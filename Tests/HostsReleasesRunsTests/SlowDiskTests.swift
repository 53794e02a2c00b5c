import FleetBase
import FleetTesting
import Glibc
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// Disks that take nothing for now: pipes that nobody reads.
@Suite struct SlowDiskTests {
    private static let chunk = [UInt8](repeating: 7, count: 1 << 20)

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A named pipe, open for reading.
    private func pipe(_ name: String) throws -> (path: String, reader: CInt) {
        let path = "\(folder.path)/\(name)"
        try #require(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        _ = fcntl(reader, F_SETFL, 0)
        return (path, reader)
    }

    /// Reads until so many bytes have come.
    private func drain(_ reader: CInt, _ count: Int) async -> Int {
        await withCheckedContinuation { continuation in
            OwnThread.start {
                var (buffer, sum) = ([UInt8](repeating: 0, count: 1 << 16), 0)
                while sum < count {
                    // A pipe that no writer has opened yet reads as one that has ended; poll(2) waits for the first.
                    var ready = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
                    poll(&ready, 1, -1)
                    let got = read(reader, &buffer, buffer.count)
                    guard got > 0 else { break }
                    sum += got
                }
                continuation.resume(returning: sum)
            }
        }
    }

    /// `take` would wait here for ever if it wrote.
    @Test func aDownloadTakesNoMoreThanItsMemoryHolds() async throws {
        let (path, reader) = try pipe("download")
        defer { close(reader) }
        let file = try DownloadFile(path, limit: ByteCount(1 << 40))
        var taken = 0
        while !file.isBehind {
            #expect(Self.chunk.withUnsafeBytes { file.take(.output, $0) } == .more)
            taken += 1
            try #require(taken < 64)
        }
        #expect(await drain(reader, taken << 20) == taken << 20)
        try await file.finish()
        #expect(!file.isBehind)
    }

    @Test func tellsThatADownloadIsTooLarge() async throws {
        let file = try DownloadFile(folder.path + "/file", limit: ByteCount(1 << 20))
        #expect(Self.chunk.withUnsafeBytes { file.take(.output, $0) } == .more)
        #expect(Self.chunk.withUnsafeBytes { file.take(.output, $0) } == .finished)
        let failure = await #expect(throws: Failure.self) { try await file.finish() }
        #expect(failure?.kind == .limit)
    }

    /// More slow writers than there are threads for the disk.
    @Test func slowWritersLeaveTheDiskToOthers() async throws {
        let pipes = try (0..<6).map { try pipe("spool\($0)") }
        defer { for pipe in pipes { close(pipe.reader) } }
        let spools = pipes.map { pipe in
            OutputSpool { () throws(Failure) in SpoolFile(open(pipe.path, O_WRONLY | O_CLOEXEC)) }
        }
        for spool in spools { #expect(Self.chunk.withUnsafeBytes { spool.take(.output, $0) } == .more) }
        #expect(await ThreadExecutor.disk.run { 1 } == 1)
        for pipe in pipes { #expect(await drain(pipe.reader, 1 << 20) == 1 << 20) }
        for spool in spools { #expect(try await spool.finish().output.size == 1 << 20) }
    }
}
