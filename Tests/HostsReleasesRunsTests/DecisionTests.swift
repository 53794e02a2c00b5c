import FleetBase
import FleetConfig
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

@Suite struct MethodChoiceTests {
    private let package: PackageFile

    init() throws {
        package = try PackageFile(
            parsing: """
                name: both
                version: 1.0.0
                engines:
                  native: { methods: [docker, native], arch: [x86_64], run: ./program }
                  python: { methods: [docker, venv, python], run: python3 program.py }
                """, file: "package.yaml")
    }

    private func choice(_ facts: String, engine: String? = nil, method: FleetConfig.Method? = nil) throws
        -> MethodChoice
    {
        let lines = facts.split(separator: " ").map { pair in
            let parts = pair.split(separator: "=").map(String.init)
            return (key: parts[0], value: parts[1])
        }
        return try MethodChoice(for: package, on: Facts(lines), engine: engine, method: method)
    }

    @Test func takesTheFirstEngine() throws {
        let choice = try choice("arch=x86_64 python=3.11 venv=yes")
        #expect(choice.engine.name == "native")
        #expect(choice.method == .native)
    }

    @Test func skipsAnEngineWhoseProgramsTheHostLacks() throws {
        let package = try PackageFile(
            parsing: """
                name: both
                version: 1.0.0
                engines:
                  java: { methods: [native], requires: [java], run: java Main }
                  sh: { methods: [native], run: sh main.sh }
                """, file: "package.yaml")
        let lines = [(key: "arch", value: "x86_64")]
        let with = try MethodChoice(for: package, on: Facts(lines + [("tool", "java")]), engine: nil, method: nil)
        let without = try MethodChoice(for: package, on: Facts(lines), engine: nil, method: nil)
        #expect(with.engine.name == "java" && without.engine.name == "sh")
        #expect(without.reason.text(in: .english) == "not java: java")
    }

    @Test func skipsAnEngineForAnotherMachine() throws {
        let choice = try choice("arch=aarch64 python=3.11 venv=yes")
        #expect(choice.engine.name == "python")
        #expect(choice.method == .venv)
    }

    @Test func fallsBackToPlainPython() throws {
        #expect(try choice("arch=aarch64 python=3.11 venv=no").method == .python)
    }

    @Test func obeysTheMethodAsked() throws {
        let choice = try choice("arch=x86_64 python=3.11 venv=yes", method: .python)
        #expect(choice.engine.name == "python")
        #expect(choice.method == .python)
    }

    @Test func saysThatThePackageHasNoImage() throws {
        #expect { try choice("arch=x86_64 docker=yes", method: .docker) } throws: { error in
            let failure = error as? Failure
            return failure?.message.text(in: .english)
                == "no engine of both runs here: native: docker; python: docker; the package has no image"
                && failure?.hint?.text(in: .english) == "write image: into package.yaml"
        }
    }

    @Test func namesWhatIsMissing() throws {
        #expect { try choice("arch=aarch64") } throws: { error in
            (error as? Failure)?.kind == .noMethod
        }
    }
}

@Suite struct FactsTests {
    @Test func readsNumbersTextsAndPackages() {
        let facts = Facts([
            ("cores", "4"), ("load", "0.25"), ("os", "Debian GNU/Linux 12"), ("tool", "zstd"), ("timeout", "disk"),
            ("package", "a 1.0.0-abc"), ("package", "a 1.1.0-def"), ("current", "a 1.1.0-def"),
        ])
        #expect(facts.number("cores") == 4)
        #expect(facts.load == "0.25")
        #expect(facts["os"] == "Debian GNU/Linux 12")
        #expect(facts.tools == ["zstd"])
        #expect(facts.timeouts == ["disk"])
        #expect(facts.packages["a"] == .init(current: "1.1.0-def", versions: ["1.0.0-abc", "1.1.0-def"]))
    }

    /// A host may be called so, and a container has a name of hexadecimal digits.
    @Test(arguments: ["nan", "inf", "4e9999999999", "000123456789"]) func aNameIsNoNumber(name: String) throws {
        let facts = Facts([("hostname", name), ("kernel", name), ("podman", "4.9")])
        #expect(facts["hostname"] == name && facts["kernel"] == name && facts["podman"] == "4.9")
        #expect(try JSONText.encode(JSONValue.object(facts.stable)).contains("\"hostname\":\"\(name)\""))
    }

    @Test(arguments: [
        ("cores", "9223372036854775807"), ("cores", "0"), ("cores", "-4"), ("cores", "four"), ("load", "nan"),
        ("load", "-1"), ("load", "1e999"), ("memory", "-1"), ("disk", "99999999999999999999"), ("disk_free", "1.5"),
        ("package", "../../secret 1.0"), ("package", "a ../b"), ("current", "a"), ("held", "a /etc"), ("tool", "a b"),
    ])
    func whatNoProbeSaysIsAFailureOfItsHost(key: String, value: String) {
        let failure = #expect(throws: Failure.self) { try Facts(HostAnswer([(key, value)])) }
        #expect(failure?.kind == .lost)
        #expect(failure?.message.text(in: .english).contains(key) == true)
    }

    @Test func dropsWhatNobodyAskedFor() {
        let facts = Facts([("colour", "red"), ("venv", "maybe"), ("cores", ""), ("timeout_form", "; rm -rf")])
        #expect(facts.values.isEmpty && facts.cores == 1)
    }

    @Test func dockerWithoutItsDaemonIsNoMethod() {
        #expect(!Facts([("docker", "no")]).methods.contains(.docker))
    }
}

@Suite struct PushPlanTests {
    private func plan(current: String?, versions: [String]) -> PushPlan {
        let lines = versions.map { ("version", $0) } + (current.map { [("current", $0)] } ?? [])
        return PushPlan(for: "2", on: PackageStatus(lines.map { (key: $0.0, value: $0.1) }))
    }

    @Test func buildsUponWhatRuns() { #expect(plan(current: "1", versions: ["0", "1", "3"]) == .send(base: "1")) }

    @Test func buildsUponWhatIsThere() { #expect(plan(current: nil, versions: ["0", "1"]) == .send(base: "1")) }

    @Test func sendsTheWholeWhereNothingIs() { #expect(plan(current: nil, versions: []) == .send(base: nil)) }

    @Test func activatesWhatIsThere() { #expect(plan(current: "1", versions: ["1", "2"]) == .activate) }

    @Test func leavesWhatIsCurrent() { #expect(plan(current: "2", versions: ["1", "2"]) == .nothing) }

    @Test func sendsWhatALinkPointsToInVain() { #expect(plan(current: "2", versions: ["1"]) == .send(base: "1")) }
}
