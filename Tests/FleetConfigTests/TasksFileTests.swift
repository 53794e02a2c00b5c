import FleetBase
import Testing

@testable import FleetConfig

@Suite struct TasksFileTests {
    private func tasks(_ text: String) throws -> TasksFile { try TasksFile(parsing: text, file: "tasks.yaml") }

    /// A task of the package `a`; `text` begins in column 19 of line 2.
    private func task(_ text: String) throws -> TaskDefinition {
        try #require(try tasks("tasks:\n  - { package: a, \(text) }").tasks.first)
    }

    /// A task that is a command; `text` begins in column 29 of line 2.
    private func command(_ text: String) throws -> TaskDefinition {
        try #require(try tasks("tasks:\n  - { name: c, command: ls, \(text) }").tasks.first)
    }

    @Test func givesSweptAndFixedParameters() throws {
        let expanded = try task("parameters: { steps: 500 }, matrix: { seed: [7] }").expanded
        #expect(expanded.map(\.parameters) == [["steps": "500", "seed": "7"]])
    }

    @Test func expandsATaskWithoutMatrixToItself() throws {
        #expect(try task("name: b").expanded.map(\.name) == ["b"])
    }

    @Test func countsPositionsOverTheWholeFile() throws {
        let expanded = try tasks("tasks:\n- { package: a, matrix: { n: [4, 5] } }\n- { package: b, repeat: 2 }\n")
            .expanded
        #expect(expanded.map(\.name) == ["a[n=4]", "a[n=5]", "b", "b#2"])
        #expect(expanded.map(\.position) == [1, 2, 3, 4] && expanded.map(\.repetition) == [1, 1, 1, 2])
    }

    @Test func repeatsEachCombination() throws {
        let expanded = try task("matrix: { n: [1, 2] }, repeat: 2").expanded
        #expect(expanded.map(\.name) == ["a[n=1]", "a[n=1]#2", "a[n=2]", "a[n=2]#2"])
    }

    @Test func readsNeeds() throws {
        let needs = try task("needs: { memory: 512M, tags: fast, gpu: true, method: podman }").needs
        #expect(needs.memory == ByteCount(512 << 20) && needs.tags == ["fast"] && needs.gpu && needs.method == .podman)
    }

    @Test func readsTheRest() throws {
        let task = try task("retries: 2, timeout: 10m, detach: true, lease: 1h, verify: 2, engine: native")
        #expect(task.retries == 2 && task.timeout == .duration(.seconds(600)) && task.detach)
        #expect(task.engine == "native" && task.lease == .seconds(3600) && task.verify == 2)
    }

    @Test func readsATimeLimitInPercent() throws {
        #expect(try task("timeout: 300%").timeout == .percentOfMedian(300))
    }

    @Test func readsTheThreeKindsOfWork() throws {
        let works = try tasks(
            """
            tasks:
            - { package: a, engine: native }
            - { name: b, command: "ls | wc -l" }
            - name: c
              python: |
                print(1)
            """
        ).tasks.map(\.work)
        #expect(works == [.package("a", engine: "native"), .command("ls | wc -l"), .python("print(1)")])
    }

    @Test func aCommandHasNoPackage() throws {
        let task = try command("parameters: { seed: 1 }")
        #expect(task.package == nil && task.engine == nil && task.parameters == ["seed": "1"])
    }

    @Test func readsVariablesAndSecrets() throws {
        let task = try task(
            "env: { MODE: fast, EMPTY: '' }, secrets: { A: { env: TOKEN }, B: { file: key }, C: { command: pass show x } }"
        )
        #expect(task.environment == ["MODE": "fast", "EMPTY": ""])
        #expect(task.secrets == ["A": .environment("TOKEN"), "B": .file("key"), "C": .command("pass show x")])
    }

    @Test func readsInputsAsAList() throws {
        let inputs = try task("inputs: [data/a.csv, more/]").inputs
        #expect(inputs.map(\.target.text) == ["data/a.csv", "more"] && inputs.map(\.source) == ["data/a.csv", "more"])
    }

    @Test func readsInputsAsAMapping() throws {
        let inputs = try task("inputs: { in/a.csv: ~/a.csv }").inputs
        #expect(inputs.map(\.target.text) == ["in/a.csv"] && inputs.map(\.source) == ["~/a.csv"])
    }

    @Test func readsOutputs() throws {
        #expect(try task("outputs: ['*.csv', 'logs/**', plots/]").outputs == ["*.csv", "logs/**", "plots"])
        #expect(try task("name: b").outputs.isEmpty)
    }

    @Test func readsWhatATaskComesAfter() throws {
        let file = try tasks("tasks:\n- { package: a, after: [b, c] }\n- { package: b, after: c }\n- package: c\n")
        #expect(file.tasks.map(\.after) == [["b", "c"], ["c"], []])
    }

    @Test func showsALongCircleWithoutItsMiddle() {
        let lines = (0...99).map { "- { name: t\($0), package: a, after: t\(($0 + 1) % 100) }" }
        #expect(
            problem { try tasks("tasks:\n" + lines.joined(separator: "\n")) }
                == "tasks.yaml:101:35: tasks in a circle: t0 → t1 → t2 → t3 → … → t98 → t99 → t0")
    }

    @Test func ordersALongChain() throws {
        let lines = (1...9000).map { "- { name: t\($0), package: a, after: \($0 == 9000 ? "[]" : "t\($0 + 1)") }" }
        #expect(try tasks("tasks:\n" + lines.joined(separator: "\n")).tasks.count == 9000)
    }

    @Test(arguments: [
        ("retires: 2", "2:19: unknown key \"retires\", did you mean \"retries\"?"),
        ("retries: -1", "2:28: -1 is below the minimum 0"),
        ("repeat: 0", "2:27: 0 is below the minimum 1"),
        ("verify: 1", "2:27: 1 is below the minimum 2"),
        ("matrix: { n: 5..1 }", "2:32: the range 5..1 is empty"),
        ("matrix: { n: [] }", "2:32: nothing to sweep over"),
        ("matrix: { n: [1..3, 2] }", "2:39: 2 stands there twice"),
        ("matrix: { n: 1..99999999999 }", "2:29: the matrix has more than 100000 combinations"),
        ("matrix: { n: 1..1000, m: 1..1000 }", "2:41: the matrix has more than 100000 combinations"),
        ("matrix: { n: 1..1000 }, repeat: 101", "2:5: the file has more than 100000 tasks from here on"),
        ("repeat: 9223372036854775807", "2:5: the file has more than 100000 tasks from here on"),
        ("parameters: { n: 1 }, matrix: { n: 1 }", "2:51: \"n\" stands in parameters and in matrix"),
        ("matrix: { n: [1], inclde: [{ n: 2 }] }", "2:37: unknown key \"inclde\", did you mean \"include\"?"),
        ("matrix: { n: [1], include: { n: 2 } }", "2:46: expected a list, found a mapping"),
        ("matrix: { n: [1], include: [{}] }", "2:47: expected a mapping with one parameter at least, found a mapping"),
        ("matrix: { n: [1], include: [{ n: 2 }, { n: 2 }] }", "2:57: the same stands there twice"),
        ("matrix: { seed: [1], exclude: [{ sed: 1 }] }", "2:52: unknown parameter \"sed\", did you mean \"seed\"?"),
        ("matrix: { n: [1], exclude: [{ n: 2 }] }", "2:52: n is never 2 in this matrix"),
        ("matrix: { n: [1], exclude: [{ n: 1 }] }", "2:27: exclude leaves no combination"),
        ("needs: { memory: lots }", "2:36: \"lots\" is not a size such as 512M"),
        ("needs: { memry: 1G }", "2:28: unknown key \"memry\", did you mean \"memory\"?"),
        ("timeout: 99%", "2:28: 99% is below the minimum 100%"),
        ("timeout: x%", "2:28: \"x%\" is not a time limit such as 10m or 300%"),
        ("timeout: 0s", "2:28: \"0s\" is not a time limit such as 10m or 300%"),
        ("timeout: 9999999999%", "2:28: \"9999999999%\" is not a time limit such as 10m or 300%"),
        ("command: ls", "2:19: a task has either package: or command:, not both"),
        ("after: [b]", "2:27: unknown task \"b\", did you mean \"a\"?"),
        ("after: a", "2:26: a task can't come after itself"),
        ("after: [b, b]", "2:30: b stands there twice"),
        ("env: { 1A: x }", "2:26: \"1A\" can't be the name of an environment variable"),
        ("env: { A-B: x }", "2:26: \"A-B\" can't be the name of an environment variable"),
        ("env: { FLEET_RUN: x }", "2:26: \"FLEET_RUN\" is fleet's own: it sets the variables that begin with FLEET_"),
        ("env: { A: \"\\0\" }", "2:29: a null byte, which no program can get as an argument"),
        ("secrets: { A: { envv: B } }", "2:35: unknown key \"envv\", did you mean \"env\"?"),
        ("secrets: { A: { env: B, file: c } }", "2:33: a secret comes from one of: env, file, command"),
        ("secrets: { A: {} }", "2:33: a secret comes from one of: env, file, command"),
        ("secrets: { A: hush }", "2:33: expected a mapping, found hush"),
        ("secrets: { A: { env: B-C } }", "2:40: \"B-C\" can't be the name of an environment variable"),
        ("env: { A: x }, secrets: { A: { env: B } }", "2:45: \"A\" stands in env and in secrets"),
        ("inputs: [/etc/passwd]", "2:28: \"/etc/passwd\" is not a path inside the folder: no \"..\", nothing absolute"),
        ("inputs: [../x]", "2:28: \"../x\" is not a path inside the folder: no \"..\", nothing absolute"),
        ("inputs: { a/../b: x }", "2:29: \"a/../b\" is not a path inside the folder: no \"..\", nothing absolute"),
        ("inputs: [a, a/]", "2:31: a stands there twice"),
        ("inputs: { a: '' }", "2:32: an empty path"),
        ("secrets: { A: { file: '' } }", "2:41: an empty path"),
        ("secrets: { A: { command: ' ' } }", "2:44: an empty command"),
        ("lease: 0s", "2:26: a lease that ends at once"),
        ("inputs: a", "2:27: expected a list, found a"),
        ("outputs: [/tmp/*]", "2:29: \"/tmp/*\" is not a path inside the folder: no \"..\", nothing absolute"),
        ("outputs: ['../*']", "2:29: \"../*\" is not a path inside the folder: no \"..\", nothing absolute"),
    ])
    func refuses(text: String, message: String) {
        #expect(problem { try task(text) } == "tasks.yaml:\(message)")
    }

    @Test(arguments: [
        ("engine: x", "2:29: engine: works only with package:"),
        ("python: x", "2:29: a task has either command: or python:, not both"),
        ("parameters: { a-b: 1 }", "2:43: \"A-B\" can't be the name of an environment variable"),
        ("parameters: { path: 1 }", "2:43: the parameter \"path\" would take the place of the variable PATH"),
        (
            "parameters: { fleet_run: 1 }",
            "2:43: \"FLEET_RUN\" is fleet's own: it sets the variables that begin with FLEET_"
        ),
        ("parameters: { n: 1 }, matrix: { N: 1 }", "2:61: \"N\" and \"n\" are both the variable N"),
        ("env: { N: 1 }, matrix: { n: 1 }", "2:54: \"n\" is the variable N, which env or secrets set too"),
    ])
    func refusesOfACommand(text: String, message: String) {
        #expect(problem { try command(text) } == "tasks.yaml:\(message)")
    }

    @Test(arguments: [
        ("- package: a\n- package: a", "3:3: the task of line 2 has the same name"),
        ("- command: ls", "2:3: the key \"name\" is missing"),
        ("- { name: a, python: '' }", "2:22: an empty command"),
        ("- name: a", "2:3: a task has one of: package, command, python"),
        (
            "- { package: a, matrix: { n: 1..60000 } }\n- { package: b, matrix: { n: 1..60000 } }",
            "3:3: the file has more than 100000 tasks from here on"
        ),
        (
            "- { package: a, after: [b] }\n- { package: b, after: [c] }\n- { package: c, after: [b] }",
            "4:25: tasks in a circle: b → c → b"
        ),
    ])
    func refusesAFile(text: String, message: String) {
        #expect(problem { try tasks("tasks:\n\(text)\n") } == "tasks.yaml:\(message)")
    }
}
