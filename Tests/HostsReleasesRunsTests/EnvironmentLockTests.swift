import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// One Python environment for each version of a package, whoever of its makers is killed.
@Suite(.serialized) struct EnvironmentLockTests {
    private let host: ScriptHost
    private let lock: String

    init() throws {
        host = try ScriptHost()
        // As `venv_key` of job.sh has it: its Python, and no requirements.
        let python = Array("Python 3.0\n\(host.programs)/python3\n".utf8)
        let key = String(decoding: try Program.run(["sha256sum"], input: python).prefix(32), as: UTF8.self)
        lock = host.root + "/venvs/demo/\(key).lock"
        try FileManager.default.createDirectory(atPath: host.root + "/venvs/demo", withIntermediateDirectories: true)
        try makePython()
        // Nobody waits in real time here; the naps are counted.
        try host.addProgram("sleep", "echo \"$1\" >>\"$HOME/naps\"\n")
    }

    /// - Parameter wait: what it does before it makes the environment.
    private func makePython(_ wait: String = ":") throws {
        try host.addProgram(
            "python3",
            "[ \"$1\" != -V ] || { echo Python 3.0; exit 0; }\necho $$ >>\"$HOME/made\"\n\(wait)\nfor last; do :; done\ncase $last in */venvs/*) mkdir -p \"$last/bin\"; ln -sf /bin/true \"$last/bin/python\" ;; esac\n"
        )
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
            "sh", "-c", "set -u; \(String(decoding: Script.Part.lock, as: UTF8.self))\nidentity $$",
        ])
        return text.trimmingCharacters(in: .newlines)
    }

    /// An environment belongs to its requirements: a new version of the package that changed nothing of them has it, too.
    @Test(arguments: HostShell.allCases) func aNewVersionKeepsTheEnvironment(shell: HostShell) async throws {
        for version in ["1", "2"] {
            try host.folder.write("numpy\n", to: "root/packages/demo/\(version)/requirements.txt")
            var words = host.startWords("job-\(version)", "echo \"$VIRTUAL_ENV\"", method: "venv")
            (words[6], words[7]) = (version, "requirements.txt")
            #expect(try await host.run(.start, words, in: shell, input: ScriptHost.job).status == 0)
        }
        let once = timesMade
        try host.folder.write("scipy\n", to: "root/packages/demo/3/requirements.txt")
        var words = host.startWords("job-3", "true", method: "venv")
        (words[6], words[7]) = ("3", "requirements.txt")
        #expect(try await host.run(.start, words, in: shell, input: ScriptHost.job).status == 0)
        #expect(once == 1 && timesMade == 2)
        let folders = try FileManager.default.contentsOfDirectory(atPath: host.root + "/venvs/demo").sorted()
        let versions = try folders.map { try host.folder.read("root/venvs/demo/\($0)/.versions") }.sorted()
        #expect(versions == ["1\n2\n", "3\n"])
    }

    /// pip's own lines, without where it has a name from; its failure is the script's.
    @Test(arguments: HostShell.allCases, [0, 1]) func tellsWhatPipDoes(shell: HostShell, status: Int) async throws {
        try host.addProgram(
            "pip",
            """
            echo 'Collecting numpy>=1.2 (from -r requirements.txt (line 1))'
            echo '  Downloading numpy.whl'
            [ \(status) = 0 ] || { echo 'ERROR: no such thing' >&2; exit \(status); }

            """)
        try host.addProgram(
            "python3",
            "[ \"$1\" != -V ] || { echo Python 3.0; exit 0; }\nfor last; do :; done\nmkdir -p \"$last/bin\"; ln -sf \(host.programs)/pip \"$last/bin/python\"\n"
        )
        try host.folder.write("numpy\n", to: "root/packages/demo/1/requirements.txt")
        var words = host.startWords("job", "true", method: "venv")
        (words[6], words[7]) = ("1", "requirements.txt")
        let result = try await host.run(.start, words, in: shell, input: ScriptHost.job)
        let news = result.news.filter { $0.hasPrefix("step ") || $0.hasPrefix("pip ") }
        #expect(news == ["step environment", "pip Collecting numpy>=1.2", "pip Downloading numpy.whl"])
        #expect(result.status == (status == 0 ? 0 : 77))
        #expect(status == 0 || result.errorText.contains("no such thing"), "\(result.errorText)")
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

    /// `web.pi` and `pi` may share a home folder: nobody here can see who works there.
    @Test(arguments: HostShell.allCases) func aMachineWhoseNameEndsAlikeIsAnotherOne(shell: HostShell) throws {
        let owner = try deadOwner()
        let parts = owner.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        let other = parts.prefix(3).joined(separator: ".") + ".web.\(parts[3])"
        let told = try Program.text(
            shell.words + [
                "-c",
                "set -u; \(String(decoding: Script.Part.lock, as: UTF8.self))\nlives \(owner) || echo gone; lives \(other) && echo alive",
            ])
        #expect(told == "gone\nalive\n")
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
