import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

private let needsEngines: Comment = "SKIPPED, docker and podman want root, docker.io, podman, runc and busybox-static"

/// Images and real engines: what is sent, what is loaded, what is run.
@Suite(.serialized, .enabled(if: !RealEngine.available.isEmpty, needsEngines), .engines)
struct ImageEngineTests {
    // MARK: Push

    @Test(arguments: RealEngine.available) func loadsAnImage(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let (outcome, image) = try await fixture.pushed()
        let built = try await fixture.image()
        #expect(image.state == .loaded && image.engine == engine.method && image.layersKept == 0)
        #expect(outcome.bytesSent > image.bytesSent)
        for tag in [built.image.tag, "latest"] {
            #expect(try fixture.room.id(engine, "\(fixture.name):\(tag)") == built.image.id.hex)
        }
    }

    @Test(arguments: RealEngine.available) func sendsOnlyALayerThatChanged(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let (_, whole) = try await fixture.pushed()
        try fixture.change()
        let (_, short) = try await fixture.pushed()
        let built = try await fixture.image()
        print("\(engine.rawValue): \(whole.bytesSent) bytes first, then \(short.bytesSent) of \(built.size.bytes)")
        #expect(short.layersKept == 1 && short.bytesSent < 100_000 && short.notes.isEmpty)
        #expect(try fixture.room.id(engine, "\(fixture.name):\(built.image.tag)") == built.image.id.hex)
        #expect(try fixture.room.id(engine, "\(fixture.name):latest") == built.image.id.hex)
    }

    /// The layer is rebuilt from the release, which the push has brought as a difference.
    @Test(arguments: RealEngine.available) func sendsNoBytesOfThePackageTwice(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        try fixture.change(by: 5_000_000)
        let (_, first) = try await fixture.pushed()
        #expect(first.bytesSent < 2_000_000)
        let path = "\(fixture.folder.path)/packages/\(fixture.name)/data"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for i in 2_000_000..<2_020_000 { bytes[i] = UInt8.random(in: 0...255) }
        try bytes.write(to: URL(fileURLWithPath: path))
        let (outcome, image) = try await fixture.pushed()
        let built = try await fixture.image()
        print("\(engine.rawValue): \(outcome.bytesSent) bytes for 20 kB of 5 MB, \(image.bytesSent) for the image")
        #expect(image.bytesSent < 10_000 && outcome.bytesSent < 100_000 && image.notes.isEmpty)
        #expect(try fixture.room.id(engine, built.reference) == built.image.id.hex)
    }

    @Test(arguments: RealEngine.available) func sendsTheLayerWhenTheReleaseIsDamaged(_ engine: RealEngine) async throws
    {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        try fixture.change()
        _ = try await fixture.push()
        let built = try await fixture.image()
        _ = try fixture.room.ask(engine, "image", "rm", "-f", built.image.id.hex)
        // Of the same size, so that only its digest tells.
        let file = "homes/one/.fleet/packages/\(fixture.name)/\(built.image.tag)/data"
        try Program.run(["sh", "-c", "head -c 20000 /dev/zero >\(fixture.folder.path)/\(file)"])
        let (package, host) = (try await fixture.build(), fixture.host)
        let planned = try #require(package.images.first)
        let image = try await fixture.project.fleet.withShell(on: host) { shell throws(Failure) in
            try await HostImage(package: package, images: [planned], host: host, shell: shell, silent: SilentEngines())
                .provide()
        }
        #expect(image.state == .loaded && image.notes.count == 1)
        #expect(try fixture.room.id(engine, built.reference) == built.image.id.hex)
    }

    @Test(arguments: RealEngine.available) func sendsNothingThatIsThere(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        _ = try await fixture.pushed()
        let (outcome, image) = try await fixture.pushed()
        #expect(image.state == .unchanged && image.bytesSent == 0 && outcome.bytesSent == 0)
        #expect(outcome.state == .unchanged)
    }

    @Test(arguments: RealEngine.available) func givesBackANameThatIsGone(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        _ = try await fixture.pushed()
        _ = try fixture.room.ask(engine, "image", "rm", "\(fixture.name):latest")
        let planned = try #require(try await fixture.push { $0.dryRun = true }.value)
        #expect(planned.state == .planned && planned.image?.state == .planned && planned.bytesSent == 0)
        let (_, image) = try await fixture.pushed()
        let built = try await fixture.image()
        #expect(image.state == .unchanged && image.bytesSent == 0)
        #expect(try fixture.room.id(engine, "\(fixture.name):latest") == built.image.id.hex)
    }

    /// The engine claims layers that it has not.
    @Test(arguments: RealEngine.available) func sendsEverythingWhenLessIsRefused(_ engine: RealEngine) async throws {
        let programs = try TemporaryFolder()
        let path = "\(programs.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native", environment: ["PATH": path])
        let built = try await fixture.image()
        let layers = built.image.layers.map { "sha256:\($0.tarDigest)" }
        try programs.write(
            """
            #!/bin/sh
            case "$*" in
            'image ls -q'*) echo made-up ;;
            *image=*) echo 'image=sha256:0|other:1 |\(layers[0]) sha256:0 ' ;;
            *) exec \(try Program.path(engine.rawValue)) "$@" ;;
            esac
            """, to: "source")
        try Program.run([
            "install", "-D", "-m", "755", programs.path + "/source", "\(programs.path)/bin/\(engine.rawValue)",
        ])
        let (_, image) = try await fixture.pushed()
        #expect(image.state == .loaded && image.layersKept == 0 && image.notes.count == 1)
        #expect(try fixture.room.id(engine, built.reference) == built.image.id.hex)
    }

    /// What a power cut has torn is made anew.
    @Test(arguments: RealEngine.available) func mendsATornImage(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let built = try await fixture.image()
        for compression in ["zst", "gz"] {
            let path = built.archive.dropLast(4) + "-0.tar.\(compression)"
            try built.image.content().write(to: String(path), compression: compression == "gz" ? .gzip : .zstd)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: String(path)))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: String(path)))
        }
        #expect(try await fixture.push().failure == nil)
        #expect(try fixture.room.id(engine, built.reference) == built.image.id.hex)
    }

    @Test(arguments: RealEngine.available) func refusesABrokenImage(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let built = try await fixture.image()
        let whole = fixture.folder.path + "/whole.tar"
        try fixture.folder.write("not an image", to: "something")
        try Program.run(["tar", "-cf", whole, "-C", fixture.folder.path, "something"])
        for (compression, program) in [("zst", "zstd"), ("gz", "gzip")] {
            let packed = Data(try Program.run([program, "-c", whole]))
            try packed.write(to: URL(fileURLWithPath: built.archive.dropLast(4) + "-0.tar.\(compression)"))
        }
        let outcome = try await fixture.push()
        #expect(outcome.failure?.kind == .push)
        #expect(
            outcome.failure?.message.text(in: .english).hasPrefix("\(engine.rawValue) did not take the image") == true)
        #expect(throws: Program.Failed.self) { try fixture.room.id(engine, built.reference) }
    }

    @Test(arguments: RealEngine.available) func changesNothingInADryRun(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let image = try #require(try await fixture.push { $0.dryRun = true }.value?.image)
        let built = try await fixture.image()
        #expect(image.state == .planned && image.bytesSent > 0)
        #expect(throws: Program.Failed.self) { try fixture.room.id(engine, built.reference) }
    }

    @Test(arguments: RealEngine.available) func anImageGoesWithItsRelease(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        var images: [String] = []
        for _ in 0..<2 {
            try fixture.change(by: 100)
            _ = try await fixture.pushed()
            images.append(try await fixture.image().reference)
        }
        let outcomes = await fixture.project.fleet.prune(
            [fixture.name], keep: 1, on: fixture.project.hosts, dryRun: false)
        #expect(outcomes.first?.value?.count == 1)
        #expect(throws: Program.Failed.self) { try fixture.room.id(engine, images[0]) }
        let latest = images[1].replacing(#/:[^:]*$/#, with: ":latest")
        #expect(try fixture.room.id(engine, images[1]) == fixture.room.id(engine, latest))
        let all = await fixture.project.fleet.prune(
            [fixture.name], keep: 0, on: fixture.project.hosts, dryRun: false)
        #expect(all.first?.value?.count == 1)
        for image in [images[1], latest] { #expect(throws: Program.Failed.self) { try fixture.room.id(engine, image) } }
    }

    // MARK: Run

    @Test(arguments: RealEngine.available) func bringsResultsHome(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: "\(engine.rawValue), native")
        let outcome = try await fixture.run("greet", by: nil)
        #expect(outcome.failure == nil && outcome.state == .done && outcome.method == engine.method)
        #expect(outcome.metrics == .object(["greetings": .integer(1)]))
        #expect(try fixture.result(outcome, "stdout") == "hello" && fixture.result(outcome, "stderr") == "aside")
        #expect(try fixture.room.containers(engine).isEmpty)
    }

    @Test(arguments: RealEngine.available) func givesTheWorkerWhatItHasOutside(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let outcome = try await fixture.run("look", by: nil) {
            $0.needs.memory = ByteCount(64 << 20)
            $0.needs.cores = 1
        }
        #expect(outcome.failure == nil)
        let job = try JSONText.decode(JSONValue.self, from: fixture.result(outcome, "out/job.json").utf8)
        #expect(job["method"] == .string(engine.rawValue) && job["parameters"]?["do"] == .string("look"))
        let environment = Set(try fixture.result(outcome, "out/env").split(separator: "\n").map(String.init))
        #expect(environment.isSuperset(of: ["FLEET_OUT=/job/out", "FLEET_HOST=one", "FLEET_ENGINE=sh", "COLOUR=blue"]))
        #expect(try fixture.result(outcome, "out/pwd") == "/job")
        #expect(try fixture.result(outcome, "out/ls").contains("worker.sh"))
        #expect(try fixture.result(outcome, "out/network") == "lo")
        #expect(try fixture.result(outcome, "out/user") == "\(getuid())")
        #expect(try fixture.result(outcome, "out/memory") == "\(64 << 20)")
        #expect(try fixture.result(outcome, "out/quota") == "100000")
    }

    /// The dockerd of these tests numbers processes by itself, so that nothing is known of its containers.
    @Test(arguments: RealEngine.available) func tellsWhatTheContainerTook(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        guard engine == .podman else {
            #expect(try await fixture.run("work", by: nil).resources == .object([:]))
            return
        }
        let outcome = try await fixture.run("work", by: nil)
        guard case .number(let user)? = outcome.resources?["user_seconds"],
            case .integer(let memory)? = outcome.resources?["peak_memory"]
        else {
            Issue.record("\(String(describing: outcome.resources)) \(String(describing: outcome.failure))")
            return
        }
        #expect(user > 0.15 && memory > 100 << 10, "\(user) s, \(memory) bytes")
    }

    @Test(arguments: RealEngine.available) func tellsTheWorkersStatus(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let outcome = try await fixture.run("fail", by: nil)
        #expect(outcome.failure?.kind == .exit && outcome.exit == 9)
        #expect(try fixture.result(outcome, "stderr") == "broken")
    }

    @Test(arguments: RealEngine.available) func tellsWhyNoContainerStarts(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        // Fewer bytes than any engine takes.
        let outcome = try await fixture.run("greet", by: nil) { $0.needs.memory = ByteCount(1) }
        let message = try #require(outcome.failure?.message.text(in: .english))
        #expect(message.hasPrefix("\(engine.rawValue) could not start the container: "), "\(message)")
        #expect(try fixture.room.containers(engine).isEmpty)
    }

    @Test(arguments: RealEngine.available) func removesTheContainerAtTheTimeLimit(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let outcome = try await fixture.run("hang", by: nil) { $0.timeout = .seconds(1) }
        #expect(outcome.failure?.kind == .timeOut)
        try expectNoContainer(engine, fixture)
    }

    @Test(arguments: RealEngine.available) func removesTheContainerWhenCancelled(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let work = Task { try await fixture.run("hang", by: nil) }
        #expect(try await eventually(within: .seconds(30)) { try Self.hasBegun(fixture) })
        work.cancel()
        #expect(try await work.value.state == .cancelled)
        try expectNoContainer(engine, fixture)
        #expect(!FileManager.default.fileExists(atPath: Self.runs(fixture)))
    }

    /// Everything that fleet has on the host is killed: what is left is the container alone.
    @Test(arguments: RealEngine.available) func removesAnOrphanedContainer(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let work = Task { try await fixture.run("hang", by: nil) }
        #expect(try await eventually(within: .seconds(30)) { try Self.hasBegun(fixture) })
        let id = try #require(try Self.ids(fixture).first)
        #expect(try fixture.room.containers(engine) == ["fleet-job-\(id)"])
        let pid = try fixture.folder.read("homes/one/.fleet/runs/\(id)/pid")
        let session = try #require(Int32(pid.prefix { $0 != " " }))
        for process in Processes.descendants(of: session) + [session] { kill(process, SIGKILL) }
        #expect(try await work.value.failure?.kind == .lost)
        try expectNoContainer(engine, fixture)
    }

    /// What an engine lists is not all: podman can forget a container that still runs.
    private func expectNoContainer(_ engine: RealEngine, _ fixture: ImageFixture) throws {
        #expect(try fixture.room.containers(engine).isEmpty)
        #expect(Processes.withArguments(holding: "\(fixture.mark)").isEmpty)
    }

    private static func runs(_ fixture: ImageFixture) -> String { fixture.folder.path + "/homes/one/.fleet/runs" }

    private static func ids(_ fixture: ImageFixture) throws -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: runs(fixture))) ?? []
    }

    private static func hasBegun(_ fixture: ImageFixture) throws -> Bool {
        try ids(fixture).contains {
            FileManager.default.fileExists(atPath: [runs(fixture), $0, "work/out/begun"].joined(separator: "/"))
        }
    }
}

/// Hosts whose docker is none.
@Suite(.enabled(if: !RealEngine.available.isEmpty, needsEngines), .engines)
struct NoDaemonTests {
    private static let gone = ["DOCKER_HOST": "unix:///nowhere/docker.sock"]

    @Test func takesTheNextMethodWithoutAWord() async throws {
        let fixture = try ImageFixture(methods: "docker, native", environment: Self.gone)
        let outcome = try await fixture.run("greet", by: nil)
        #expect(outcome.failure == nil && outcome.method == .native)
        #expect(outcome.notes.isEmpty)
    }

    @Test func tellsItWhenDockerWasAskedFor() async throws {
        let fixture = try ImageFixture(methods: "docker, native", environment: Self.gone)
        let outcome = try await fixture.run("greet", by: .docker)
        #expect(outcome.failure?.kind == .noMethod)
        #expect(outcome.failure?.hint?.text(in: .english) == "start it there: sudo systemctl start docker")
    }

    @Test func pushesThePackageAllTheSame() async throws {
        let fixture = try ImageFixture(methods: "docker, native", environment: Self.gone)
        let (outcome, image) = try await fixture.pushed()
        #expect(outcome.state == .pushed && image.state == .none && image.problems.count == 1)
        #expect(outcome.notes.isEmpty && outcome.details.count == 1)
    }

    @Test(.enabled(if: RealEngine.available.contains(.podman), needsEngines))
    func isNoWarningWhereAnotherEngineTakesTheImage() async throws {
        let fixture = try ImageFixture(methods: "docker, podman, native", environment: Self.gone)
        let (outcome, image) = try await fixture.pushed()
        #expect(image.engine == .podman && image.state == .loaded)
        #expect(outcome.notes.isEmpty && outcome.details.count == 1)
    }
}

extension ImageEngineTests {
    /// Without any image of the package's: with the host's own `true`, of which nothing stays.
    @Test(arguments: RealEngine.available) func provesThatAContainerStarts(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture()
        let trial = try #require(await fixture.project.fleet.attempt([fixture.host]).first?.value)
        let start = try #require(trial.methods.first { $0.method == engine.method })
        #expect(start.problem == nil)
        let facts = try #require(
            await fixture.project.fleet.probe([fixture.host], startsContainers: true).first?.value)
        #expect(facts.engines.contains(start) && facts.json["engine_problems"] == nil)
        #expect(try !fixture.room.ask(engine, "image", "ls").contains("fleet-doctor"))
    }

    /// Nothing in the image but a static executable.
    @Test(arguments: RealEngine.available) func runsAStaticProgramInAnEmptyImage(_ engine: RealEngine) async throws {
        let fixture = try ImageFixture(methods: engine.rawValue)
        let home = "\(fixture.folder.path)/packages/\(fixture.name)"
        try fixture.folder.write(
            "#include <stdio.h>\nint main(void) { FILE *f = fopen(\"out/a\", \"w\"); puts(\"hi\"); return f ? fclose(f) : 1; }\n",
            to: "packages/\(fixture.name)/program.c")
        try Program.run(["cc", "-static", "-o", home + "/program", home + "/program.c"])
        let text = try fixture.folder.read("packages/\(fixture.name)/package.yaml")
        try fixture.folder.write(
            text.replacingOccurrences(of: "./worker.sh", with: "./program")
                .replacingOccurrences(of: "from: rootfs", with: "from: scratch"),
            to: "packages/\(fixture.name)/package.yaml")
        try FileManager.default.removeItem(atPath: home + "/rootfs")
        let outcome = try await fixture.run("greet", by: nil)
        #expect(outcome.failure == nil)
        #expect(try fixture.result(outcome, "stdout") == "hi")
        #expect(try fixture.result(outcome, "out/a").isEmpty)
        #expect(try await fixture.image().image.layers.count == 1)
    }

    @Test(.enabled(if: RealEngine.available.contains(.docker), needsEngines))
    func takesTheImageOfADockerfile() async throws {
        let fixture = try ImageFixture(methods: "docker")
        let name = "packages/\(fixture.name)"
        try fixture.folder.write(
            "FROM scratch\nCOPY rootfs /\nENV SHAPE=round\nENTRYPOINT [\"false\"]\n", to: name + "/Dockerfile")
        let text = try fixture.folder.read(name + "/package.yaml")
        try fixture.folder.write(
            text.replacingOccurrences(of: "from: rootfs", with: "build: Dockerfile") + "\nexclude: [rootfs]\n",
            to: name + "/package.yaml")
        let first = try await fixture.image()
        #expect(try await fixture.image() == first)
        let outcome = try await fixture.run("look", by: nil)
        #expect(outcome.failure == nil)
        let environment = try fixture.result(outcome, "out/env")
        #expect(environment.contains("SHAPE=round") && environment.contains("COLOUR=blue"))
        // What the base is made of is part of the version.
        try fixture.folder.write("other", to: name + "/rootfs/more")
        #expect(try await fixture.build().version != first.image.tag)
    }
}
