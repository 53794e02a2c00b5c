import FleetBase
import Testing

@testable import FleetConfig

@Suite struct TasksFileTests {
    private func tasks(_ text: String) throws -> TasksFile { try TasksFile(parsing: text, file: "tasks.yaml") }

    private func task(_ text: String) throws -> TaskDefinition {
        try #require(try tasks("tasks:\n  - { package: a, \(text) }").tasks.first)
    }

    @Test func expandsTheMatrixLastAxisFastest() throws {
        let expanded = try task("matrix: { particles: [100, 200], seed: 1..2 }").expanded
        #expect(
            expanded.map(\.name) == [
                "a[particles=100,seed=1]", "a[particles=100,seed=2]", "a[particles=200,seed=1]",
                "a[particles=200,seed=2]",
            ])
    }

    @Test func givesSweptAndFixedParameters() throws {
        let expanded = try task("parameters: { steps: 500 }, matrix: { seed: [7] }").expanded
        #expect(expanded.map(\.parameters) == [["steps": "500", "seed": "7"]])
    }

    @Test func expandsATaskWithoutMatrixToItself() throws {
        #expect(try task("name: b").expanded.map(\.name) == ["b"])
    }

    @Test func stepsThroughARange() throws {
        #expect(try task("matrix: { n: 0..100..25 }").matrix.axes[0].values == ["0", "25", "50", "75", "100"])
    }

    @Test func takesARangeInAList() throws {
        #expect(try task("matrix: { n: [1..3, 9] }").matrix.axes[0].values == ["1", "2", "3", "9"])
    }

    @Test func takesAQuotedRangeForAText() throws {
        #expect(try task("matrix: { n: ['1..3'] }").matrix.axes[0].values == ["1..3"])
    }

    @Test func readsNeeds() throws {
        let needs = try task("needs: { memory: 512M, tags: fast, gpu: true, method: podman }").needs
        #expect(needs.memory == ByteCount(512 << 20) && needs.tags == ["fast"] && needs.gpu && needs.method == .podman)
    }

    @Test func readsTheRest() throws {
        let task = try task("retries: 2, timeout: 10m, detach: true, engine: native")
        #expect(task.retries == 2 && task.timeout == .seconds(600) && task.detach && task.engine == "native")
    }

    @Test(arguments: [
        ("retires: 2", "tasks.yaml:2:19: unknown key \"retires\", did you mean \"retries\"?"),
        ("retries: -1", "tasks.yaml:2:28: -1 is below the minimum 0"),
        ("matrix: { n: 5..1 }", "tasks.yaml:2:32: the range 5..1 is empty"),
        ("matrix: { n: [] }", "tasks.yaml:2:32: nothing to sweep over"),
        ("matrix: { n: 1..99999999999 }", "tasks.yaml:2:29: the matrix has more than 100000 combinations"),
        ("matrix: { n: 1..1000, m: 1..1000 }", "tasks.yaml:2:41: the matrix has more than 100000 combinations"),
        ("parameters: { n: 1 }, matrix: { n: 1 }", "tasks.yaml:2:51: \"n\" stands in parameters and in matrix"),
        ("needs: { memory: lots }", "tasks.yaml:2:36: \"lots\" is not a size such as 512M"),
    ])
    func refuses(text: String, message: String) {
        #expect(problem { try task(text) } == message)
    }

    @Test func refusesTwoTasksOfOneName() {
        let text = "tasks:\n- package: a\n- package: a\n"
        #expect(problem { try tasks(text) } == "tasks.yaml:3:3: the task of line 2 has the same name")
    }
}
