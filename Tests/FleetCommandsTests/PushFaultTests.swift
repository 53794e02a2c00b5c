import FleetTesting
import Foundation
import Testing

/// Pushes to a real sshd that are cut off: whatever happens, the host has a whole version, and the next push ends well.
@Suite(.serialized) struct PushFaultTests {
    private enum Victim: CaseIterable { case master, sshd, shell }

    private let fleet: FleetBinary
    private let root: String

    init() throws {
        fleet = try FleetBinary.inProject()
        let up = try fleet.run("lab", "up", "--hosts", "1")
        #expect(up.status == 0, "\(up.error)")
        root = fleet.folder.path + "/.fleet/lab/hosts.d/lab-1/home/.fleet"
        try fleet.folder.write(
            """
            name: interrupted
            version: 1.0.0
            engines:
              sh: { methods: [native], run: cat big }
            """, to: "packages/interrupted/package.yaml")
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: fleet.folder.path + "/packages/interrupted/" + path))
    }

    private func push(_ words: String...) throws -> FleetBinary.Running {
        try fleet.start(["push", "interrupted", "--inventory", "inventory/lab.yaml", "--all", "--json"] + words)
    }

    private struct Push {
        let state: String
        let from: String?
        let to: String
        let sent: Int
    }

    private func finishedPush(_ words: String...) throws -> Push {
        let result = try fleet.run(
            ["push", "interrupted", "--inventory", "inventory/lab.yaml", "--all", "--json"] + words)
        let hosts = try #require(try result.json()["hosts"] as? [[String: Any]])
        let host = try #require(hosts.first)
        #expect(result.status == 0, "\(result.output)")
        return Push(
            state: try #require(host["state"] as? String), from: host["from"] as? String,
            to: try #require(host["to"] as? String), sent: try #require(host["bytes_sent"] as? Int))
    }

    /// The version that the host has, after its files were looked at one by one.
    private func wholeVersion() throws -> String? {
        let home = root + "/packages/interrupted"
        guard let version = try? FileManager.default.destinationOfSymbolicLink(atPath: home + "/current") else {
            return nil
        }
        let program = "cd '\(home)/\(version)' && sha256sum --quiet -c .fleet-sums"
        #expect(throws: Never.self, "\(version)") { try Program.run(["sh", "-c", program]) }
        return version
    }

    private var arrived: Int {
        let files = FileManager.default.enumerator(atPath: root + "/incoming")
        var size = 0
        while let path = files?.nextObject() as? String {
            let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/incoming/" + path)
            if attributes?[.type] as? FileAttributeType == .typeRegular { size += attributes?[.size] as? Int ?? 0 }
        }
        return size
    }

    private func end(_ victim: Victim, _ master: FleetBinary.Running) {
        let shells = Processes.withArguments(holding: " interrupted@").filter { Processes.name(of: $0) == "sh" }
        switch victim {
        case .master: master.kill()
        case .sshd:
            for parent in shells.compactMap(Processes.parent) where Processes.name(of: parent) == "sshd" {
                kill(parent, SIGKILL)
            }
        case .shell: for shell in shells { kill(shell, SIGKILL) }
        }
    }

    @Test func survivesEveryCut() async throws {
        var big = noise(6 << 20, seed: 1)
        try write(big, to: "big")
        #expect(try finishedPush().state == "pushed")
        var generator = SystemRandomNumberGenerator()
        for round in 0..<50 {
            let before = try wholeVersion()
            // By turns a push of everything and one of a difference.
            let length = round.isMultiple(of: 2) ? big.count : 2 << 20
            big.replaceSubrange(0..<length, with: noise(length, seed: UInt64(round + 2)))
            try write(big, to: "big")
            let threshold = Int.random(in: 0...length * 11 / 10, using: &generator)
            let master = try push("--limit-rate", "40M")
            _ = await eventually { !master.isRunning || arrived >= threshold }
            end(Victim.allCases[round % 3], master)
            _ = try master.result()
            let after = try wholeVersion()
            #expect(after != nil)
            let next = try finishedPush()
            #expect(after == before || after == next.to)
            #expect(try wholeVersion() == next.to)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/incoming").isEmpty)
        }
        _ = try fleet.run("lab", "down")
    }

    /// What had arrived is not sent again, but for a tenth of it at most.
    @Test func goesOnWhereItWasCutOff() async throws {
        let size = 24 << 20
        try write(noise(size, seed: 5), to: "big")
        for index in 0..<200 { try write(noise(500, seed: UInt64(index)), to: "small-\(index)") }
        let master = try push("--limit-rate", "3M")
        #expect(await eventually { arrived > size / 2 || !master.isRunning })
        master.kill()
        _ = try master.result()
        // The host's shell sees the end of its input, and tar writes what it has.
        #expect(await eventually { Processes.withArguments(holding: " interrupted@").isEmpty })
        let there = arrived
        let push = try finishedPush()
        #expect(push.state == "pushed")
        #expect(push.sent - (size - there) < there / 10, "\(there) had arrived, \(push.sent) were sent")
        #expect(try wholeVersion() == push.to)
        _ = try fleet.run("lab", "down")
    }
}
