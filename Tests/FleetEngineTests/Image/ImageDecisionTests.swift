import FleetBase
import FleetConfig
import Testing

@testable import FleetEngine

@Suite struct ImageDecisionTests {
    private func package(_ image: String, network: Bool = false) throws -> PackageFile {
        try PackageFile(
            parsing: """
                name: both
                version: 1.0.0
                engines:
                  python: { methods: [docker, podman, python], run: python3 program.py }
                  native: { methods: [docker, podman, native], run: ./program }
                \(image)
                """, file: "package.yaml")
    }

    private let facts = Facts([("arch", "x86_64"), ("python", "3.11"), ("docker", "20.10"), ("podman", "4.3")])

    private func choice(_ image: String, _ architecture: String? = "x86_64", without: Set<FleetConfig.Method> = [])
        throws -> MethodChoice
    {
        try MethodChoice(
            for: package(image), on: facts, engine: nil, method: nil, imageArchitecture: architecture, without: without)
    }

    @Test func takesDockerFirst() throws {
        let choice = try choice("image: { from: base.tar }")
        #expect(choice.engine.name == "python" && choice.method == .docker)
    }

    @Test func takesTheNextMethodThanOneOfNoUse() throws {
        #expect(try choice("image: { from: base.tar }", without: [.docker]).method == .podman)
        #expect(try choice("image: { from: base.tar }", without: [.docker, .podman]).method == .python)
    }

    @Test func needsAnImageForAContainer() throws { #expect(try choice("", nil).method == .python) }

    @Test func takesNoImageForAnotherMachine() throws {
        #expect(try choice("image: { from: base.tar }", "aarch64").method == .python)
    }

    @Test func anEmptyImageHasNoInterpreter() throws {
        #expect(try choice("image: { from: scratch }").method == .python)
        let native = try MethodChoice(
            for: package("image: { from: scratch }"), on: facts, engine: "native", method: nil,
            imageArchitecture: "x86_64")
        #expect(native.method == .docker)
    }

    @Test func rendersTheOptionsOfAContainer() throws {
        var needs = Needs()
        #expect(ContainerOptions.words(for: try package("image: {}"), needs).commandLine == "--network none")
        needs.memory = ByteCount(1 << 20)
        needs.cores = 2
        let words = ContainerOptions.words(for: try package("image: { network: true }"), needs)
        #expect(words.commandLine == "--memory 1048576b --cpus 2")
    }

    @Test func readsWhatAnEngineHas() {
        let status = ImageStatus([
            ("problem", "docker permission denied while trying to connect"), ("engine", "podman"), ("arch", "x86_64"),
            ("image", "abc|localhost/demo:1 localhost/demo:latest |sha256:1 sha256:2 "), ("tool", "gzip"),
        ])
        #expect(status.engine == .podman && status.tools == ["gzip"])
        #expect(
            status.images == [.init(id: "abc", tags: ["demo:1", "demo:latest"], layers: ["sha256:1", "sha256:2"])])
        #expect(status.problems.first?.hint.text(in: .english).contains("usermod -aG docker") == true)
    }
}
