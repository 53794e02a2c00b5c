import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetPackage
@testable import FleetRuns

/// What schedules leave on a host, in the shells that hosts have, with a crontab of the test's own.
@Suite(.serialized) struct ScheduleScriptTests {
    typealias Shell = HostShell

    private static let id = "beat@12345678"

    private let host: ScriptHost
    private var table: String { host.folder.path + "/table" }

    init() throws {
        host = try ScriptHost()
        try host.addProgram(
            "crontab",
            """
            [ ! -e '\(table).broken' ] || { echo 'permission denied' >&2; exit 1; }
            case $1 in
            -l) [ -e '\(table)' ] || { echo 'no crontab for you' >&2; exit 1; }; cat '\(table)' ;;
            -) cat >'\(table).new' && mv '\(table).new' '\(table)' ;;
            esac

            """)
    }

    private func push(_ id: String = id, laid: String = "aa", in shell: Shell) async throws -> RemoteResult {
        let archive = "\(host.folder.path)/push.tar"
        let texts = [("run", "echo ran\n"), ("when", "* * * * *\n"), ("laid", laid + "\n")]
        try ArchiveContent(texts: texts, files: []).withEnd.write(to: archive, compression: nil)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: archive)))
        return try await host.run(.schedulePush, [host.root, id, "* * * * *"], in: shell, input: .bytes(bytes))
    }

    private func remove(_ ids: String..., in shell: Shell) async throws -> RemoteResult {
        try await host.run(.scheduleRemove, [host.root] + ids, in: shell)
    }

    private func lines() throws -> [Substring] { try host.folder.read("table").split(separator: "\n") }

    @Test(arguments: Shell.allCases) func leavesTheLinesOfOthers(shell: Shell) async throws {
        try host.folder.write("7 7 7 7 7 true\n", to: "table")
        for id in ["a.b@12345678", "axb@12345678", "a.b@12345678"] {
            #expect(try await push(id, in: shell).status == 0)
        }
        #expect(try lines().count == 3)
        #expect(try await remove("a.b@12345678", in: shell).status == 0)
        #expect(try lines().count == 2 && lines().last?.hasSuffix(" # fleet axb@12345678") == true)
        #expect(try await remove("axb@12345678", in: shell).status == 0)
        #expect(try lines() == ["7 7 7 7 7 true"] && !host.exists("schedules"))
    }

    @Test(arguments: Shell.allCases) func replacesNoTableThatItCannotRead(shell: Shell) async throws {
        try host.folder.write("7 7 7 7 7 true\n", to: "table")
        try host.folder.write("", to: "table.broken")
        #expect(try await push(in: shell).status == 69)
        #expect(try await remove(Self.id, in: shell).status == 69)
        #expect(try lines() == ["7 7 7 7 7 true"])
    }

    @Test(arguments: Shell.allCases) func keepsResultsFromThoseOfOtherTasks(shell: Shell) async throws {
        #expect(try await push(in: shell).status == 0)
        try host.folder.write("r.1.1 5\nr.2.1 6\n", to: "root/schedules/\(Self.id).history")
        try host.folder.write("0 1 2 no\n", to: "root/runs/r.1.1/trailer")
        #expect(try await push(in: shell).status == 0)
        #expect(try await push(laid: "bb", in: shell).status == 75)
        let listed = try await host.run(.scheduleList, [host.root, "12345678"], in: shell)
        #expect(
            listed.values.map { "\($0.key)=\($0.value)" } == [
                "schedule=\(Self.id) yes aa * * * * *", "job=\(Self.id) r.1.1 5 ended",
            ])
        // Its line goes at once, what waits stays.
        #expect(try await remove(Self.id, in: shell).status == 75)
        #expect(try lines().isEmpty && host.exists("schedules/\(Self.id)"))
        try Program.run(["rm", "-r", host.root + "/runs"])
        #expect(try await remove(Self.id, in: shell).status == 0)
        #expect(!host.exists("schedules"))
    }
}
