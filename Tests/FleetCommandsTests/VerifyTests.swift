import FleetTesting
import Foundation
import Testing

/// Results of the same work on different hosts, compared; with two real sshd processes.
@Suite(.serialized) struct VerifyTests {
    private let lab: QueueLab

    init() throws { lab = try QueueLab() }

    private func tasks(_ result: FleetBinary.Result) throws -> [[String: Any]] {
        try #require(try result.json()["tasks"] as? [[String: Any]], "\(result.error)")
    }

    @Test func acceptsWhatAgrees() throws {
        let result = try lab.tasks("  - { name: sum, command: 'echo $((2 + 3))', verify: 2 }", "--json")
        let rows = try tasks(result)
        #expect(result.status == 0 && rows.map { $0["name"] as? String } == ["sum/1", "sum/2"], "\(result.error)")
        #expect(Set(rows.compactMap { $0["host"] as? String }) == ["lab-1", "lab-2"])
        #expect(Set(rows.compactMap { $0["digest"] as? String }).count == 1)
    }

    /// The next task is not given what nobody can trust, and both hosts are named.
    @Test func refusesWhatDiffers() throws {
        let result = try lab.tasks(
            """
              - { name: own, command: 'echo $FLEET_HOST', verify: 2 }
              - { name: next, command: 'true', after: own }
            """, "--json")
        let rows = try tasks(result)
        #expect(result.status == 3 && rows.compactMap { $0["state"] as? String } == ["failed", "failed"])
        let failures = rows.compactMap { $0["failure"] as? [String: Any] }
        #expect(failures.map { $0["class"] as? String } == ["mismatch", "mismatch", "cancelled"])
        let message = try #require(failures.first?["message"] as? String)
        #expect(message.contains("lab-1: ") && message.contains("lab-2: "), "\(message)")
        let shown = try #require(try lab.fleet(["runs", "show", "last", "--json"]).json()["tasks"] as? [[String: Any]])
        #expect(shown.prefix(2).allSatisfy { $0["state"] as? String == "failed" }, "\(shown)")
        #expect(try lab.fleet(["tasks", "status", "--json"]).output.contains("true") == false)
    }

    /// How long something took is not compared, and what it found is.
    @Test func comparesMetricsButThoseThatVary() throws {
        try lab.fleet.folder.write(
            """
            name: count
            version: "1"
            engines: { sh: { methods: [native], run: "sh count.sh" } }
            metrics: { found: { type: int }, nanoseconds: { type: int, varies: true } }
            """, to: "packages/count/package.yaml")
        func program(_ found: String) throws {
            try lab.fleet.folder.write(
                "echo at $(date +%N); printf '{\"found\": %s, \"nanoseconds\": %s}' \(found) 1$(date +%N) >out/metrics.json\n",
                to: "packages/count/count.sh")
        }
        try program("7")
        #expect(try lab.tasks("  - { package: count }", "--verify", "2").status == 0)
        try program("1$(date +%N)")
        let result = try lab.tasks("  - { package: count }", "--verify", "2")
        #expect(
            result.status == 3 && result.error.contains("count/1, count/2: mismatch: the results differ: lab-"),
            "\(result.error)")
    }

    @Test func saysThatHostsAreTooFew() throws {
        let result = try lab.tasks("  - { name: sum, command: 'true', verify: 3 }", "--wait", "1s")
        #expect(result.status == 3 && result.error.contains("tasks done: 2 of 3"), "\(result.error)")
        #expect(result.error.contains("each copy needs a host of its own"), "\(result.error)")
        #expect(try lab.tasks("  - { name: sum, command: 'true' }", "--verify", "1").status == 2)
    }
}
