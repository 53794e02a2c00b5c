import FleetTesting
import Foundation
import Testing

/// Ctrl-C, once and twice, while a command runs on a host that does not end at once.
@Suite(.serialized) struct SignalTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    /// - Returns: fleet at work on a command that takes no notice of TERM, and a word of that command's.
    private func start() async throws -> (master: FleetBinary.Running, nap: String) {
        let nap = "sleep 6\(Int.random(in: 1000...9999))"
        let master = try lab.fleet.start([
            "--inventory", "inventory/lab.yaml", "exec", "--hosts", "lab-1", "trap '' TERM; \(nap); \(nap)",
        ])
        #expect(await eventually { !Processes.running(nap).isEmpty })
        return (master, nap)
    }

    /// timeout(1) sends its signal to the process and to its group: that is one wish.
    @Test func aSignalAndItsEchoEndInGoodOrder() async throws {
        let (master, nap) = try await start()
        for _ in 0..<2 { kill(master.process.processIdentifier, SIGINT) }
        let result = try master.result()
        #expect(result.status == 130 && !result.error.contains("stopped at once"), "\(result.error)")
        #expect(await eventually { Processes.running(nap).isEmpty })
    }

    @Test func theSecondCtrlCEndsAtOnce() async throws {
        let (master, nap) = try await start()
        // The host is asked to end the command for two seconds; meanwhile a person presses the keys again and again.
        let hasEnded = await eventually {
            if master.process.isRunning { kill(master.process.processIdentifier, SIGINT) }
            return !master.process.isRunning
        }
        #expect(hasEnded)
        let result = try master.result()
        #expect(result.status == 130 && result.error.contains("stopped at once"), "\(result.error)")
        #expect(result.error.contains("fleet runs cancel"))
        for process in Processes.running(nap) { kill(process, SIGKILL) }
    }
}
