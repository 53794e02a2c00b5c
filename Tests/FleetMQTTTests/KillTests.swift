import FleetBase
import FleetTesting
import Foundation
import Glibc
import Testing

@testable import FleetMQTT

/// The real program, killed while it sends.
@Suite struct KillTests {
    @Test func losesNothingWhenFleetIsKilled() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject()
        // The moments: before it is connected, at its first messages, and ever deeper in what it sends.
        for round in 0..<10 {
            let serve = try Serve(project.folder, broker)
            let publishing = Task { for _ in 0..<20 { try await project.publish(15) } }
            let before = consumer.read().numbers.count
            if round > 0 { #expect(await eventually { consumer.read().numbers.count > before + (round - 1) * 30 }) }
            serve.kill()
            try await publishing.value
        }
        let serve = try Serve(project.folder, broker)
        let last = try await project.last
        #expect(await consumer.has(last))
        let read = consumer.read()
        #expect(read.numbers == Array(1...last))
        print("killed fleet serve: \(read.numbers.count) events, \(read.repeated) came twice")
        // Nothing is left of files that were half written.
        let isTidy = try await eventually {
            try FileManager.default.contentsOfDirectory(atPath: project.folder.path + "/.fleet/mqtt").count == 2
        }
        #expect(isTidy)
        // The last will of each that was killed after it was connected.
        #expect(await eventually { consumer.messages("upb/fleet/status").last == "online" })
        serve.kill()
        #expect(await eventually { consumer.messages("upb/fleet/status").last == "offline" })
        await project.service.close()
    }

    @Test func sendsWhatIsLeftBeforeItEnds() async throws {
        let broker = try Broker()
        try await broker.start()
        let consumer = try Consumer(broker)
        #expect(await consumer.subscribed())
        let project = try SinkProject()
        let serve = try Serve(project.folder, broker)
        #expect(await eventually { consumer.messages("upb/fleet/status") == ["online"] })
        let last = try await project.publish(500)
        serve.interrupt()
        await serve.process.ended()
        #expect(serve.process.terminationStatus == 130)
        #expect(await consumer.has(last))
        #expect(await eventually { consumer.messages("upb/fleet/status") == ["online", "offline"] })
        await project.service.close()
    }

    @Test func refusesAPasswordInAnAddress() throws {
        let project = try SinkProject()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.fleet)
        process.arguments = [
            "serve", "--project", project.folder.path, "--mqtt", "mqtt://ana:secret@127.0.0.1/upb/logs",
        ]
        process.environment = ["HOME": project.folder.path, "PATH": "/usr/bin:/bin", "LANG": "C"]
        let errors = try project.folder.write("", to: "errors")
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        let text = try project.folder.read("errors")
        #expect(process.terminationStatus == 2)
        #expect(text.contains("a password has no place in the address of a broker") && text.contains("hint:"))
        #expect(!text.contains("secret"))
    }
}

/// A `fleet serve --mqtt`.
private struct Serve {
    let process: Process

    init(_ folder: TemporaryFolder, _ broker: Broker) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: Program.fleet)
        process.arguments = [
            "serve", "--project", folder.path, "--listen", "127.0.0.1:0", "--mqtt", broker.address(),
        ]
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func interrupt() { Glibc.kill(process.processIdentifier, SIGINT) }
}
