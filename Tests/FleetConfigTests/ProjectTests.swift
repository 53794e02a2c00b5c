import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetConfig

@Suite struct ProjectTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func findsTheNearestFolderUpwards() throws {
        try folder.write("", to: "inventory/hosts.yaml")
        try folder.write("", to: "packages/a/b/c")
        #expect(try Project.nearest(to: folder.path + "/packages/a/b").folder == folder.path)
    }

    @Test func saysHowToMakeAProject() {
        let error = #expect(throws: ConfigError.self) { try Project.nearest(to: folder.path) }
        #expect(error?.code == .noProject)
        #expect(error?.hint?.text(in: .english).contains("`fleet init`") == true)
    }

    @Test func createsAnInventoryThatReads() throws {
        let project = try Project.create(at: folder.path + "/new").project
        let hosts = try project.inventory(home: "/home/ana").hosts
        #expect(hosts.map(\.name.text) == ["localhost"] && hosts[0].transport == .local)
    }

    @Test func createsAPackageThatReads() throws {
        let project = try Project.create(at: folder.path).project
        #expect(try PackageFile(file: project.packageFile("hello")).parameters.map(\.name) == ["name"])
    }

    @Test func createsAWorkerThatKeepsTheContract() throws {
        let project = try Project.create(at: folder.path).project
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [project.packagesFolder + "/hello/hello.sh", "--name", "año"]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        shell.standardOutput = Pipe()
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(try folder.read("out/metrics.json").hasPrefix("{\"bytes\": "))
    }

    /// Each example of the files alone, each piece of a block with its head, and all of them at once.
    @Test(arguments: [Language.english, .spanish])
    func everyExampleOfANewProjectIsValid(language: Language) throws {
        for file in ["inventory/hosts.yaml", "tasks.yaml"] {
            let project = try Project.create(at: "\(folder.path)/\(UUID())", in: language).project
            let text = try String(contentsOfFile: "\(project.folder)/\(file)", encoding: .utf8)
            let examples = Examples(text)
            #expect(examples.choices.count > 10)
            for choice in examples.choices {
                let changed = examples.text(with: choice)
                try changed.write(toFile: "\(project.folder)/\(file)", atomically: true, encoding: .utf8)
                #expect(throws: Never.self, "\(changed)") {
                    let inventory = try project.inventory(home: "/home/ana")
                    _ = try project.checkTasks(project.tasks(), inventory: inventory)
                }
            }
        }
    }

    /// A host that is added comes behind the last one, and leaves the examples to whom they belong.
    @Test func examplesStayWhereTheyAre() throws {
        let project = try Project.create(at: folder.path).project
        var editor = try HostsFileEditor(file: project.hostsFile, paths: PathBase(folder: folder.path, home: "/"))
        try editor.add(HostDraft(name: try HostName("pc")))
        let all = Examples(editor.text)
        let inventory = try HostsFileEditor(
            parsing: all.text(with: Set(all.lines)), file: "hosts.yaml", paths: PathBase(folder: folder.path, home: "/")
        ).inventory
        #expect(inventory.hosts.map(\.name.text) == ["worker-01", "localhost", "pc"])
        #expect(inventory.hosts[1].slots == 2 && inventory.hosts[2].slots == nil)
    }

    @Test func namesFilesFromItsFolder() throws {
        try folder.write("hots: {}", to: "inventory/hosts.yaml")
        let message = problem { try Project(folder: folder.path).inventory(home: "/") }
        #expect(message == "inventory/hosts.yaml:1:1: unknown key \"hots\", did you mean \"hosts\"?")
    }

    @Test func namesTheNearestPackage() throws {
        let project = try Project.create(at: folder.path).project
        #expect(problem { try project.package("helo") } == "unknown package \"helo\", did you mean \"hello\"?")
    }

    @Test func overwritesNothing() throws {
        try folder.write("mine", to: "inventory/hosts.yaml")
        let written = try Project.create(at: folder.path).written
        #expect(try folder.read("inventory/hosts.yaml") == "mine")
        #expect(written == ["tasks.yaml", "packages/hello/package.yaml", "packages/hello/hello.sh", ".gitignore"])
    }
}

/// The examples of a file: lines that begin with `#` and no single blank behind it.
private struct Examples {
    private let all: [String]
    /// Where they are.
    let lines: [Int]

    init(_ text: String) {
        let all = text.components(separatedBy: "\n")
        self.all = all
        lines = all.indices.filter { index in
            let line = all[index].drop { $0 == " " }
            let rest = line.dropFirst()
            return line.first == "#" && !rest.isEmpty && (rest.first != " " || rest.hasPrefix("  "))
        }
    }

    /// Which of them are taken at once.
    var choices: [Set<Int>] {
        var choices: [Set<Int>] = [Set(lines)]
        for line in lines {
            var chosen: Set = [line]
            // A line that stands deeper needs those above it.
            var (depth, above) = (depth(line), line - 1)
            while depth > 0, lines.contains(above) {
                if self.depth(above) < depth {
                    chosen.insert(above)
                    depth = self.depth(above)
                }
                above -= 1
            }
            // The first line of a task says only how it is called.
            for head in chosen where all[head].contains("#- name:") { chosen.insert(head + 1) }
            choices.append(chosen)
            choices.append(chosen.union(lines.filter { $0 >= (chosen.min() ?? line) && $0 <= line }))
        }
        return choices
    }

    func text(with chosen: Set<Int>) -> String {
        all.indices.map { index in
            guard chosen.contains(index), let mark = all[index].firstIndex(of: "#") else { return all[index] }
            return String(all[index][..<mark] + all[index][all[index].index(after: mark)...])
        }.joined(separator: "\n")
    }

    /// How many blanks stand behind the mark.
    private func depth(_ line: Int) -> Int {
        all[line].drop { $0 == " " }.dropFirst().prefix { $0 == " " }.count
    }
}
