import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetLedger

@Suite struct DatabaseTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/ledger.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    private func open(_ path: String) throws -> Database { try Database.open(path, busyTimeout: .milliseconds(20)) }

    @Test func keepsRunsWhenOpenedAgain() async throws {
        let run = Run(command: "a")
        try await Ledger(path: path).begin(run)
        #expect(try await Ledger(path: path).run("last") == run)
    }

    @Test func showsOneConnectionWhatTheOtherWrote() async throws {
        let writer = try Ledger(path: path)
        let reader = try Ledger(path: path)
        try await writer.begin(Run(command: "a"))
        #expect(try await reader.runs(limit: 5).count == 1)
    }

    @Test func losesNothingOfTwoWriters() async throws {
        let ledgers = [try Ledger(path: path), try Ledger(path: path)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                let run = Run(command: "", started: Timestamp(milliseconds: Int64(number) * 1000))
                group.addTask { try await ledgers[number % 2].begin(run) }
            }
            try await group.waitForAll()
        }
        #expect(try await ledgers[0].runs(limit: 100).count == 40)
    }

    @Test func readsWhileAnotherWrites() async throws {
        let ledger = try Ledger(path: path)
        let other = try open(path)
        try other.rows("BEGIN IMMEDIATE")
        #expect(try await ledger.runs(limit: 5).isEmpty)
    }

    @Test func saysThatTheFileIsLocked() async throws {
        let ledger = try Ledger(path: path, busyTimeout: .milliseconds(20))
        let other = try open(path)
        try other.rows("BEGIN IMMEDIATE")
        let error = await #expect(throws: LedgerError.self) { try await ledger.begin(Run(command: "")) }
        #expect(error?.exitCode == .locked)
        try other.rows("ROLLBACK")
    }

    @Test func saysThatTheFileIsNoLedger() throws {
        try folder.write(String(repeating: "not a database ", count: 100), to: "ledger.sqlite")
        let error = #expect(throws: LedgerError.self) { try Ledger(path: path) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.text(in: .english) == "\(path) is damaged: file is not a database")
    }

    @Test func saysThatTheFileIsNewer() throws {
        let database = try open(path)
        try database.execute(script: "PRAGMA user_version = 99")
        let error = #expect(throws: LedgerError.self) { try Ledger(path: path) }
        #expect(error?.code == .newer)
    }

    @Test func saysThatThereIsNoFolder() {
        let error = #expect(throws: LedgerError.self) { try Ledger(path: folder.path + "/a/b/c/ledger.sqlite") }
        #expect(error?.code == .file)
    }

    /// Of runs that an older fleet has written down, the clock alone tells the order.
    @Test func numbersTheRunsOfAnOlderFleet() async throws {
        let database = try open(path)
        for script in Schema.migrations.prefix(3) { try database.execute(script: script) }
        for (name, started) in [("b", "2026-01-02"), ("c", "2026-01-03"), ("a", "2026-01-01")] {
            try database.rows(
                "INSERT INTO run (id, started, command, state) VALUES (?, ?, '', 'done')",
                [.text("20260101-000000-\(name)\(name)\(name)\(name)"), .text("\(started)T00:00:00.000Z")])
        }
        try database.execute(script: "PRAGMA user_version = 3")
        let ledger = try Ledger(path: path)
        #expect(try await ledger.runs(limit: 5).map { String($0.id.text.last ?? "?") } == ["c", "b", "a"])
        try await ledger.begin(Run(command: "d", started: Timestamp(milliseconds: 0)))
        #expect(try await ledger.run("last").command == "d")
    }

    @Test func migratesOnceForManyAtATime() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try Ledger(path: path) } }
            try await group.waitForAll()
        }
        #expect(try open(path).rows("PRAGMA user_version")[0].integer("user_version") == Int64(Schema.migrations.count))
    }

    @Test func takesATransactionBack() throws {
        let database = try open(path)
        try database.execute(script: "CREATE TABLE t (x INTEGER)")
        #expect(throws: LedgerError.self) {
            try database.transaction { () throws(LedgerError) in
                try database.rows("INSERT INTO t VALUES (?)", [.integer(1)])
                try database.rows("INSERT INTO missing VALUES (1)")
            }
        }
        #expect(try database.rows("SELECT * FROM t").isEmpty)
    }

    @Test func readsWhatItBinds() throws {
        let values = [SQLValue.null, .integer(.min), .real(0.1), .text(""), .text("ñ")]
        let row = try open(path).rows("SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e", values)[0]
        #expect(["a", "b", "c", "d", "e"].map { row.values[$0] } == values)
    }

    @Test func keepsWhatAKilledProcessWrote() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try Ledger(path: path)
            try await ledger.begin(Run(command: "kept"))
            let database = try Database.open(path, busyTimeout: .seconds(1))
            try database.rows("BEGIN IMMEDIATE")
            try database.rows("UPDATE run SET command = 'half done'")
            kill(getpid(), SIGKILL)
        }
        #expect(try await Ledger(path: path).run("last").command == "kept")
    }
}
