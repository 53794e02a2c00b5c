import FleetTesting
import Foundation
import Testing

@testable import FleetBase

@Suite struct LocalTransportTests {
    private func connection(_ means: ChildWatch.Means) async throws -> any Connection {
        let transport = LocalTransport(environment: [:], directory: "/", watching: means)
        return try await transport.connect(
            to: Destination(host: try HostName("localhost"), address: "localhost"), deadline: .after(.seconds(20)))
    }

    private static let ways: [ChildWatch.Means] = [.best, .thread]

    @Test(arguments: ways) func tellsTheStatus(means: ChildWatch.Means) async throws {
        #expect(try await ending(of: "exit 3", means) == .status(3))
        #expect(try await ending(of: "kill -KILL $$", means) == .signal("KILL"))
    }

    @Test(arguments: ways) func waitsForACommandThatClosedItsStreams(means: ChildWatch.Means) async throws {
        #expect(try await ending(of: "exec >&- 2>&-; exit 4", means) == .status(4))
    }

    @Test(arguments: ways) func givesUpAtTheDeadline(means: ChildWatch.Means) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/process"
        let connection = try await connection(means)
        let failure = await #expect(throws: Failure.self) {
            try await connection.run(
                CommandLine("echo $$ >\(path); exec >&- 2>&- sleep 600") { _, _ in .more },
                deadline: .after(.seconds(1)))
        }
        #expect(failure?.kind == .noAnswer)
        let process = try #require(Int32(try folder.read("process").trimmingCharacters(in: .newlines)))
        #expect(Processes.isAlive(process))
        kill(process, SIGKILL)
        // Somebody takes the status of what was given up.
        #expect(await eventually { !FileManager.default.fileExists(atPath: "/proc/\(process)") })
    }

    /// Each look at the receiver takes longer than the pause between two of them: all of that time is the receiver's.
    @Test(arguments: ways) func theTimeOfASlowReceiverIsNotTheCommands(means: ChildWatch.Means) async throws {
        let folder = try TemporaryFolder()
        let looks = Shared(0)
        let isBehind = { @Sendable in
            looks.change { $0 += 1 }
            if looks.value > 30 {
                // The command has work left when nobody is behind any more.
                _ = try? folder.write("", to: "go")
                return false
            }
            usleep(150_000)
            return true
        }
        let line = "until [ -f \(folder.path)/go ]; do sleep 0.05; done; sleep 0.1"
        let command = CommandLine(line, isBehind: isBehind) { _, _ in .more }
        let completion = try await connection(means).run(command, deadline: .after(.seconds(3)))
        #expect(completion.ending == .status(0))
    }

    /// In a process of its own: another test may have changed what this one does with the signal.
    @Test func leavesTheProcessItsSignals() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let connection = try await LocalTransport(directory: "/").connect(
                to: Destination(host: try HostName("localhost"), address: "localhost"), deadline: .after(.seconds(20)))
            let input = CommandLine.Input.bytes([UInt8](repeating: 1, count: 8 << 20))
            let unread = CommandLine("exec <&-", input: input) { _, _ in .more }
            _ = try await connection.run(unread, deadline: .after(.seconds(20)))
            var action = sigaction()
            sigaction(SIGPIPE, nil, &action)
            exit(action.__sigaction_handler.sa_handler == nil ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    @Test func leavesNoDescriptorToOthers() throws {
        let ends = try #require(Descriptor.pipe())
        let folder = try TemporaryFolder()
        let file = try #require(Descriptor.temporaryFile(beside: folder.path + "/file"))
        let copy = Descriptor.duplicate(file.descriptor)
        for descriptor in [ends.read, ends.write, file.descriptor, copy] {
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
            close(descriptor)
        }
    }

    private func ending(of line: String, _ means: ChildWatch.Means) async throws -> Completion.Ending {
        try await connection(means).run(CommandLine(line) { _, _ in .more }, deadline: .after(.seconds(20))).ending
    }
}
