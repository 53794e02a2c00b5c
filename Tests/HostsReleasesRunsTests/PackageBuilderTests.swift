import FleetBase
import FleetEvents
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases

@Suite struct PackageBuilderTests {
    private static let built = [
        "hello/package.yaml": """
        name: hello
        version: 1.0.0
        engines: { sh: { methods: [native], run: ./made } }
        build: { run: sh build.sh, inputs: [source], outputs: [made] }
        """,
        "hello/source": "one\n",
        "hello/build.sh": "cp source made && chmod +x made && echo built >>../../times\n",
    ]

    @Test func buildsAgainOnlyWhenAnInputChanges() async throws {
        let fixture = try EngineFixture(files: Self.built)
        let first = try await fixture.builder.build("hello")
        #expect(try await fixture.builder.build("hello").version == first.version)
        #expect(try fixture.folder.read("times") == "built\n")
        try fixture.folder.write("two\n", to: "packages/hello/source")
        #expect(try await fixture.builder.build("hello").version != first.version)
        #expect(try fixture.folder.read("times") == "built\nbuilt\n")
    }

    /// The step goes on only when its line was heard.
    @Test func tellsWhatABuildSaysWhileItGoesOn() async throws {
        let build = "echo compiling; until [ -e ../../heard ]; do sleep 0.01; done; cp source made; chmod +x made\n"
        let fixture = try EngineFixture(files: Self.built.merging(["hello/build.sh": build]) { $1 })
        let bus = EventBus()
        let follower = bus.follow()
        let builder = PackageBuilder(fixture.fleet.project, events: EventSource(bus, OperationID()))
        let work = Task { try await builder.build("hello") }
        for await case .event(let event) in follower {
            guard case .output(let output) = event.kind else { continue }
            #expect(output.text == "compiling" && event.host == nil)
            break
        }
        try fixture.folder.write("", to: "heard")
        #expect(try await work.value.name == "hello")
    }

    private static func engines(_ tool: String, _ others: String = "") -> [String: String] {
        built.merging([
            "hello/package.yaml": """
            name: hello
            version: 1.0.0
            engines:
              fast: { methods: [native], run: ./made, build: { tool: \(tool), run: sh build.sh, outputs: [made] } }
              \(others)
            """
        ]) { $1 }
    }
    private static let plain = "plain: { methods: [native], run: sh build.sh }"

    @Test func buildsWhatAnEngineNeeds() async throws {
        let fixture = try EngineFixture(files: Self.engines("cp", Self.plain))
        let package = try await fixture.builder.build("hello")
        #expect(package.file.engines.map(\.name) == ["fast", "plain"] && package.missingEngines.isEmpty)
        #expect(package.manifest.entries.contains { $0.path.text == "made" })
    }

    @Test func goesWithoutAnEngineWhoseToolIsNotHere() async throws {
        let fixture = try EngineFixture(files: Self.engines("no-such-compiler", Self.plain))
        // Left by an older build: it belongs to nothing in the package.
        try fixture.folder.write("old", to: "packages/hello/made")
        let package = try await fixture.builder.build("hello")
        #expect(package.file.engines.map(\.name) == ["plain"])
        #expect(package.missingEngines == [MissingEngine(name: "fast", tool: "no-such-compiler")])
        #expect(!package.manifest.entries.contains { $0.path.text == "made" })
    }

    @Test func refusesAPackageWithoutAnyEngine() async throws {
        let fixture = try EngineFixture(files: Self.engines("no-such-compiler"))
        await #expect { try await fixture.builder.build("hello") } throws: { error in
            (error as? EngineError)?.message.text(in: .english)
                == "no engine of hello can be built here: no-such-compiler is not on the PATH"
        }
    }

    @Test func givesTheSameDigestInAnotherFolder() async throws {
        let (one, two) = (try EngineFixture(), try EngineFixture())
        #expect(try await one.builder.build("hello").manifest.digest == two.builder.build("hello").manifest.digest)
    }

    @Test func showsTheLastLineOfABuildThatFails() async throws {
        let broken = Self.built.merging(["hello/build.sh": "echo no compiler; exit 3\n"]) { $1 }
        let fixture = try EngineFixture(files: broken)
        await #expect { try await fixture.builder.build("hello") } throws: { error in
            (error as? EngineError)?.message.text(in: .english).contains("no compiler") == true
        }
    }

    /// Has children, one of which does not hear TERM.
    private static let endless = built.merging([
        "hello/build.sh": """
        (trap '' TERM; echo $BASHPID >>../../processes; while :; do sleep 600; done) &
        sh -c 'echo $$ >>../../processes; exec sleep 600' &
        echo begun; echo $$ >>../../processes; wait
        """
    ]) { $1 }

    @Test func endsABuildThatTakesTooLong() async throws {
        let text = Self.built["hello/package.yaml"]!.replacingOccurrences(of: "run: sh", with: "timeout: 1s, run: bash")
        let fixture = try EngineFixture(files: Self.endless.merging(["hello/package.yaml": text]) { $1 })
        let error = await #expect(throws: EngineError.self) { try await fixture.builder.build("hello") }
        #expect(error?.message.text(in: .english) == "the build step of hello was ended after 1 s")
        #expect(error?.hint?.text(in: .english).contains(".fleet/build/hello.log") == true)
        #expect(try processes(of: fixture).count == 3)
        #expect(try processes(of: fixture).allSatisfy { !Processes.isAlive($0) })
    }

    @Test func endsABuildWhoseTaskIsCancelled() async throws {
        let text = Self.built["hello/package.yaml"]!.replacingOccurrences(of: "run: sh", with: "run: bash")
        let fixture = try EngineFixture(files: Self.endless.merging(["hello/package.yaml": text]) { $1 })
        let build = Task { try await fixture.builder.build("hello") }
        #expect(await eventually { (try? processes(of: fixture).count) == 3 })
        build.cancel()
        let failure = await #expect(throws: Failure.self) { try await build.value }
        #expect(failure?.kind == .cancelled)
        #expect(try processes(of: fixture).allSatisfy { !Processes.isAlive($0) })
    }

    private func processes(of fixture: EngineFixture) throws -> [Int32] {
        try fixture.folder.read("processes").split(separator: "\n").compactMap { Int32($0) }
    }

    /// What is not as it should be is told with its place.
    private func problem(_ fixture: EngineFixture) async -> String {
        do {
            _ = try await fixture.builder.build("hello")
            return "none"
        } catch {
            return (error as? any DescribedError)?.message.text(in: .english) ?? "\(error)"
        }
    }

    @Test func tellsWhereALinkLeadsOutOfThePackage() async throws {
        let fixture = try EngineFixture()
        symlink("/etc/passwd", fixture.folder.path + "/packages/hello/users")
        #expect(await problem(fixture).hasPrefix("packages/hello: users is a link to \"/etc/passwd\""))
    }

    @Test(arguments: ["no archive", ""]) func tellsWhichBaseIsDamaged(content: String) async throws {
        let fixture = try EngineFixture()
        let text = try fixture.folder.read("packages/hello/package.yaml")
        try fixture.folder.write(
            text.replacing("methods: [native]", with: "methods: [docker]") + "\nimage: { from: base.tar }\n",
            to: "packages/hello/package.yaml")
        try fixture.folder.write(content, to: "packages/hello/base.tar")
        let problem = await problem(fixture)
        #expect(problem.contains("packages/hello/package.yaml: the image's base base.tar"), "\(problem)")
    }

    @Test func anImageNeedsABase() async throws {
        let fixture = try EngineFixture()
        let text = try fixture.folder.read("packages/hello/package.yaml")
        try fixture.folder.write(text + "\nimage: {}\n", to: "packages/hello/package.yaml")
        #expect(await problem(fixture).contains("an image needs from: or build:"))
    }

    @Test func namesTheNearestPackage() async throws {
        let fixture = try EngineFixture()
        await #expect { try await fixture.builder.build("helo") } throws: { error in
            (error as? EngineError)?.message.text(in: .english).contains("did you mean \"hello\"") == true
        }
    }
}
