import FleetBase
import Testing

@testable import FleetConfig

@Suite struct PackageFileTests {
    static let example = """
        name: benchmark
        version: 1.0.0
        description: elastic particles in a box
        parameters:
          particles: { type: int, default: 100, min: 1, help: number of particles, aliases: [NUM_PARTICULAS] }
          speed: { type: float, max: 2.5, default: 1 }
          kind: { type: choice, choices: [cold, hot], default: cold, help: { en: kind, es: clase } }
          label: { type: string }
          trace: { type: bool, default: false }
        engines:
          native: { methods: [native, docker, podman], arch: [x86_64], run: ./particles }
          python: { methods: python, run: "python3 'my benchmark.py'", requirements: requirements.txt }
        metrics:
          particle_collisions: { type: int }
          seconds: { type: float, unit: s }
        image: { from: scratch, env: { A: 1 } }
        build: { run: [make, all], inputs: ['*.c'], outputs: [build/particles], timeout: 90 }
        timeout: 10m
        """

    private func package(_ text: String = example) throws -> PackageFile {
        try PackageFile(parsing: text, file: "package.yaml")
    }

    /// A package with the given text below `parameters:` or instead of the engines.
    private func withParameter(_ text: String) -> String {
        "name: a\nversion: 1\nengines: { e: { methods: native, run: a } }\nparameters:\n  p: \(text)\n"
    }

    private func withEngine(_ text: String) -> String { "name: a\nversion: 1\nengines:\n  \(text)\n" }

    @Test func keepsTheOrderOfParameters() throws {
        #expect(try package().parameters.map(\.name) == ["particles", "speed", "kind", "label", "trace"])
    }

    @Test func keepsTheOrderOfEngines() throws { #expect(try package().engines.map(\.name) == ["native", "python"]) }

    @Test func sortsMethodsBestFirst() throws {
        #expect(try package().engines[0].methods == [.docker, .podman, .native])
    }

    @Test func splitsTheCommand() throws {
        #expect(try package().engines[1].command == ["python3", "my benchmark.py"])
    }

    @Test func limitsABuild() throws {
        #expect(try package().build?.timeout == .seconds(90))
        let text = Self.example.replacing(", timeout: 90", with: "")
        #expect(try package(text).build?.timeout == .seconds(1800))
    }

    @Test func readsWhatAnEngineNeeds() throws {
        let engine =
            "{ methods: native, requires: java, run: java A, build: { tool: javac, run: make, outputs: [A.class] } }"
        let file = try package(
            "name: a\nversion: 1\nengines: { java: \(engine), sh: { methods: native, run: sh a } }\n")
        #expect(file.engines[0].required == [.java] && file.engines[0].build?.tool == "javac")
        let made = try RelativePath("A.class")
        #expect(file.content.contains(made) && !file.leavingOut(["java"]).content.contains(made))
        #expect(file.leavingOut(["java"]).engines.map(\.name) == ["sh"])
    }

    @Test func takesACommandAsAList() throws { #expect(try package().build?.command == ["make", "all"]) }

    @Test func readsMetrics() throws {
        #expect(try package().metrics[1] == Metric(name: "seconds", kind: .float, unit: "s", varies: false))
    }

    @Test func readsTheImage() throws { #expect(try package().image?.environment == ["A=1"]) }

    @Test func readsHelpInBothLanguages() throws {
        #expect(try package().parameters[2].help?.text(in: .spanish) == "clase")
    }

    @Test func knowsOtherNamesOfArchitectures() throws {
        let engine = try package(withEngine("e: { methods: native, arch: [arm64], run: a }")).engines[0]
        #expect(engine.runs(on: "aarch64") && !engine.runs(on: "x86_64"))
    }

    @Test func refusesAnUnknownKey() {
        #expect(
            problem { try package("name: a\n# note\n\n  \n\"vesion\": 1\n") }
                == "package.yaml:5:1: unknown key \"vesion\", did you mean \"version\"?")
    }

    @Test(arguments: [
        ("{ type: integer }", "package.yaml:5:14: \"integer\" is none of: int, float, string, bool, choice"),
        ("{ default: 5 }", "package.yaml:5:6: the key \"type\" is missing"),
        ("{ type: int, default: 0, min: 1 }", "package.yaml:5:28: --p: 0 is below the minimum 1"),
        ("{ type: int, min: 5, max: 2, default: 3 }", "package.yaml:5:24: min is 5, above max, which is 2"),
        ("{ type: int, default: x }", "package.yaml:5:28: --p: expected a whole number, found \"x\""),
        ("{ type: string, min: 1 }", "package.yaml:5:22: \"min\" does not go with this type of parameter"),
        ("{ type: choice }", "package.yaml:5:6: the key \"choices\" is missing"),
        ("{ type: choice, choices: [a, b], default: c }", "package.yaml:5:48: --p: expected one of: a, b, found \"c\""),
        ("{ type: int, aliases: [q, q] }", "package.yaml:5:3: \"q\" is a name of the parameter \"p\" already"),
        ("{ type: int, aliases: ['-q'] }", "package.yaml:5:29: \"-q\" can't be the name of a parameter"),
    ])
    func refusesAParameter(text: String, message: String) {
        #expect(problem { try package(withParameter(text)) } == message)
    }

    @Test func refusesAnAliasOfAnotherParameter() {
        let text = withParameter("{ type: int }") + "  q: { type: int, aliases: [p] }\n"
        #expect(problem { try package(text) } == "package.yaml:6:3: \"p\" is a name of the parameter \"p\" already")
    }

    @Test(arguments: [
        ("e: { methods: native, run: '' }", "package.yaml:4:30: an empty command"),
        ("e: { methods: native, run: [] }", "package.yaml:4:30: an empty command"),
        ("e: { methods: native, run: \"a 'b\" }", "package.yaml:4:30: a quote is not closed in a 'b"),
        (
            "e: { methods: natve, run: a }",
            "package.yaml:4:17: \"natve\" is none of: docker, podman, venv, python, native"
        ),
        ("e e: { methods: native, run: a }", "package.yaml:4:3: \"e e\" can't be the name of an engine"),
        ("{}", "package.yaml:4:3: a package needs at least one engine"),
        (
            "e: { methods: native, run: a, requirements: ../r }",
            "package.yaml:4:47: \"../r\" is not a relative path inside the package"
        ),
    ])
    func refusesAnEngine(text: String, message: String) {
        #expect(problem { try package(withEngine(text)) } == message)
    }

    @Test func bindsDefaultsInOrder() throws {
        let values = try package().bind(["label": "x", "NUM_PARTICULAS": "7"])
        #expect(
            values.map(\.value) == [
                .int(7, text: "7"), .float(1, text: "1"), .string("cold"), .string("x"), .bool(false),
            ])
    }

    @Test(arguments: [
        (["label": "x", "particles": "0"], "--particles: 0 is below the minimum 1"),
        (["label": "x", "speed": "3"], "--speed: 3.0 is above the maximum 2.5"),
        ([:], "--label is missing: benchmark has no default for it"),
        (["partcles": "1"], "benchmark has no parameter \"partcles\", did you mean \"particles\"?"),
        (["particles": "1", "NUM_PARTICULAS": "2"], "--particles is given twice"),
        (["label": "x", "trace": "maybe"], "--trace: expected true or false, found \"maybe\""),
        (["label": "x", "speed": "nan"], "--speed: expected a number, found \"nan\""),
    ])
    func refusesToBind(given: [String: String], message: String) {
        #expect(problem { try package().bind(given) } == message)
    }
}
