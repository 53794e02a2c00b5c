import FleetBase
import FleetTesting
import Testing
@testable import FleetRuns

/// What workers write as their metrics.
@Suite struct MetricsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String) throws -> MetricsFile? {
        try folder.write(text, to: "metrics.json")
        return try MetricsFile(folder.path + "/metrics.json")
    }

    @Test func readsAnObject() throws {
        let file = try #require(try read("{\"a\": 1, \"b\": \"NaN\", \"c\": {\"inf\": [1.5]}}"))
        #expect(file.members["a"] == .integer(1) && file.members["b"] == .string("NaN") && file.notes.isEmpty)
        #expect(file.members["c"] == .object(["inf": .array([.number(1.5)])]))
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity", "nan", "-inf"]) func oneThatIsNoNumberCostsItself(word: String)
        throws
    {
        let file = try #require(try read("{\"loss\": \(word), \"accuracy\": 0.91, \"name \\\"nan\": \"a\\\\\"}"))
        #expect(file.members == ["accuracy": .number(0.91), "name \"nan": .string("a\\")])
        #expect(file.notes.map { $0.text(in: .english) } == ["the metric loss is no number, so it is left out"])
    }

    @Test(arguments: ["", "[1]", "{\"a\": 1", "NaN", "{NaN: 1}", "{\"a\": 0.9"]) func refusesWhatIsNoObject(
        text: String
    ) {
        #expect(throws: MetricsFile.Problem.self) { try read(text) }
    }

    @Test func refusesWhatIsTooLarge() throws {
        let text = "{\"a\": \"" + String(repeating: "x", count: 1 << 20) + "\"}"
        let problem = #expect(throws: MetricsFile.Problem.self) { try read(text) }
        #expect(problem?.message.text(in: .english).contains("1.0 MiB") == true)
    }

    @Test func findsNone() throws { #expect(try MetricsFile(folder.path + "/none") == nil) }
}
