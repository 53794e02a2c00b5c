import FleetBase
import FleetKit
import FleetTesting
import Foundation
import Synchronization
import Testing

/// The calls on schedules, and the question to a model.
@Suite struct ScheduleCallTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func runsTasksAtTheirTimes() async throws {
        try project.folder.write(
            "tasks:\n  - { name: beat, command: 'true', schedule: every 1s }\n", to: "tasks.yaml")
        try await project.use { fleet in
            #expect(try await fleet.schedules.list().map(\.schedule) == ["every 1s"])
            let (news, sender) = AsyncStream.makeStream(of: FleetProject.Schedules.News.self)
            let table = try fleet.schedules.run(["beat"], on: .hosts(["one"])) { sender.yield($0) }
            for await case .ended(let task, let result) in news {
                #expect(task == "beat")
                #expect(try result.get().tasks.map(\.isDone) == [true])
                break
            }
            table.cancel()
            _ = try? await table.result
        }
    }

    /// A real sshd with a crontab of its own.
    @Test func pushesSchedules() async throws {
        let keys = try TemporaryFolder()
        let key = try SSHKeyPair(.ed25519, in: keys)
        try keys.write(
            """
            #!/bin/sh
            [ "$1" = -l ] || exec cat >\(keys.path)/table
            [ -e \(keys.path)/table ] || { echo 'no crontab for you' >&2; exit 1; }
            exec cat \(keys.path)/table

            """, to: "bin/crontab")
        try Program.run(["chmod", "+x", keys.path + "/bin/crontab"])
        let server = try SSHServer(authorized: [key], environment: ["PATH": "\(keys.path)/bin:/usr/bin:/bin"])
        try project.folder.write(try server.knownHostsLine(), to: "inventory/known_hosts")
        try project.folder.write(
            """
            hosts:
              pc: { address: \(server.address), port: \(server.port), key: \(key.path), user: \(NSUserName()), \
            known_hosts: inventory/known_hosts }

            """, to: "inventory/hosts.yaml")
        try project.folder.write(
            "tasks:\n  - { name: beat, command: 'true', schedule: every 15m }\n", to: "tasks.yaml")
        try await project.use { fleet in
            let pushed = try await fleet.schedules.push(to: "pc").result
            #expect(pushed.value.map(\.schedule) == ["*/15 * * * *"] && pushed.failures.isEmpty, "\(pushed.failures)")
            let listed = try await fleet.schedules.list(on: .all).result.value
            #expect(listed.map(\.task) == ["beat"] && listed.map(\.installed) == [true] && listed.map(\.waiting) == [0])
            #expect(try await fleet.schedules.remove(["beat"], from: .all).result.value == 1)
        }
    }

    @Test func asksAModel() async throws {
        try project.folder.write(
            """
            name: ask
            version: 1.0.0
            parameters:
              question: { type: string, default: "" }
              model: { type: string, default: "" }
            engines: { sh: { methods: [native], run: "echo yes" } }
            """, to: "packages/ask/package.yaml")
        try await project.use { fleet in
            var options = AskOptions()
            options.conversation = "study"
            let asked = try await fleet.models.ask(
                "why", key: nil, parameters: ["model": "small"], on: .hosts(["two"]), options
            ).result
            let reply = try #require(asked.value)
            #expect(
                reply.answer.hasPrefix("yes") && reply.host == "two" && reply.session == "study" && reply.state == .done
            )
            #expect(FileManager.default.fileExists(atPath: project.folder.path + "/.fleet/sessions"))
            let unkeyed = try fleet.models.ask("why", key: .environment("FLEET_TEST_NO_SUCH_KEY"))
            let keyless = await #expect(throws: FleetError.self) { try await unkeyed.result }
            #expect(keyless?.message.contains("FLEET_TEST_NO_SUCH_KEY") == true)
        }
    }
}
