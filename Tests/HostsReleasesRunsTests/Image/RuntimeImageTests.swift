import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

private let needsEngines: Comment = "SKIPPED, docker and podman want root, docker.io, podman, runc and busybox-static"

/// A package whose engines have images of their own, made of what this machine runs Python and Java with.
private struct TwoImages {
    let room: EngineRoom
    let project: EngineFixture
    /// In the images' names, since the suite's tests share their engines.
    let name = "duo\(UInt32.random(in: 0...UInt32.max))"

    init(_ engine: RealEngine) throws {
        room = try #require(EngineRoom.current)
        project = try EngineFixture(
            files: [
                "\(name)/package.yaml": """
                name: \(name)
                version: 1.0.0
                exclude: [Work.java]
                engines:
                  snake: { methods: [\(engine.rawValue)], run: python3 work.py, image: { from: python } }
                  coffee: { methods: [\(engine.rawValue)], requires: [java], run: java -cp . Work, image: { from: java } }
                """,
                "\(name)/work.py": """
                import bz2, ctypes, hashlib, json, lzma, os, sqlite3, ssl, sys, zlib
                sqlite3.connect(":memory:").execute("select 1")
                trusted = ssl.create_default_context().cert_store_stats()["x509_ca"]
                with open("out/metrics.json", "w") as file:
                    json.dump({"trusted": trusted, "compiled": os.path.exists(json.__cached__)}, file)
                print(sys.version)
                """,
                "\(name)/Work.java": """
                public class Work {
                    public static void main(String[] words) throws Exception {
                        java.net.http.HttpClient.newHttpClient();
                        javax.net.ssl.SSLContext.getDefault();
                        System.out.println(System.getProperty("java.version"));
                    }
                }
                """,
            ], environment: room.environment)
        let folder = "\(project.folder.path)/packages/\(name)"
        try Program.run(["javac", "--release", "11", "-d", folder, "\(folder)/Work.java"])
    }

    func images() async throws -> [BuiltImage] {
        var images: [BuiltImage] = []
        for image in try await project.builder.build(name).images { images.append(try await image.built()) }
        return images
    }

    func push() async throws -> PushOutcome {
        let package = try await project.builder.build(name)
        let outcome = try #require(await project.fleet.push(package, to: project.hosts).first)
        #expect(outcome.failure == nil)
        return try #require(outcome.value)
    }

    func run(_ engine: String) async throws -> TaskOutcome {
        let package = try await project.builder.build(name)
        var request = RunRequest(package: package, parameters: try package.file.bind([:]))
        request.engine = engine
        let outcomes = try await project.fleet.run(
            request, on: project.hosts, ledger: try project.ledger(), live: { _ in { _, _ in } }
        ).outcomes
        return try #require(outcomes.first)
    }

    func output(_ outcome: TaskOutcome) throws -> String {
        let text = try String(contentsOfFile: "\(try #require(outcome.results))/stdout", encoding: .utf8)
        return text.trimmingCharacters(in: .newlines)
    }
}

@Suite(.serialized, .enabled(if: !RealEngine.available.isEmpty, needsEngines), .engines)
struct RuntimeImageTests {
    @Test(arguments: RealEngine.available) func eachEngineHasItsImage(_ engine: RealEngine) async throws {
        let fixture = try TwoImages(engine)
        let package = try await fixture.project.builder.build(fixture.name)
        let names = package.images.map(\.reference)
        #expect(names == ["snake", "coffee"].map { "\(fixture.name)/\($0):\(package.version)" })
        #expect(!FileManager.default.fileExists(atPath: fixture.project.folder.path + "/.fleet/images"))

        // A push brings the one that a run would take.
        #expect(try await fixture.push().image?.state == .loaded)
        #expect(try !fixture.room.id(engine, names[0]).isEmpty)
        #expect(throws: Program.Failed.self) { try fixture.room.id(engine, names[1]) }
        let snake = try await fixture.run("snake")
        #expect(snake.failure == nil && snake.method == engine.method)
        let version = try Program.text(["python3", "-c", "import sys; print(sys.version)"])
        #expect(try fixture.output(snake) == version.trimmingCharacters(in: .newlines))
        guard case .integer(let trusted) = snake.metrics?["trusted"] else {
            Issue.record("no metrics: \(String(describing: snake.metrics))")
            return
        }
        #expect(trusted > 50 && snake.metrics?["compiled"] == .bool(true))

        // The other one comes with the first run that wants it.
        let coffee = try await fixture.run("coffee")
        #expect(coffee.failure == nil && coffee.method == engine.method)
        let java = try Program.text(["javac", "--version"]).split(whereSeparator: \.isWhitespace).last.map(String.init)
        #expect(try fixture.output(coffee) == java)

        // They go with their release.
        try fixture.project.folder.write("print('new')", to: "packages/\(fixture.name)/work.py")
        #expect(try await fixture.push().image?.layersKept == 1)
        let pruned = await fixture.project.fleet.prune(
            [fixture.name], keep: 1, on: fixture.project.hosts, dryRun: false)
        #expect(pruned.first?.value?.count == 1)
        for name in names { #expect(throws: Program.Failed.self) { try fixture.room.id(engine, name) } }
        #expect(try fixture.output(try await fixture.run("snake")) == "new")
    }

    @Test func isTheSameEachTime() async throws {
        let fixture = try TwoImages(try #require(RealEngine.available.first))
        let first = try await fixture.images()
        try FileManager.default.removeItem(atPath: fixture.project.folder.path + "/.fleet/images")
        #expect(try await fixture.images() == first)
        #expect(first.count == 2)
    }
}
