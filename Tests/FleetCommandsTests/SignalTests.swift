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

    @Test func aRunThatWasStoppedSaysHowToGoOn() async throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write(
            "name: nap\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh nap.sh } }\n",
            to: "packages/nap/package.yaml")
        let nap = "sleep 6\(Int.random(in: 1000...9999))"
        try fleet.folder.write(nap + "\n", to: "packages/nap/nap.sh")
        try fleet.folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(fleet.folder.path)/here }\n",
            to: "inventory/hosts.yaml")
        let master = try fleet.start(["run", "nap"])
        #expect(await eventually { !Processes.running(nap).isEmpty })
        kill(master.process.processIdentifier, SIGINT)
        let result = try master.result()
        #expect(result.status == 130 && result.error.contains("go on with: fleet runs resume 2"), "\(result.error)")
        #expect(await eventually { Processes.running(nap).isEmpty })
    }

    /// Nothing runs on hosts while a person is asked.
    @Test func aCtrlCAtAQuestionSpeaksOfNoHosts() async throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write("hosts: { gone: { address: 192.0.2.1 } }\n", to: "inventory/hosts.yaml")
        let terminal = try PseudoTerminal(columns: 80)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: FleetBinary.path)
        process.arguments = ["host", "remove", "gone"]
        process.currentDirectoryURL = URL(fileURLWithPath: fleet.folder.path)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": fleet.folder.path, "LANG": "C", "TERM": "xterm"]
        let handle = FileHandle(fileDescriptor: terminal.descriptor)
        (process.standardInput, process.standardError) = (handle, handle)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var shown = ""
        let isAsked = await eventually {
            shown += String(decoding: terminal.read(), as: UTF8.self)
            return shown.contains("[y/N]")
        }
        #expect(isAsked)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        shown += String(decoding: terminal.read(), as: UTF8.self)
        #expect(process.terminationStatus == 130 && !shown.contains("what runs on the hosts"), "\(shown)")
    }
}
