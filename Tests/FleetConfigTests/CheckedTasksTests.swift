import FleetBase
import FleetTesting
import Testing

@testable import FleetConfig

@Suite struct CheckedTasksTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            name: gas
            version: 1.0.0
            parameters:
              particles: { type: int, default: 100, min: 1, max: 1000, aliases: [count] }
              mode: { type: choice, choices: [fast, exact] }
            engines:
              native: { methods: [native], run: ./gas }
            """, to: "packages/gas/package.yaml")
    }

    private func checked(_ text: String) throws -> CheckedTasks {
        let file = try TasksFile(parsing: "tasks:\n- { \(text) }\n", file: "tasks.yaml")
        let hosts = try inventory("hosts: { pc-leo: { tags: [fast] } }")
        return try Project(folder: folder.path).checkTasks(file, inventory: hosts)
    }

    @Test func bindsTheParametersOfAPackage() throws {
        let checked = try checked("package: gas, parameters: { mode: fast }, matrix: { count: [5, 6] }")
        let bound = checked.file.expanded.map { checked.parameters(of: $0)?.map(\.value.description) }
        #expect(bound == [["5", "fast"], ["6", "fast"]])
        #expect(checked.json(of: checked.file.expanded[0]) == ["particles": .integer(5), "mode": .string("fast")])
    }

    @Test func leavesTheParametersOfACommandAsTheyAre() throws {
        let checked = try checked("name: c, command: ls, parameters: { n: 1 }")
        #expect(checked.parameters(of: checked.file.expanded[0]) == nil)
        #expect(checked.json(of: checked.file.expanded[0]) == ["n": .string("1")])
    }

    @Test func findsTasksByTheirNames() throws {
        let checked = try checked("name: count, command: ls")
        #expect(try checked.tasks(named: ["count"]).count == 1)
        #expect(problem { try checked.tasks(named: ["cuont"]) } == "unknown task \"cuont\", did you mean \"count\"?")
    }

    @Test(arguments: [
        ("package: gaz", "2:14: unknown package \"gaz\", did you mean \"gas\"?"),
        ("package: gas, engine: nativ", "2:27: unknown engine \"nativ\", did you mean \"native\"?"),
        ("package: gas", "2:14: --mode is missing: gas has no default for it"),
        ("package: gas, parameters: { mode: slow }", "2:39: --mode: expected one of: fast, exact, found \"slow\""),
        ("package: gas, parameters: { mod: fast }", "2:33: gas has no parameter \"mod\", did you mean \"mode\"?"),
        ("package: gas, matrix: { mode: [fast], particles: [8, 0..5] }", "2:58: --particles: 0 is below the minimum 1"),
        (
            "package: gas, matrix: { mode: [fast], include: [{ particles: many }] }",
            "2:66: --particles: expected a whole number, found \"many\""
        ),
        (
            "package: gas, parameters: { mode: fast, count: 3 }, matrix: { particles: 4 }",
            "2:14: --particles is given twice"
        ),
        ("name: c, command: ls, needs: { hosts: pc-lea }", "2:43: unknown host \"pc-lea\", did you mean \"pc-leo\"?"),
        ("name: c, command: ls, needs: { hosts: 'tag:fats' }", "2:43: unknown tag \"fats\", did you mean \"fast\"?"),
    ])
    func refuses(text: String, message: String) {
        #expect(problem { try checked(text) } == "tasks.yaml:\(message)")
    }

    @Test func saysWhatIsWrongWithAPackage() throws {
        try folder.write("name: gas\n", to: "packages/gas/package.yaml")
        #expect(
            problem { try checked("package: gas") } == "packages/gas/package.yaml:1:1: the key \"version\" is missing")
    }
}
