import FleetTesting
import Foundation
import Testing

/// A laptop that sleeps: fleet stands still while its hosts go on.
@Suite(.serialized) struct SuspendedMasterTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    /// The time that fleet was stopped for is not the command's: the answer was there before its limit.
    @Test func takesTheAnswerThatCameMeanwhile() async throws {
        let (begun, ended) = (lab.fleet.folder.path + "/begun", lab.fleet.folder.path + "/ended")
        let master = try lab.fleet.start([
            "--inventory", "inventory/lab.yaml", "exec", "--hosts", "lab-1", "--timeout", "2s",
            "touch \(begun); sleep 1; touch \(ended); echo done",
        ])
        #expect(await eventually { FileManager.default.fileExists(atPath: begun) })
        let past = ContinuousClock.now + .seconds(4)
        kill(master.process.processIdentifier, SIGSTOP)
        #expect(await eventually { FileManager.default.fileExists(atPath: ended) && .now > past })
        kill(master.process.processIdentifier, SIGCONT)
        let result = try master.result()
        #expect(result.status == 0 && result.output.contains("done"), "\(result.output)\(result.error)")
    }

    /// What still runs past its limit is ended nevertheless.
    @Test func endsWhatIsLateAllTheSame() async throws {
        let nap = "sleep 6\(Int.random(in: 1000...9999))"
        let master = try lab.fleet.start([
            "--inventory", "inventory/lab.yaml", "exec", "--hosts", "lab-1", "--timeout", "2s", "\(nap); echo done",
        ])
        #expect(await eventually { !Processes.running(nap).isEmpty })
        let past = ContinuousClock.now + .seconds(4)
        kill(master.process.processIdentifier, SIGSTOP)
        #expect(await eventually { .now > past })
        kill(master.process.processIdentifier, SIGCONT)
        let result = try master.result()
        #expect(result.status == 3 && result.error.contains("time-out"), "\(result.output)\(result.error)")
        #expect(await eventually { Processes.running(nap).isEmpty })
    }
}
