import FleetBase
import Testing

@testable import FleetConfig

/// Numbers that people write, however large, small or strange.
@Suite struct NumberTests {
    private func package(_ parameter: String) throws -> PackageFile {
        try PackageFile(
            parsing: """
                name: a
                version: 1.0.0
                engines: { sh: { methods: [native], run: ./a } }
                parameters:
                  x: { \(parameter) }
                """, file: "p.yaml")
    }

    private func task(_ keys: String) throws -> TasksFile {
        try TasksFile(parsing: "tasks: [{ name: a, command: b, \(keys) }]", file: "t.yaml")
    }

    @Test(arguments: ["float, min: -.inf, max: .inf", "int, min: -.inf, max: +.Inf", "float, max: .INF"])
    func takesAnInfiniteBoundForNone(_ bounds: String) throws {
        let parameter = try package("type: \(bounds)").parameters[0]
        switch parameter.kind {
        case .int(let bounds): #expect(bounds.minimum == nil && bounds.maximum == nil)
        case .float(let bounds): #expect(bounds.minimum == nil && bounds.maximum == nil)
        default: Issue.record("another kind")
        }
    }

    @Test(arguments: [
        ("type: float, min: .nan", "p.yaml:5:26: .nan is no number that JSON has a word for"),
        ("type: float, min: .inf", "p.yaml:5:26: .inf is no number that JSON has a word for"),
        ("type: float, max: -.inf", "p.yaml:5:26: -.inf is no number that JSON has a word for"),
        ("type: float, max: 1e999", "p.yaml:5:26: 1e999 is no number that JSON has a word for"),
        ("type: int, max: .nan", "p.yaml:5:24: expected a whole number, found .nan"),
        ("type: float, default: .nan", "p.yaml:5:30: --x: expected a number, found \".nan\""),
        ("type: float, default: .inf", "p.yaml:5:30: --x: expected a number, found \".inf\""),
    ])
    func refusesWhatJSONHasNoWordFor(_ parameter: String, _ expected: String) {
        #expect(problem { try package(parameter) } == expected)
    }

    /// The whole file becomes JSON in the manifest.
    @Test func writesEveryFileAsJSON() throws {
        let json = try yaml("a: [.inf, -.INF, .nan, 1e999, 1.5, 9223372036854775807]").json
        let text = try JSONText.encode(json)
        #expect(text == #"{"a":[".inf","-.INF",".nan","1e999",1.5,9223372036854775807]}"#)
    }

    @Test(arguments: ["0.00005", "1e16", "007", "1.0", "+5", "-0"]) func keepsNumbersAsTyped(_ text: String) throws {
        let value = try package("type: float").parameters[0].parse(text)
        #expect(value.description == text)
        #expect(value.json == .number(try #require(Double(text))))
        #expect(try package("type: float, default: \(text)").parameters[0].default?.description == text)
    }

    @Test func keepsWholeNumbersAsTyped() throws {
        let value = try package("type: int").parameters[0].parse("007")
        #expect(value.description == "007" && value.json == .integer(7))
    }

    @Test(arguments: [
        "repeat: 9223372036854775807", "repeat: 9223372036854775807, verify: 9223372036854775807",
        "verify: 9223372036854775807", "retries: 9223372036854775807", "needs: { cores: 9223372036854775807 }",
        "needs: { memory: 99999999999T }", "timeout: 99999999999999999999d", "lease: 1e30s",
        "matrix: { a: 1..9223372036854775807 }", "matrix: { a: -9223372036854775808..9223372036854775807 }",
        "repeat: 99999999999999999999", "limits: { files: 9223372036854775807 }", "limits: { files: 0 }",
        "limits: { size: 9E }", "limits: { depth: 3 }", "schedule: every 99999999999999d",
        "timeout: 9223372036854775807%",
    ])
    func refusesWhatNobodyMeans(_ keys: String) { #expect(throws: ConfigError.self) { try task(keys) } }

    @Test(arguments: [
        "matrix: { a: 9223372036854775800..9223372036854775807 }", "matrix: { a: 1..9..9223372036854775807 }",
        "matrix: { a: -9223372036854775808..-9223372036854775807 }", "timeout: 999999999s",
        "limits: { files: 100000000, size: 8000000T }", "retries: 1000000",
    ])
    func countsToTheEnd(_ keys: String) throws { #expect(try !task(keys).expanded.isEmpty) }

    @Test func readsLimitsOfResults() throws {
        let limits = try task("limits: { files: 5, size: 1G }").tasks[0].limits
        #expect(limits.files == 5 && limits.size == ByteCount(1 << 30))
        var weaker = ResultLimits()
        (weaker.files, weaker.size) = (7, ByteCount(9))
        #expect(try task("limits: { size: 1G }").tasks[0].limits.inheriting(weaker).files == 7)
    }

    @Test(arguments: ["slots: 0", "slots: 9223372036854775807", "slots: 10001", "connect_timeout: 0"])
    func refusesSettingsOfHosts(_ setting: String) {
        #expect(throws: ConfigError.self) { try inventory("hosts: { a: { \(setting) } }") }
    }

    /// Nothing runs for ever, and nothing is done in no time.
    @Test(arguments: ["0", "0s", "0ms", "0.0h"]) func takesNoTimeLimitOfNothing(_ text: String) {
        #expect(throws: ValueError.self) { try Duration(parsingLimit: text) }
        #expect(throws: ConfigError.self) { try task("timeout: \(text)") }
        #expect(throws: ConfigError.self) {
            try PackageFile(
                parsing: "{ name: a, version: b, timeout: \(text), engines: { s: { methods: [native], run: a } } }",
                file: "p.yaml")
        }
    }
}
