import FleetTesting
import Foundation
import Testing

/// What is typed while progress is drawn, on a terminal of the program's own.
@Suite struct TypedKeysTests {
    private let fleet: FleetBinary
    private let terminal: DrawnTerminal
    private var gate: String { fleet.folder.path + "/gate" }

    init() throws {
        fleet = try FleetBinary.inProject()
        terminal = try DrawnTerminal(columns: 80, rows: 24)
        try fleet.folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(fleet.folder.path)/here }\n",
            to: "inventory/hosts.yaml")
    }

    /// Waits on its host until the test opens the gate.
    private var words: [String] { ["exec", "--all", "until [ -e \(gate) ]; do sleep 0.05; done"] }

    private var isDrawing: Bool { terminal.screen.contains { $0.hasPrefix("[0/1]") } }

    private func start() async throws -> Process {
        let process = try fleet.start(words, on: terminal)
        #expect(await eventually { isDrawing && !terminal.isWhole })
        return process
    }

    @Test func areNotShownBetweenTheRows() async throws {
        let process = try await start()
        terminal.type("typed ahead\n")
        try fleet.folder.write("", to: "gate")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && terminal.isWhole)
        #expect(!terminal.text.contains("typed ahead"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGUSR1, SIGALRM])
    func aSignalShowsThemAgain(signal: Int32) async throws {
        let process = try await start()
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(terminal.isWhole)
        try fleet.folder.write("", to: "gate")
    }

    /// A shell with job control, as a person has it: Ctrl-Z, a look at the terminal, fg, Ctrl-C.
    @Test func aStopShowsThemUntilItGoesOn() async throws {
        let line = ([FleetBinary.path] + words.map { "'\($0)'" }).joined(separator: " ")
        let script = "set -m; \(line); stty -a; echo now: on; fg; echo status $?; stty -a"
        let process = fleet.process(["-c", "bash", "-c", script])
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        let file = FileHandle(fileDescriptor: terminal.descriptor, closeOnDealloc: false)
        (process.standardInput, process.standardOutput, process.standardError) = (file, file, file)
        try process.run()
        #expect(await eventually { isDrawing && !terminal.isWhole })
        terminal.type("\u{1A}")
        #expect(await eventually { terminal.text.contains("now: on") && !terminal.isWhole })
        terminal.type("\u{3}")
        process.waitUntilExit()
        #expect(terminal.text.contains("status 130") && terminal.isWhole, "\(terminal.text)")
        let looks = terminal.text.components(separatedBy: " echo ").count - 1
        #expect(looks == 2, "\(terminal.text)")
        try fleet.folder.write("", to: "gate")
    }

    /// An answer has to be seen.
    @Test func areShownAtAQuestion() async throws {
        let process = try fleet.start(["host", "remove", "here"], on: terminal)
        #expect(await eventually { terminal.text.contains("[y/N]") })
        terminal.type("y\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && terminal.isWhole)
        #expect(terminal.text.contains("[y/N] y"))
    }
}
