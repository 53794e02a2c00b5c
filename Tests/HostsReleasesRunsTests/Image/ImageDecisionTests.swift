import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

@Suite struct ImageDecisionTests {
    private func package(_ image: String) throws -> PackageFile {
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
        let package = try package(image)
        let engines = package.engines.filter { package.image(of: $0) != nil }.map(\.name)
        return try MethodChoice(
            for: package, on: facts, engine: nil, method: nil,
            images: Dictionary(uniqueKeysWithValues: engines.compactMap { name in architecture.map { (name, $0) } }),
            without: without)
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
            images: ["native": "x86_64"])
        #expect(native.method == .docker)
    }

    /// What an engine requires beside its method is in its image.
    @Test func anImageHasWhatAHostLacks() throws {
        let package = try PackageFile(
            parsing: """
                name: beans
                version: 1.0.0
                engines:
                  coffee: { methods: [docker, native], requires: [java], run: java Work, image: { from: java } }
                """, file: "package.yaml")
        let choice = try MethodChoice(
            for: package, on: facts, engine: nil, method: nil, images: ["coffee": "x86_64"])
        #expect(choice.method == .docker)
        let failure = #expect(throws: Failure.self) {
            try MethodChoice(for: package, on: facts, engine: nil, method: nil, images: [:])
        }
        #expect(failure?.kind == .noMethod)
    }

    /// What is made of this machine's own runs nowhere else, whatever the engine could.
    @Test func anImageOfThisMachinesOwnIsForMachinesLikeThis() throws {
        let package = try PackageFile(
            parsing: """
                name: beans
                version: 1.0.0
                engines:
                  snake: { methods: [docker], arch: [riscv64, s390x], run: python3 a.py, image: { from: python } }
                  stone: { methods: [docker], arch: [riscv64, s390x], run: ./a, image: { from: scratch } }
                """, file: "package.yaml")
        let machine = try Program.text(["uname", "-m"]).trimmingCharacters(in: .newlines)
        #expect(package.declaredImages.map(\.architecture) == [machine, "riscv64"])
    }

    @Test func ordersImagesAsTheirEngines() throws {
        let package = try PackageFile(
            parsing: """
                name: many
                version: 1.0.0
                engines:
                  a: { methods: [docker], run: python3 a.py, image: { from: python } }
                  b: { methods: [docker], run: ./b }
                  c: { methods: [native], run: ./c }
                  d: { methods: [podman], run: ./d, image: { from: scratch } }
                  e: { methods: [podman], run: ./e }
                image: { from: scratch }
                """, file: "package.yaml")
        #expect(package.declaredImages.map(\.owner) == ["a", nil, "d"])
        #expect(package.declaredImages.map { $0.engines.map(\.name) } == [["a"], ["b", "e"], ["d"]])
    }

    @Test func rendersTheOptionsOfAContainer() throws {
        var needs = Needs()
        #expect(ContainerOptions.words(hasNetwork: false, needs).commandLine == "--network none")
        needs.memory = ByteCount(1 << 20)
        needs.cores = 2
        let words = ContainerOptions.words(hasNetwork: true, needs)
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
