import FleetKit
import FleetTesting
import Foundation
import Testing

/// Operations that are followed, cancelled and come back to.
@Suite struct FleetProjectTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func tellsWhatAnOperationDoes() async throws {
        try await project.use { fleet in
            let run = try fleet.runs.start("hello", on: .hosts(["one"]))
            var events: [FleetEvent] = []
            for await event in run.events { events.append(event) }
            #expect(try await run.result.hosts.count == 1)
            let kinds = events.map(\.kind)
            #expect(kinds.first == .operationStarted && kinds.last == .operationEnded)
            for kind in [FleetEvent.Kind.hostConnected, .stepEnded, .runStarted, .attemptEnded, .output, .runEnded] {
                #expect(kinds.contains(kind), "\(kind)")
            }
            let contents = events.map(\.content)
            #expect(contents.contains(.output(.output, "said")) && contents.contains(.runEnded(.done)))
            #expect(events.allSatisfy { $0.operation == run.id && $0.time != nil })
            #expect(events.allSatisfy { $0.json.contains("\"kind\":\"\($0.kind.rawValue)\"") })
        }
    }

    @Test func cancelsWhatItStarted() async throws {
        try await project.use { fleet in
            let sleep = try fleet.hosts.execute(["sleep", "617.5"], on: .hosts(["one"]))
            for await event in sleep.events where event.kind == .stepStarted { break }
            #expect(await eventually { !Processes.running("sleep 617.5").isEmpty })
            sleep.cancel()
            #expect(try await sleep.result.map(\.failure?.kind) == [.cancelled])
            #expect(await eventually { Processes.running("sleep 617.5").isEmpty })
        }
    }

    @Test func comesBackWhereItWas() async throws {
        var seen: [String] = []
        try await project.use { fleet in
            for await event in try fleet.hosts.execute(["true"], on: .hosts(["one"])).events {
                if let sequence = event.sequence { seen.append(sequence) }
            }
        }
        try await project.use { fleet in
            var again: [String] = []
            for await event in try await fleet.events(after: seen[1]) {
                if let sequence = event.sequence { again.append(sequence) }
                if event.kind == .operationEnded { break }
            }
            #expect(again == Array(seen[2...]))
        }
    }

    @Test func refusesWhatIsNoName() async throws {
        try await project.use { fleet in
            await #expect(throws: FleetError.self) { try await fleet.cancel("x") }
            await #expect(throws: FleetError.self) { _ = try await fleet.events(after: "x") }
            let nobody = try fleet.hosts.ping(.hosts(["nobody"]))
            await #expect(throws: FleetError.self) { try await nobody.result }
            await #expect(throws: FleetError.self) { _ = try await fleet.runs.list(limit: 0) }
            #expect(throws: FleetError.self) { try fleet.hosts.execute(["true"], width: 0) }
            #expect(throws: FleetError.self) { try fleet.hosts.execute([]) }
            var endless = HostCommand.shell("true")
            endless.timeout = .zero
            let command = endless
            #expect(throws: FleetError.self) { try fleet.hosts.execute(command) }
            #expect(throws: FleetError.self) { try fleet.releases.prune(keep: 0, on: .all) }
            #expect(throws: FleetError.self) { try fleet.releases.prune(keep: 1, on: nil) }
        }
        #expect(throws: FleetError.self) { try FleetProject(at: "/proc/nowhere") }
        try project.folder.write("hosts: [", to: "inventory/hosts.yaml")
        let broken = #expect(throws: FleetError.self) { try FleetProject(at: project.folder.path) }
        #expect(broken?.kind == .configuration && broken?.description.contains("hosts.yaml") == true)
    }

    @Test func theExamplePacksPushesSweepsAndCancels() async throws {
        let (folder, fleet) = (project.folder, Program.fleet)
        let example = fleet.replacingOccurrences(of: "/fleet", with: "/sweep-example", options: .backwards)
        let whole = try Program.text([example, folder.path, "hello"])
        for text in ["hello 1.0.0-", "two: 1.0.0-", "attempt-ended", "run 2", "count[n=4] on "] {
            #expect(whole.contains(text), "\(text) in \(whole)")
        }
        try folder.write("tasks:\n  - { name: long, command: 'sleep 619.5' }\n", to: "tasks.yaml")
        let cancelled = try Program.text([example, folder.path, "hello", "0.5"])
        #expect(cancelled.contains("that is enough") && cancelled.contains("long: cancelled"), "\(cancelled)")
        #expect(Processes.running("sleep 619.5").isEmpty)
    }
}
