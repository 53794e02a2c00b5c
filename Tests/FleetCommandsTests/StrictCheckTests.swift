import FleetConfig
import FleetTesting
import Foundation
import Testing

@testable import FleetArguments
@testable import FleetCommands

/// `fleet check` refuses what a build or a run would refuse, before anything is built or called.
@Suite struct StrictCheckTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary.inProject()
        try fleet.folder.write("#!/bin/sh\n", to: "packages/gap/work.sh")
    }

    private func declare(_ engine: String, _ more: String = "", name: String = "gap") throws {
        try fleet.folder.write(
            "name: \(name)\nversion: 1.0.0\nengines: { one: { methods: [native], \(engine) } }\n\(more)\n",
            to: "packages/gap/package.yaml")
    }

    /// - Parameter words: the command that refuses it, too.
    private func bothRefuse(_ reason: String, _ words: String...) throws {
        for words in [["check"], words] {
            let result = try fleet.run(words)
            #expect(result.status == 4 && result.error.contains(reason), "\(words): \(result.error)")
        }
    }

    @Test func aProgramWithoutItsPermission() throws {
        try declare("run: ./work.sh")
        try bothRefuse(
            "packages/gap/package.yaml: the engine one runs work.sh, which is not executable", "package", "gap")
        #expect(try fleet.run("check").error.contains("chmod +x packages/gap/work.sh"))
        try Program.run(["chmod", "+x", fleet.folder.path + "/packages/gap/work.sh"])
        #expect(try fleet.run("check").status == 0)
    }

    /// A program that an interpreter reads needs no permission.
    @Test func notAProgramOfAnInterpreter() throws {
        try declare("run: sh work.sh")
        #expect(try fleet.run("check").status == 0)
    }

    @Test func aProgramThatARuleLeavesOut() throws {
        try declare("run: ./work.sh", "exclude: ['*.sh']")
        try bothRefuse("the engine one runs work.sh, which is not in the package", "package", "gap")
    }

    @Test func aProgramThatTheIgnoreFileLeavesOut() throws {
        try declare("run: sh work.sh")
        try fleet.folder.write("*.sh\n", to: "packages/gap/.fleetignore")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("which is not in the package"), "\(result.error)")
    }

    @Test func requirementsThatAreNotThere() throws {
        try declare("run: sh work.sh, requirements: needs.txt")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("requires what needs.txt lists"), "\(result.error)")
    }

    @Test func notRequirementsThatABuildMakes() throws {
        try declare(
            "run: sh work.sh, requirements: made/needs.txt", "build: { run: sh make.sh, outputs: [made/needs.txt] }")
        #expect(try fleet.run("check").status == 0)
    }

    @Test func aNameThatTheFolderHasNot() throws {
        try declare("run: sh work.sh", name: "other")
        try bothRefuse("packages/gap/package.yaml: the package is named other, its folder gap", "package", "gap")
    }

    @Test func whatCanNotBePacked() throws {
        try declare("run: sh work.sh")
        try Program.run(["mkfifo", fleet.folder.path + "/packages/gap/pipe"])
        try bothRefuse("packages/gap: pipe is neither a file nor a link", "package", "gap")
    }

    @Test(arguments: ["name: timeout", "name: n, aliases: [hosts]"])
    func aParameterThatNobodyCouldGive(parameter: String) throws {
        let fields = parameter.split(separator: ",", maxSplits: 1).map(String.init)
        let name = fields[0].dropFirst("name: ".count)
        let rest = fields.dropFirst().first.map { ",\($0)" } ?? ""
        try declare("run: sh work.sh", "parameters: { \(name): { type: int, default: 1\(rest) } }")
        try bothRefuse("has the name of one of fleet's own options", "run", "gap")
    }

    @Test func allOptionsOfARunAreKnownToThoseWhoCheck() {
        let declared = ArgumentSet(RunPackage()).visibleNames.filter { $0.hasPrefix("--") }.map { $0.dropFirst(2) }
        #expect(Set(declared.map(String.init)) == Parameter.optionsOfRun)
    }

    /// It may be one of Slurm's nodes, so that it is no error.
    @Test func warnsOfATagThatNoHostHas() throws {
        try fleet.folder.write("hosts: { pc: { tags: [fast] } }\n", to: "inventory/hosts.yaml")
        try fleet.folder.write(
            "tasks:\n  - { name: a, command: ls, needs: { tags: [fast, fsat] } }\n", to: "tasks.yaml")
        let result = try fleet.run("check")
        #expect(
            result.status == 0
                && result.error.contains("warning: tasks.yaml:2:44: unknown tag \"fsat\", did you mean \"fast\"?"),
            "\(result.error)")
        let files = try fleet.run("check", "--json").json()["files"] as? [[String: Any]]
        let warnings = files?.first { $0["file"] as? String == "tasks.yaml" }?["warnings"] as? [String]
        #expect(warnings?.count == 1)
    }

    @Test func anInputThatIsNotThere() throws {
        try fleet.folder.write("tasks:\n  - { name: a, command: ls, inputs: [data.csv] }\n", to: "tasks.yaml")
        let result = try fleet.run("check")
        #expect(
            result.status == 4 && result.error.contains("the input file data.csv of a is not there"), "\(result.error)")
        try fleet.folder.write("", to: "data.csv")
        #expect(try fleet.run("check").status == 0)
    }

    /// Whoever misspells a key learns which ones there are, in every file and on every level.
    @Test(arguments: [
        ("inventory/hosts.yaml", "hots: {}", "hosts, defaults, groups"),
        ("inventory/hosts.yaml", "hosts: { a: { adress: b } }", "address, user, port"),
        ("inventory/hosts.yaml", "hosts: {}\ngroups: { g: { host: [] } }", "hosts"),
        ("inventory/hosts.yaml", "hosts: {}\nevents: [{ mqt: mqtt://b/t }]", "mqtt"),
        ("packages/gap/package.yaml", "nmae: gap", "name, version, description"),
        ("packages/gap/package.yaml", "name: gap\nversion: '1'\nengines: { one: { rum: ./a } }", "methods, run, arch"),
        (
            "packages/gap/package.yaml",
            "name: gap\nversion: '1'\nparameters: { n: { typ: int } }\nengines: { one: { methods: [native], run: ls } }",
            "type"
        ),
        ("tasks.yaml", "taks: []", "tasks"), ("tasks.yaml", "tasks: [{ comand: ls }]", "command"),
        ("tasks.yaml", "tasks: [{ name: a, command: ls, needs: { ram: 1G } }]", "memory, disk, cores"),
        ("tasks.yaml", "tasks: [{ command: ls, name: a, matrix: { x: [1], exlude: [{ x: 1 }] } }]", "include, exclude"),
    ]) func anUnknownKeyIsAnsweredWithTheValidOnes(file: String, text: String, keys: String) throws {
        try fleet.folder.write(text + "\n", to: file)
        let result = try fleet.run("check")
        let hint = result.error.split(separator: "\n").first { $0.contains("the keys that may stand here: ") }
        #expect(result.status == 4 && hint?.contains(keys) == true, "\(result.error)")
    }
}
