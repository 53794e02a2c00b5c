import FleetTesting
import Foundation
import Testing

/// The built monitor on a terminal of its own: whatever ends it, the terminal is what it was.
@Suite struct MonitorProcessTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
    }

    /// A monitor that shows its first screen.
    private func start(_ terminal: DrawnTerminal) async throws -> Process {
        let process = try fleet.start(["monitor"], on: terminal)
        #expect(await eventually { terminal.screen.contains { $0.hasPrefix("fleet ") } })
        return process
    }

    private func expectRestored(_ terminal: DrawnTerminal) async {
        #expect(await eventually { terminal.text.hasSuffix("\u{1B}[?25h\u{1B}[?1049l") || terminal.isWhole })
        #expect(terminal.isWhole, "echo and lines are back")
        #expect(terminal.text.components(separatedBy: "\u{1B}[?1049l").count == 2)
    }

    @Test func qEndsIt() async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        #expect(!terminal.isWhole)
        terminal.type("q")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        await expectRestored(terminal)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV, SIGABRT, SIGTRAP]) func aSignalGivesTheTerminalBack(
        signal: Int32
    ) async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal || process.terminationStatus == 130)
        await expectRestored(terminal)
    }

    @Test func ctrlZStopsItAndItGoesOn() async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        terminal.type("\u{1A}")
        #expect(await eventually { terminal.isWhole && process.isStopped })
        kill(process.processIdentifier, SIGCONT)
        #expect(await eventually { !terminal.isWhole && terminal.text.components(separatedBy: "[?1049h").count == 3 })
        terminal.type("q")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && terminal.isWhole)
    }

    @Test func isDrawnAnewWhenTheTerminalIsResized() async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        terminal.resize(columns: 40, rows: 10, telling: process)
        #expect(await eventually { terminal.screen.count == 10 && terminal.screen[0].hasPrefix("fleet ") })
        terminal.type("q")
        process.waitUntilExit()
    }

    @Test func endsWhenTheTerminalIsGone() async throws {
        let terminal = try DrawnTerminal(columns: 80, rows: 24)
        let process = try await start(terminal)
        terminal.hangUp()
        #expect(await eventually { !process.isRunning })
    }

    @Test func needsATerminal() throws {
        let result = try fleet.run("monitor")
        #expect(result.status == 2 && result.error.contains("fleet status --json"), "\(result)")
    }
}

extension Process {
    /// Whether a signal has stopped it (proc_pid_stat(5)).
    fileprivate var isStopped: Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(processIdentifier)/stat", encoding: .utf8)) ?? ""
        return stat.split(separator: ")").last?.hasPrefix(" T") ?? false
    }
}
