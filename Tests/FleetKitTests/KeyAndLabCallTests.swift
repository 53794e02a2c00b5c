import FleetBase
import FleetKit
import FleetTesting
import Foundation
import Testing

/// The calls on keys, the lab, reports and units.
@Suite struct KeyAndLabCallTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func makesAndListsKeys() async throws {
        try await project.use { fleet in
            let made = try await fleet.keys.make("own", identity: "ana@example.org", inProject: true)
            #expect(made.path == project.folder.path + "/.fleet/keys/own")
            #expect(made.line.hasPrefix("ana@example.org namespaces=") && made.fingerprint.hasPrefix("SHA256:"))
            #expect(try await fleet.keys.list().contains(made))
            #expect(try await fleet.keys.show("own") == made)
            await #expect(throws: FleetError.self) { try await fleet.keys.make("own", inProject: true) }
            await #expect(throws: FleetError.self) {
                try await fleet.keys.make("other", identity: "two words", inProject: true)
            }
            #expect(!FileManager.default.fileExists(atPath: project.folder.path + "/.fleet/keys/other"))
        }
    }

    @Test func startsAndEndsALab() async throws {
        try await project.use { fleet in
            let hosts = try await fleet.lab.up(2).result
            #expect(hosts.map(\.running) == [true, true])
            #expect(try await fleet.lab.status() == hosts)
            let lab = try FleetProject(at: project.folder.path, inventory: project.folder.path + "/inventory/lab.yaml")
            let pings = try await lab.hosts.ping().result
            await lab.close()
            #expect(pings.map(\.host) == hosts.map(\.name) && pings.allSatisfy { $0.failure == nil })
            #expect(try await fleet.lab.down().result == 2)
            #expect(try await fleet.lab.status().isEmpty)
            await #expect(throws: FleetError.self) { try await fleet.lab.up(0).result }
        }
    }

    @Test func reportsARun() async throws {
        try await project.use { fleet in
            let run = try await fleet.runs.start("hello").result.run
            let page = try await fleet.runs.report(of: run)
            #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains(run))
            let table = try await fleet.runs.table().split(whereSeparator: \.isNewline)
            #expect(table.count == 3 && table[1].contains("one") && table[2].contains("two"), "\(table)")
        }
    }

    @Test func writesAUnit() async throws {
        try await project.use { fleet in
            let unit = try fleet.schedules.unit(running: "/opt/my program", ["go"])
            #expect(unit.text.contains("ExecStart=\"/opt/my program\" \"go\"\n"))
            #expect(unit.path.hasSuffix(".service") && unit.next.count >= 2)
        }
    }
}
