import FleetBase
import FleetConfig
import Testing
@testable import FleetHosts
@testable import FleetRuns

@Suite struct TaskPlanTests {
    private let project: EngineFixture

    init() throws {
        project = try EngineFixture(
            hosts: ["one", "two", "three"],
            files: [
                "hello/package.yaml": """
                name: hello
                version: 1.0.0
                parameters:
                  n: { type: int, default: 3 }
                engines:
                  arm: { methods: [native], arch: [arm64], run: ./arm }
                  python: { methods: [python], run: python3 x.py }
                """
            ])
    }

    /// The hosts are, in this order: an ARM machine, a PC without Python, and one that does not answer.
    private func plan(_ text: String) throws -> TaskPlan {
        let file = try TasksFile(parsing: "tasks:\n\(text)\n", file: "tasks.yaml")
        let checked = try project.fleet.project.checkTasks(file, inventory: nil)
        let hosts = project.hosts
        let answers: [Result<Facts, Failure>] = [
            .success(Facts([("arch", "aarch64"), ("cores", "4")])),
            .success(Facts([("arch", "x86_64"), ("cores", "2")])),
            .failure(Failure(.unreachable, Message("no route"))),
        ]
        let outcomes = zip(hosts, answers).map { HostOutcome(host: $0.name, result: $1) }
        return TaskPlan(file.tasks, of: checked, on: hosts, outcomes)
    }

    private func reasons(_ group: TaskPlan.Group) -> [String] {
        group.objections.map { "\($0.host): \($0.reason.text(in: .english))" }
    }

    @Test func asksThePackageWhichHostsCanRunIt() throws {
        let group = try #require(try plan("- { package: hello, matrix: { n: [1, 2] } }").groups.first)
        #expect(group.hosts.map(\.text) == ["one"] && group.expanded.map(\.name) == ["hello[n=1]", "hello[n=2]"])
        #expect(
            reasons(group) == [
                "two: no engine of hello runs here: arm: aarch64 ≠ x86_64; python: python", "three: does not answer",
            ])
    }

    @Test func runsACommandWhereverItsNeedsAreMet() throws {
        let group = try #require(try plan("- { name: c, command: ls, needs: { cores: 3 } }").groups.first)
        #expect(group.hosts.map(\.text) == ["one"])
        #expect(reasons(group).first == "two: has 2 cores, 3 are needed")
    }

    @Test func runsPythonCodeWherePythonIs() throws {
        let group = try #require(try plan("- { name: p, python: print(1) }").groups.first)
        #expect(group.hosts.isEmpty && reasons(group).first == "one: has no python")
    }

    @Test func saysOfAHostThatNobodyAsksForNothingElse() throws {
        let group = try #require(try plan("- { name: c, command: ls, needs: { hosts: one } }").groups.first)
        #expect(reasons(group).last == "three: is not among the hosts one")
    }

    @Test func countsTasksWithoutAHostAndSlots() throws {
        let plan = try plan("- { name: p, python: print(1), repeat: 3 }\n- { name: c, command: ls }")
        #expect(plan.total == 4 && plan.homeless == 3 && plan.slots == 6)
        #expect(plan.candidates.map(\.slots) == [4, 2, nil])
    }
}
