import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetSSH

extension Integration {
    /// Commands on a real sshd.
    @Suite struct CommandTests {
        private let bench: SSHBench
        private static let megabyte = 1 << 20

        init() throws { bench = try SSHBench() }

        // MARK: Many at once

        @Test func carriesManyCommandsAtOnce() async throws {
            let connection = try await bench.connect(try bench.server())
            let results = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
                for index in 1...8 {
                    group.addTask {
                        let input = noise(Self.megabyte + index, seed: UInt64(index))
                        return (index, try await connection.run("cat", input: .bytes(input)).output[.output])
                    }
                }
                return try await group.reduce(into: [(Int, [UInt8])]()) { $0.append($1) }
            }
            for (index, bytes) in results { #expect(bytes == noise(Self.megabyte + index, seed: UInt64(index))) }
            await connection.close()
        }

        @Test func tooManySessionsFailAndTheOthersGoOn() async throws {
            let connection = try await bench.connect(try bench.server(options: ["MaxSessions 2"]))
            let fifo = bench.folder.path + "/fifo"
            try #require(mkfifo(fifo, 0o600) == 0)
            let writer = open(fifo, O_RDWR | O_CLOEXEC)
            defer { close(writer) }
            let output = (1...2).map { _ in Output() }
            let running = output.map { output in
                Task {
                    let line = "echo ready; dd bs=1 count=1 <\(fifo) >/dev/null 2>&1"
                    return try await connection.run(line, output: output).completion.ending
                }
            }
            #expect(await eventually { output.allSatisfy { $0.text == "ready\n" } })
            let failure = await connection.failure("echo never")
            #expect(failure?.kind == .lost)
            #expect(failure?.message.text(in: .english).contains("opens no further channel") == true)
            #expect(write(writer, "go", 2) == 2)
            for task in running { #expect(try await task.value == .status(0)) }
            // sshd frees a session's place a moment after it has closed the channel.
            #expect(await eventually { (try? await connection.run("echo again").output.text) == "again\n" })
            await connection.close()
        }

        // MARK: Bytes

        @Test func bringsHomeEveryByte() async throws {
            let bytes = noise(32 * Self.megabyte)
            let path = bench.folder.path + "/big"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let connection = try await bench.connect(try bench.server())
            #expect(try await connection.run("cat \(path)").output[.output] == bytes)
            await connection.close()
        }

        @Test func sendsEveryByteOfAFile() async throws {
            let bytes = noise(32 * Self.megabyte + 7)
            let path = bench.folder.path + "/big"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let connection = try await bench.connect(try bench.server())
            let result = try await connection.run("sha256sum", input: .file(path))
            #expect(result.output.text.prefix(64) == Crypto.sha256(bytes).map { String(format: "%02x", $0) }.joined())
            #expect(result.completion.bytesSent == Int64(bytes.count))
            await connection.close()
        }

        @Test func bothStreamsFlowTogether() async throws {
            let connection = try await bench.connect(try bench.server())
            let line = "head -c 8388608 /dev/zero >&2 & head -c 8388608 /dev/zero; wait"
            let result = try await connection.run(line)
            let (output, error) = (result.output[.output].count, result.output[.error].count)
            #expect(
                output == 8 * Self.megabyte,
                "\(error) \(result.completion.ending) \(result.output.errorText.suffix(200))")
            #expect(error == 8 * Self.megabyte)
            await connection.close()
        }

        @Test func oneStreamAfterTheOtherDoesNotLock() async throws {
            let connection = try await bench.connect(try bench.server())
            let line = "for i in 1 2 3 4 5 6 7 8; do head -c 1048576 /dev/zero; head -c 1048576 /dev/zero >&2; done"
            let result = try await connection.run(line)
            let (output, error) = (result.output[.output].count, result.output[.error].count)
            #expect(
                output == 8 * Self.megabyte,
                "\(error) \(result.completion.ending) \(result.output.errorText.suffix(200))")
            #expect(error == 8 * Self.megabyte)
            await connection.close()
        }

        @Test func whatIsLeftOfTheOutputComesAfterTheEnd() async throws {
            let connection = try await bench.connect(try bench.server())
            let output = Output(finishedBy: "THE END")
            // The background process goes on writing well after the mark, with pauses far shorter than the grace.
            let program = """
                import os, sys, time
                print("THE END", file=sys.stderr, flush=True)
                if os.fork(): os._exit(0)
                for number in range(24): time.sleep(0.05); print(number, flush=True)
                """
            _ = try await connection.run(["python3", "-c", ShellWord(program)].commandLine, output: output)
            #expect(output.text == (0..<24).map { "\($0)\n" }.joined())
            await connection.close()
        }

        // MARK: Nobody reads

        /// The server asks every second whether anybody is there, and hangs up after two questions without an answer.
        @Test func aServerThatAsksIsAnsweredWhileNobodyReads() async throws {
            let server = try bench.server(
                options: ["ClientAliveInterval 1", "ClientAliveCountMax 2", "LogLevel DEBUG3"])
            let connection = try await bench.connect(server)
            let (isHeldUp, size) = (Shared(true), Shared(0))
            let command = CommandLine(
                "head -c 16777216 /dev/zero", isBehind: { isHeldUp.value },
                output: { stream, bytes in
                    if stream == .output { size.change { $0 += bytes.count } }
                    return .more
                })
            async let completion = connection.run(command, deadline: .after(.seconds(4)))
            // Its questions are requests to the channel.
            func questions() -> Int { server.messages.ranges(of: "send packet: type 98").count }
            #expect(
                await eventually(within: .seconds(60)) {
                    questions() >= 6 || server.messages.contains("Timeout, client")
                })
            #expect(!server.messages.contains("Timeout, client not responding"))
            // Others on the connection go on, and what waits is no more than the window.
            #expect(try await connection.run("echo on").output.text == "on\n")
            #expect(size.value == 0)
            isHeldUp.value = false
            #expect(try await completion.ending == .status(0))
            #expect(size.value == 16 * Self.megabyte)
            await connection.close()
        }

        // MARK: After a break

        @Test func anEndlessStreamEnds() async throws {
            let server = try bench.server()
            let connection = try await bench.connect(server)
            #expect(await connection.failure("cat /dev/zero", within: .milliseconds(300))?.kind == .noAnswer)
            let output = Output()
            let task = Task { await connection.failure("cat /dev/zero", output: output) }
            #expect(await eventually { !output[.output].isEmpty })
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
            #expect(try await connection.run("echo on").output.text == "on\n")
            await connection.close()
        }

        /// Who shares the connection goes on, and so does what it runs.
        @Test(arguments: [false, true]) func aCommandThatIsGivenUpLeavesTheOthers(byCancelling: Bool) async throws {
            let connection = try await bench.connect(try bench.server())
            let (output, other) = (Output(), Output())
            let neighbour = Task { try await connection.run("echo ready; read word; echo $word", output: other) }
            if byCancelling {
                let task = Task { await connection.failure("echo ready; exec sleep 600", output: output) }
                #expect(await eventually { output.text == "ready\n" })
                task.cancel()
                #expect(await task.value?.kind == .cancelled)
            } else {
                #expect(await connection.failure("sleep 600", within: .milliseconds(300))?.kind == .noAnswer)
            }
            for _ in 0..<12 { #expect(try await connection.run("echo on").output.text == "on\n") }
            #expect(try await neighbour.value.output.text.hasPrefix("ready\n"))
            await connection.close()
        }

        /// With a packet of it sent by half nobody else could send.
        @Test func aCommandThatIsGivenUpWhileItSendsLeavesNoBrokenConnection() async throws {
            let connection = try await bench.connect(try bench.server())
            for _ in 0..<10 {
                let input = CommandLine.Input.bytes([UInt8](repeating: 0, count: 64 << 20))
                let command = CommandLine("cat >/dev/null", input: input) { _, _ in .more }
                let task = Task { try? await connection.run(command, deadline: .after(.milliseconds(20))) }
                _ = await task.value
                guard !connection.isClosed else { break }
                #expect(try await connection.run("echo on").output.text == "on\n")
            }
            await connection.close()
        }

        @Test func aServerThatIsKilledIsLost() async throws {
            let server = try bench.server()
            let connection = try await bench.connect(server)
            let output = Output()
            let task = Task { await connection.failure("echo ready; exec sleep 600", output: output) }
            #expect(await eventually { output.text == "ready\n" })
            server.dropConnections()
            #expect(await task.value?.kind == .lost)
            #expect(await connection.failure("true")?.kind == .lost)
        }

        @Test func aFailedConnectionLeavesTheServer() async throws {
            let server = try bench.server()
            let connection = try await bench.connect(server)
            _ = try await connection.run("true")
            await connection.close()
            // The object lives on; the server must see its end all the same.
            #expect(await eventually { server.connections.isEmpty })
            _ = connection
        }

        @Test func cancellationOfOneEndsTheWait() async throws {
            let connection = try await bench.connect(try bench.server())
            let output = Output()
            let task = Task { await connection.failure("echo ready; exec sleep 600", output: output) }
            #expect(await eventually { output.text == "ready\n" })
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }

        @Test func aMissingInputFileStartsNothing() async throws {
            let connection = try await bench.connect(try bench.server())
            let command = CommandLine("touch \(bench.folder.path)/started", input: .file(bench.folder.path + "/none")) {
                _, _ in .more
            }
            await #expect(throws: Failure.self) { try await connection.run(command, deadline: .after(.seconds(20))) }
            #expect(try await connection.run("echo on").output.text == "on\n")
            #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/started"))
            await connection.close()
        }

        // MARK: Leaks

        @Test func closedConnectionsLeaveNoDescriptors() async throws {
            let server = try bench.server()
            // Other suites open descriptors meanwhile: the sockets that lead to this server are counted.
            let transport = bench.transport()
            let destination = try bench.destination(server)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<25 {
                            let connection = try await transport.connect(
                                to: destination, deadline: .after(.seconds(20)))
                            _ = try await connection.run("true")
                            await connection.close()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(await eventually { Sockets.count(to: server.port) == 0 })
        }

        @Test func failedConnectionsLeaveNoDescriptors() async throws {
            let server = try SSHServer(authorized: [])
            for _ in 0..<50 { _ = await bench.failure(try bench.destination(server)) }
            #expect(await eventually { Sockets.count(to: server.port) == 0 })
        }
    }
}
