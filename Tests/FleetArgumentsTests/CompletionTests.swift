import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetArguments

@Suite struct CompletionTests {
    private let completer = Completer(
        tool, values: { $0 == "hosts" ? ["leo", "vps"] : ["benchmark", "hello"] }, dynamicOptions: { _ in particles })

    private func words(_ words: String...) -> [String] {
        completer.complete(words, in: .english).candidates.map(\.word)
    }

    @Test func offersSubcommands() {
        #expect(words("inv") == ["inventory"])
        #expect(words("inventory", "") == ["check", "--help"])
    }

    @Test func offersOptions() {
        #expect(words("inventory", "check", "--h") == ["--hosts", "--help"])
    }

    @Test func offersValuesOfTheProgram() {
        #expect(words("inventory", "check", "--hosts", "") == ["leo", "vps"])
        #expect(words("inventory", "check", "--hosts", "leo,v") == ["leo,vps"])
        #expect(words("run", "h") == ["hello"])
    }

    @Test func offersAcceptedWords() {
        #expect(words("inventory", "check", "--shape=j") == ["--shape=json"])
        #expect(words("inventory", "check", "--shape", "=", "j") == ["json"])
        #expect(words("inventory", "check", "--shape", "=") == ["table", "json"])
    }

    @Test func offersOptionsKnownAtRunTime() {
        #expect(words("run", "benchmark", "--se") == ["--seed"])
    }

    @Test func countsPositionsPastOptionValues() {
        #expect(words("run", "--project", "/p", "--seed", "4", "b") == ["benchmark"])
    }

    @Test func leavesPathsToTheShell() {
        #expect(completer.complete(["run", "a", "b", "c"], in: .english).lines == [":files"])
        #expect(completer.complete(["run", "--project", ""], in: .english).lines == [":directories"])
    }

    @Test func offersNothingAfterAMistake() {
        #expect(completer.complete(["bogus", ""], in: .english).lines.isEmpty)
    }

    @Test func passesTheWordsOfAShellThrough() throws {
        guard case .complete(let words) = try Parser(tool).parse(["--complete", "run", "--help"]) else {
            Issue.record("no completion")
            return
        }
        #expect(words == ["run", "--help"])
    }

    @Test func describesCandidates() {
        #expect(completer.complete(["ex"], in: .english).lines == ["exec\trun a command"])
    }

    @Test(arguments: CompletionShell.allCases)
    func scriptsAreValid(_ shell: CompletionShell) throws {
        let folder = try TemporaryFolder()
        let script = try folder.write(shell.script(for: "tool"), to: "script")
        guard let status = try exitStatus(of: [shell.rawValue, "-n", script]) else { return }
        #expect(status == 0)
    }

    @Test func bashAsksTheProgram() throws {
        let folder = try TemporaryFolder()
        try folder.write(CompletionShell.bash.script(for: "tool"), to: "script")
        let test = """
            tool() { [ "$*" = "--complete run be" ] && printf 'benchmark\\tparticles\\n'; }
            . '\(folder.path)/script'
            COMP_WORDS=(tool run be) COMP_CWORD=2
            _tool
            [ "${COMPREPLY[*]}" = benchmark ]
            """
        #expect(try exitStatus(of: ["bash", "-c", test]) == 0)
    }

    /// Nothing where the program is not installed.
    private func exitStatus(of words: [String]) throws -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 127 ? nil : process.terminationStatus
    }
}
