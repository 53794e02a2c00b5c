import FleetBase
import Testing

@testable import FleetConfig

@Suite struct TaskMatrixTests {
    private func matrix(_ text: String) throws -> TaskMatrix {
        let file = try TasksFile(parsing: "tasks:\n- package: a\n  matrix: { \(text) }\n", file: "tasks.yaml")
        return try #require(file.tasks.first).matrix
    }

    /// Each combination as `NAME=TEXT …`.
    private func combinations(_ text: String) throws -> [String] {
        try matrix(text).combinations.map { $0.map { "\($0.name)=\($0.text)" }.joined(separator: " ") }
    }

    @Test func lastAxisIsTheFastest() throws {
        #expect(try combinations("n: [1, 2], seed: 3..4") == ["n=1 seed=3", "n=1 seed=4", "n=2 seed=3", "n=2 seed=4"])
    }

    @Test func stepsThroughARange() throws {
        #expect(try matrix("n: 0..100..25").axes[0].values == ["0", "25", "50", "75", "100"])
    }

    @Test func takesARangeInAList() throws {
        #expect(try matrix("n: [1..3, 9]").axes[0].values == ["1", "2", "3", "9"])
    }

    @Test func takesAQuotedRangeForAText() throws {
        #expect(try matrix("n: ['1..3']").axes[0].values == ["1..3"])
    }

    @Test func excludesWhatAgreesInPart() throws {
        #expect(try combinations("n: [1, 2], m: [3, 4], exclude: [{ n: 1 }]") == ["n=2 m=3", "n=2 m=4"])
        #expect(
            try combinations("n: [1, 2], m: [3, 4], exclude: [{ n: 1, m: 4 }, { n: 2, m: 3 }]") == [
                "n=1 m=3", "n=2 m=4",
            ])
    }

    @Test func includesAfterItHasExcluded() throws {
        #expect(try combinations("n: [1, 2], exclude: [{ n: 1 }], include: [{ n: 1, m: 5 }]") == ["n=2", "n=1 m=5"])
    }

    @Test func includesWithoutAnyAxis() throws {
        #expect(try combinations("include: [{ n: 1 }, { n: 2, m: 3 }]") == ["n=1", "n=2 m=3"])
    }

    /// The example of GitHub's own documentation.
    @Test func includesAsGitHubActionsDoes() throws {
        let found = try combinations(
            """
            fruit: [apple, pear], animal: [cat, dog], include: [{ color: green }, { color: pink, animal: cat }, \
            { fruit: apple, shape: circle }, { fruit: banana }, { fruit: banana, animal: cat }]
            """)
        #expect(
            found == [
                "fruit=apple animal=cat color=pink shape=circle", "fruit=apple animal=dog color=green shape=circle",
                "fruit=pear animal=cat color=pink", "fruit=pear animal=dog color=green", "fruit=banana",
                "fruit=banana animal=cat",
            ])
    }

    @Test func anIncludedValueMayReplaceAFixedOne() throws {
        let text = "tasks:\n- { package: a, parameters: { n: 1 }, matrix: { m: [2, 3], include: [{ m: 3, n: 9 }] } }\n"
        let expanded = try TasksFile(parsing: text, file: "tasks.yaml").expanded
        #expect(expanded.map(\.parameters) == [["m": "2", "n": "1"], ["m": "3", "n": "9"]])
        #expect(expanded.map(\.name) == ["a[m=2]", "a[m=3,n=9]"])
    }

    @Test func manyExclusionsOfManyCombinationsTakeNoLongTime() throws {
        let excluded = (1...5000).map { "{ n: \($0) }" }.joined(separator: ", ")
        #expect(try combinations("n: 1..10000, m: 1..10, exclude: [\(excluded)]").count == 50_000)
    }
}
