import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetEngine

/// One Python environment for each version of a package, whoever of its makers is killed.
@Suite(.serialized) struct EnvironmentLockTests {
    private let host: ScriptHost
    private let lock: String

    init() throws {
        host = try ScriptHost()
        lock = host.root + "/venvs/demo/1.lock"
        try FileManager.default.createDirectory(atPath: host.root + "/venvs/demo", withIntermediateDirectories: true)
        try makePython()
        // Nobody waits in real time here; the naps are counted.
        try host.addProgram("sleep", "echo \"$1\" >>\"$HOME/naps\"\n")
    }

    /// - Parameter wait: what it does before it makes the environment.
    private func makePython(_ wait: String = ":") throws {
        try host.addProgram("python3", "echo $$ >>\"$HOME/made\"\n\(wait)\nmkdir -p \"$4/bin\"\n")
    }

    private func start(_ id: String, in shell: HostShell) async throws -> Int32? {
        try await host.start(id, "echo \"$VIRTUAL_ENV\"", method: "venv", in: shell).status
    }

    private var timesMade: Int { ((try? host.folder.read("made")) ?? "").split(separator: "\n").count }
    /// Those who follow a job sleep too, but for less.
    private var secondsWaited: Int {
        ((try? host.folder.read("naps")) ?? "").split(separator: "\n").count { $0 == "1" }
    }
    private var locks: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: host.root + "/venvs/demo")) ?? []
        return all.filter { $0.contains("lock") }
    }

    /// A process that has ended, as a lock names it.
    private func deadOwner() throws -> String {
        let text = try Program.text([
            "sh", "-c", "set -u; \(String(decoding: PackageResources.lock_sh, as: UTF8.self))\nidentity $$",
        ])
        return text.trimmingCharacters(in: .newlines)
    }

    @Test(arguments: HostShell.allCases) func takesOverFromAProcessThatIsGone(shell: HostShell) async throws {
        try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: try deadOwner())
        #expect(try await start("a", in: shell) == 0)
        #expect(timesMade == 1 && locks.isEmpty && secondsWaited == 0)
    }

    /// The number of the lock's owner belongs to somebody else by now.
    @Test(arguments: HostShell.allCases) func takesOverFromANamesake(shell: HostShell) async throws {
        let parts = try deadOwner().split(separator: ".", maxSplits: 1)
        let owner = "\(ProcessInfo.processInfo.processIdentifier).\(parts[1])"
        try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: owner)
        #expect(try await start("a", in: shell) == 0)
        #expect(timesMade == 1 && locks.isEmpty)
    }

    @Test(arguments: HostShell.allCases) func takesOverFromAChainOfTheDead(shell: HostShell) async throws {
        let (first, second) = (try deadOwner(), try deadOwner())
        try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: first)
        try FileManager.default.createSymbolicLink(atPath: "\(lock).\(first)", withDestinationPath: second)
        #expect(try await start("a", in: shell) == 0)
        #expect(timesMade == 1 && locks.isEmpty)
    }

    @Test(arguments: HostShell.allCases) func takesOverTheFolderOfAnEarlierFleet(shell: HostShell) async throws {
        try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: true)
        #expect(try await start("a", in: shell) == 0)
        #expect(timesMade == 1 && locks.isEmpty)
    }

    @Test(arguments: HostShell.allCases) func takesOverFromAMakerThatWasKilled(shell: HostShell) async throws {
        try makePython("[ -f \"$HOME/again\" ] || { : >\"$HOME/again\"; kill -9 $PPID; exit 1; }")
        #expect(try await start("a", in: shell) != 0)
        #expect(!locks.isEmpty)
        #expect(try await start("b", in: shell) == 0)
        #expect(timesMade == 2 && locks.isEmpty)
    }

    /// The maker is slow: it goes on only when the others have waited longer than they once did.
    @Test(arguments: HostShell.allCases) func waitsAsLongAsTheMakerLives(shell: HostShell) async throws {
        try makePython("until [ \"$(grep -cx 1 \"$HOME/naps\")\" -gt 150 ]; do :; done 2>/dev/null")
        async let first = start("a", in: shell)
        async let second = start("b", in: shell)
        #expect(try await [first, second] == [0, 0])
        #expect(timesMade == 1 && locks.isEmpty)
    }

    @Test(arguments: HostShell.allCases) func onlyOneOfManyThievesWins(shell: HostShell) async throws {
        try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: try deadOwner())
        let statuses = try await withThrowingTaskGroup(of: Int32?.self) { group in
            for index in 0..<8 { group.addTask { try await start("job\(index)", in: shell) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 0, count: 8))
        #expect(timesMade == 1 && locks.isEmpty)
    }
}
