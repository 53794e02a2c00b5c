import Foundation
import Testing

/// `fleet tasks plan` with two real sshd processes as hosts, one of which a third name reaches in vain.
@Suite(.serialized) struct TasksCommandTests {
    /// A project with a lab, which goes down with it.
    private final class Lab: Sendable {
        let fleet: FleetBinary

        init() throws {
            fleet = try FleetBinary.inProject()
            let up = try fleet.run("lab", "up", "--hosts", "2")
            try #require(up.status == 0, "\(up.error)")
            try fleet.folder.write(
                """
                tasks:
                  - package: hello
                    matrix: { name: [ana, leo], include: [{ name: eva }] }
                  - { name: count, command: ls | wc -l, after: hello, repeat: 2, needs: { hosts: lab-2 } }
                  - { name: large, python: print(1), needs: { memory: 900T } }
                """, to: "tasks.yaml")
        }

        deinit { _ = try? fleet.run("lab", "down") }

        func plan(_ words: String...) throws -> FleetBinary.Result {
            try fleet.run(["tasks", "plan", "--inventory", "inventory/lab.yaml"] + words)
        }
    }

    private let lab: Lab

    init() throws { lab = try Lab() }

    @Test func showsWhoCanDoWhatAndWhyOthersCannot() throws {
        let result = try lab.plan()
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("NAME   TASKS  WORK"), "\(result.output)")
        #expect(lines[1].hasPrefix("hello      3  hello") && lines[1].contains("lab-1, lab-2"))
        #expect(lines[2].contains("$ ls | wc -l") && lines[2].hasSuffix("lab-1: is not among the hosts lab-2"))
        #expect(lines[3].contains("none") && lines[3].contains("lab-1, lab-2: has "))
        #expect(result.error.contains("tasks: 6, ") && result.error.contains("tasks that no host can do: 1"))
        #expect(result.status == 3)
    }

    @Test func isFineWhenEveryTaskHasAHost() throws {
        #expect(try lab.plan("hello", "count").status == 0)
    }

    @Test func listsEveryTask() throws {
        let result = try lab.plan("--list", "count", "hello")
        let names = result.output.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(names == ["NAME", "hello[name=ana]", "hello[name=leo]", "hello[name=eva]", "count", "count#2"])
    }

    @Test func printsEveryKeyAsJSON() throws {
        let object = try lab.plan("--json", "hello", "count").json()
        let hosts = try #require(object["hosts"] as? [[String: Any]])
        #expect(hosts.map { $0["name"] as? String } == ["lab-1", "lab-2"])
        #expect(hosts.allSatisfy { $0["alive"] as? Bool == true && $0["failure"] is NSNull && $0["slots"] is Int })
        let tasks = try #require(object["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["name"] as? String }.last == "count#2" && tasks.count == 5)
        #expect(tasks[0]["task"] as? String == "hello" && tasks[0]["repetition"] as? Int == 1)
        #expect(tasks[0]["parameters"] as? [String: String] == ["name": "ana"])
        #expect(tasks[0]["hosts"] as? [String] == ["lab-1", "lab-2"] && tasks[0]["after"] as? [String] == [])
        #expect(tasks[4]["hosts"] as? [String] == ["lab-2"] && tasks[4]["after"] as? [String] == ["hello"])
        #expect(tasks[4]["objections"] as? [String: String] == ["lab-1": "is not among the hosts lab-2"])
    }

    @Test func asksTheSelectedHostsAlone() throws {
        let result = try lab.plan("--hosts", "lab-1", "count")
        #expect(result.status == 3 && result.error.contains("hosts: 1 of 1") && !result.output.contains("lab-1,"))
    }

    @Test func goesOnWithoutAHostThatDoesNotAnswer() throws {
        let text = try lab.fleet.folder.read("inventory/lab.yaml")
        let dead = text.replacingOccurrences(
            of: "\n  lab-2:", with: "\n  dead: { address: 127.0.0.1, port: 1 }\n  lab-2:")
        try lab.fleet.folder.write(dead, to: "inventory/lab.yaml")
        let result = try lab.plan("hello")
        #expect(result.status == 0 && result.output.contains("dead: does not answer"), "\(result.output)")
        #expect(result.error.contains("dead: refused") && result.error.contains("hosts: 2 of 3"), "\(result.error)")
    }

    @Test func readsAnotherFile() throws {
        try lab.fleet.folder.write("tasks: [{ name: a, command: ls }]\n", to: "other.yaml")
        #expect(try lab.plan("other.yaml", "a").status == 0)
        let result = try lab.plan("other.yaml", "b")
        #expect(result.status == 4 && result.error.contains("unknown task \"b\", did you mean \"a\"?"))
    }
}

/// What is refused before any host is called.
@Suite struct TasksRefusalTests {
    private let fleet: FleetBinary

    /// The only host can't be reached, which nothing here may find out.
    init() throws {
        fleet = try FleetBinary.inProject()
        try fleet.folder.write("hosts:\n  pc: { address: 127.0.0.1, port: 1 }\n", to: "inventory/hosts.yaml")
    }

    @Test(
        arguments: [
            ("package: hello, parameters: { nme: x }", "2:37: hello has no parameter \"nme\", did you mean \"name\"?"),
            ("package: helo", "2:16: unknown package \"helo\", did you mean \"hello\"?"),
            ("name: a, command: ls, needs: { hosts: pd }", "2:45: unknown host \"pd\", did you mean \"pc\"?"),
        ], [["tasks", "plan"], ["check"]])
    func refuses(problem: (text: String, message: String), words: [String]) throws {
        try fleet.folder.write("tasks:\n  - { \(problem.text) }\n", to: "tasks.yaml")
        let result = try fleet.run(words)
        #expect(result.status == 4 && result.error.contains("error: tasks.yaml:\(problem.message)"), "\(result.error)")
    }

    @Test func tellsABrokenPackageOnce() throws {
        try fleet.folder.write("tasks: [{ package: hello }]\n", to: "tasks.yaml")
        try fleet.folder.write("name: hello\n", to: "packages/hello/package.yaml")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.components(separatedBy: "error:").count == 2, "\(result.error)")
    }

    @Test func saysThatThereIsNoFile() throws {
        try FileManager.default.removeItem(atPath: fleet.folder.path + "/tasks.yaml")
        let result = try fleet.run("tasks", "plan")
        #expect(result.status == 4 && result.error.contains("has no tasks.yaml\nhint: write one"), "\(result.error)")
    }

    @Test func saysThatNobodyIsThere() throws {
        try fleet.folder.write("tasks: [{ package: hello }]\n", to: "tasks.yaml")
        let result = try fleet.run("tasks", "plan")
        #expect(result.status == 6 && result.error.contains("NO ACTIVE MACHINES"))
    }

    @Test func completesTheNamesOfTasks() throws {
        try fleet.folder.write("tasks: [{ name: sweep, command: ls }]\n", to: "tasks.yaml")
        try fleet.folder.write("tasks: [{ name: other, command: ls }]\n", to: "more.yaml")
        #expect(try fleet.run("--complete", "tasks", "plan", "").output == "sweep\n")
        #expect(try fleet.run("--complete", "tasks", "plan", "more.yaml", "o").output == "other\n")
    }
}
