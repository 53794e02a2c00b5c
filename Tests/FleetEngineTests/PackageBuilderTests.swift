import FleetBase
import FleetTesting
import Testing

@testable import FleetEngine

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

    @Test func buildsAgainOnlyWhenAnInputChanges() throws {
        let fixture = try EngineFixture(files: Self.built)
        let first = try fixture.builder.build("hello")
        #expect(try fixture.builder.build("hello").version == first.version)
        #expect(try fixture.folder.read("times") == "built\n")
        try fixture.folder.write("two\n", to: "packages/hello/source")
        #expect(try fixture.builder.build("hello").version != first.version)
        #expect(try fixture.folder.read("times") == "built\nbuilt\n")
    }

    @Test func givesTheSameDigestInAnotherFolder() throws {
        let (one, two) = (try EngineFixture(), try EngineFixture())
        #expect(try one.builder.build("hello").manifest.digest == two.builder.build("hello").manifest.digest)
    }

    @Test func showsTheLastLineOfABuildThatFails() throws {
        let broken = Self.built.merging(["hello/build.sh": "echo no compiler; exit 3\n"]) { $1 }
        let fixture = try EngineFixture(files: broken)
        #expect { try fixture.builder.build("hello") } throws: { error in
            (error as? EngineError)?.message.text(in: .english).contains("no compiler") == true
        }
    }

    @Test func namesTheNearestPackage() throws {
        let fixture = try EngineFixture()
        #expect { try fixture.builder.build("helo") } throws: { error in
            (error as? EngineError)?.message.text(in: .english).contains("did you mean \"hello\"") == true
        }
    }
}
