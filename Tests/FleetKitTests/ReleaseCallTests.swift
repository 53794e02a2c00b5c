import FleetKit
import FleetTesting
import Foundation
import Testing

/// The calls on packages and their releases.
@Suite struct ReleaseCallTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func knowsThePackages() async throws {
        try project.folder.write("x\n", to: "packages/hello/.git/config")
        try await project.use { fleet in
            let written = try await fleet.packages.create("other", .python).result
            #expect(written.contains("packages/other/package.yaml"))
            #expect(try await fleet.packages.list().map(\.name) == ["hello", "other"])
            #expect(try await fleet.packages.list(["hello"]).map(\.engines) == [["sh"]])
            let files = try await fleet.packages.files(["hello"])
            #expect(files.first?.files.contains("work.sh") == true && files.first?.leftOut.map(\.path) == [".git/"])
            let twice = try fleet.packages.create("hello")
            await #expect(throws: FleetError.self) { try await twice.result }
        }
    }

    @Test func buildsPackages() async throws {
        try await project.use { fleet in
            let built = try await fleet.packages.build(["hello"], bundledFor: .hosts(["one"])).result
            #expect(built.map(\.name) == ["hello"] && built[0].version.hasPrefix("1.0.0-") && built[0].bytes > 0)
            #expect(built[0].bundles.map(\.host) == ["one"] && built[0].images.isEmpty && built[0].signer == nil)
            let dated = try await fleet.packages.build(["hello"], isTimestamped: true).result
            #expect(dated[0].path.hasSuffix(".tar.gz") && dated[0].digest == built[0].digest)
            for path in [dated[0].path, built[0].path, built[0].bundles[0].path] {
                #expect(FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test func plansAndPushes() async throws {
        try await project.use { fleet in
            let plan = try await fleet.releases.planPush(to: .all).result
            #expect(try plan.map { try $0.value.state } == [.planned, .planned])
            #expect(try plan.map { try $0.value.steps.map(\.kind) } == [[.send], [.send]])
            var options = PushOptions()
            (options.whole, options.batch, options.width) = (true, .count(1), 1)
            let pushed = try await fleet.releases.push(["hello"], to: .all, options).result
            #expect(try pushed.map { try $0.value.state } == [.pushed, .pushed])
            #expect(try pushed.map { try $0.value.steps } == plan.map { try $0.value.steps })
            let again = try await fleet.releases.push(["hello"], to: .hosts(["one"])).result
            #expect(try again.map { try $0.value.state } == [.unchanged])
        }
    }

    @Test func batchesStopAtTooManyFailures() async throws {
        try project.folder.write(
            """
            hosts:
              gone: { address: 127.0.0.1, port: 1 }
              here: { address: localhost, transport: local, root: \(project.folder.path)/one }

            """, to: "inventory/hosts.yaml")
        try await project.use { fleet in
            var options = PushOptions()
            options.batch = .count(1)
            let stopped = try await fleet.releases.push(["hello"], to: .all, options).result
            #expect(stopped.map(\.failure?.kind) == [.refused, .push])
            options.maxFailures = .percent(50)
            let gone = try await fleet.releases.push(["hello"], to: .all, options).result
            #expect(gone.map(\.failure?.kind) == [.refused, nil])
        }
    }

    /// The file is large enough for a difference to be worth it.
    @Test func sendsTheWholeWhereThatIsWanted() async throws {
        let noise = (0..<20_000).map { _ in "\(Int.random(in: 0...1 << 60))\n" }.joined()
        try project.folder.write(noise, to: "packages/hello/data")
        try await project.use { fleet in
            let first = try #require(try await fleet.releases.push(to: .hosts(["one"])).result.first).value.to
            try project.folder.write("echo again\n", to: "packages/hello/work.sh")
            var options = PushOptions()
            let difference = try await fleet.releases.planPush(to: .hosts(["one"]), options).result
            #expect(try difference.map { try $0.value.steps.map(\.base) } == [[first]])
            options.whole = true
            let whole = try await fleet.releases.planPush(to: .hosts(["one"]), options).result
            #expect(try whole.map { try $0.value.steps.map(\.base) } == [[nil]])
        }
    }

    @Test func refusesSharesThatAreNone() async throws {
        try await project.use { fleet in
            for batch in [HostShare.count(0), .count(-1), .percent(0), .percent(101)] {
                var options = PushOptions()
                options.batch = batch
                let wrong = options
                let refused = #expect(throws: FleetError.self) { try fleet.releases.push(to: .all, wrong) }
                #expect(refused?.kind == .usage)
            }
            var options = PushOptions()
            options.bytesPerSecond = 0
            let slow = options
            #expect(throws: FleetError.self) { try fleet.releases.planPush(to: .all, slow) }
        }
    }

    @Test func looksAfterReleases() async throws {
        try await project.use { fleet in
            let first = try #require(try await fleet.releases.push(to: .all).result.first).value.to
            try project.folder.write("echo again\n", to: "packages/hello/work.sh")
            let second = try #require(try await fleet.releases.push(to: .all).result.first).value.to
            let versions = try await fleet.releases.versions(of: ["hello"]).result
            #expect(versions.built["hello"] == second)
            let one = try #require(versions.hosts.first).value.packages["hello"]
            #expect(one?.current == second && one?.versions == [first, second].sorted() && one?.behind == false)

            let back = try await fleet.releases.rollBack("hello", on: .hosts(["one"])).result
            #expect(try back.map { try $0.value.to } == [first])

            let file = "\(project.folder.path)/two/packages/hello/\(second)/work.sh"
            try Program.run(["chmod", "-R", "u+w", file])
            try "broken".write(toFile: file, atomically: false, encoding: .utf8)
            let damage = try await fleet.releases.verify(on: .hosts(["two"])).result
            #expect(damage.first?.failure != nil && damage.flatMap(\.releases).flatMap(\.damaged) == ["work.sh"])
            let mended = try await fleet.releases.verify(on: .hosts(["two"]), repairing: true).result
            #expect(mended.first?.failure == nil && mended.flatMap(\.releases).contains(where: \.repaired))

            let plan = try await fleet.releases.prune(keep: 1, on: .all, onMaster: true, dryRun: true).result
            #expect(try plan.hosts.map { try $0.value.removed.map(\.version) }.last == [first] && plan.master != nil)
            let pruned = try await fleet.releases.prune(["hello"], keep: 0, on: .hosts(["two"])).result
            #expect(try pruned.hosts.flatMap { try $0.value.removed }.count == 2 && pruned.master == nil)
        }
    }
}
