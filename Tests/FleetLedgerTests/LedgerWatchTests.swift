import FleetTesting
import Foundation
import Synchronization
import Testing

@testable import FleetLedger

/// Who watches a ledger hears of every write, whatever becomes of its folder.
@Suite struct LedgerWatchTests {
    /// Counts calls, and can hold one up.
    private final class Calls: Sendable {
        let count = Mutex(0)
        let held = Mutex<(call: Int, until: DispatchSemaphore)?>(nil)

        func come() {
            let number = count.withLock { count in
                count += 1
                return count
            }
            if let held = held.withLock(\.self), held.call == number { held.until.wait() }
        }

        var number: Int { count.withLock(\.self) }

        func comes(after number: Int) async -> Bool { await eventually(within: .seconds(30)) { self.number > number } }
    }

    private let folder: TemporaryFolder
    private let calls = Calls()

    init() throws { folder = try TemporaryFolder() }

    private func watch() -> LedgerWatch {
        let calls = calls
        return LedgerWatch(path: folder.path + "/project/.fleet/ledger.sqlite") { calls.come() }
    }

    /// - Returns: whether a write was heard.
    private func write() async throws -> Bool {
        let before = calls.number
        try folder.write("x", to: "project/.fleet/ledger.sqlite-wal")
        return await calls.comes(after: before)
    }

    @Test func hearsOfAFolderThatWasRemovedAndCameAgain() async throws {
        try folder.write("x", to: "project/.fleet/ledger.sqlite")
        let watch = watch()
        for path in ["project/.fleet", "project"] {
            let before = calls.number
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(path)")
            #expect(await calls.comes(after: before), "that it is gone is news")
            for _ in 0..<3 { #expect(try await write()) }
        }
        #expect(!watch.isPolling)
    }

    @Test func hearsOfAFolderThatWasReplaced() async throws {
        try folder.write("x", to: "project/.fleet/ledger.sqlite")
        let watch = watch()
        try FileManager.default.moveItem(atPath: "\(folder.path)/project/.fleet", toPath: "\(folder.path)/old")
        #expect(await calls.comes(after: 0))
        for _ in 0..<3 { #expect(try await write()) }
        withExtendedLifetime(watch) {}
    }

    @Test func waitsForAFolderWithoutPolling() async throws {
        let watch = watch()
        #expect(!watch.isPolling)
        for _ in 0..<3 { #expect(try await write()) }
    }

    @Test func asksAgainWhereItCanNotWatch() async throws {
        try folder.write("no folder", to: "project/.fleet")
        let watch = watch()
        #expect(watch.isPolling)
        #expect(await calls.comes(after: 0))
        try FileManager.default.removeItem(atPath: "\(folder.path)/project/.fleet")
        #expect(await eventually { !watch.isPolling })
        #expect(try await write())
    }

    /// The kernel keeps so many events, and then says no more than that some were lost.
    @Test func hearsThatEventsWereLost() async throws {
        try folder.write("x", to: "project/.fleet/ledger.sqlite")
        let most = try #require(
            Int(
                String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        let hold = DispatchSemaphore(value: 0)
        // The second one comes long after the first, and nothing is due after it.
        calls.held.withLock { $0 = (2, hold) }
        let watch = watch()
        #expect(try await write())
        #expect(await calls.comes(after: 1))
        let files = try ["a", "b"].map {
            try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", to: "project/.fleet/\($0)")))
        }
        // Events alike that follow one another are one.
        for number in 0...most { files[number % 2].write(Data([0])) }
        try folder.write("y", to: "project/.fleet/ledger.sqlite-wal")
        hold.signal()
        #expect(await calls.comes(after: 2))
        withExtendedLifetime(watch) {}
    }
}
