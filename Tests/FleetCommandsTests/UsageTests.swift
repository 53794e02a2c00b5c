import Foundation
import Testing

@Suite struct UsageTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary() }

    @Test func aloneItShowsItsHelp() throws {
        let result = try fleet.run()
        #expect(result.status == 0 && result.output.contains("SUBCOMMANDS") && result.error.isEmpty)
    }

    @Test func suggestsTheNearestCommand() throws {
        let result = try fleet.run("inventroy")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.error.contains("unknown subcommand \"inventroy\", did you mean \"inventory\"?"))
    }

    @Test(arguments: [
        (["push", "--all", "--limit-rate", "0"], "the rate must be at least 1 byte a second"),
        (["push", "--all", "--serial", "0"], "a batch needs at least 1 host"),
        (["push", "--all", "--serial", "0%"], "a batch needs at least 1 host"),
        (["push", "--all", "-j", "0"], "the number of hosts at once must be at least 1"),
        (["push", "--all", "--max-failures", "1"], "--max-failures works only with --serial"),
        (["exec", "-j", "0", "true"], "the number of hosts at once must be at least 1"),
        (["prune", "--all", "--keep", "0"], "at least 1 version must stay"), (["prune"], "on which hosts?"),
        (["tasks", "run", "--verify", "1"], "results can be compared from 2 hosts on, not 1"),
        (["tasks", "run", "--all", "--engine", "slurm", "--login", "a"], "Slurm chooses the nodes"),
        (["tasks", "run", "--engine", "slurm", "--login", "a", "--sbatch-option", "x"], "sbatch takes options"),
        (["host", "prepare", "a"], "what should the hosts get?"), (["runs", "-n", "0"], "a list needs a length"),
        (["host", "add", "a", "--slots", "0"], "a host has 1 to 10000 slots"),
    ]) func refusesWhatMakesNoSense(words: [String], problem: String) throws {
        let fleet = try FleetBinary.inProject()
        let result = try fleet.run(words)
        #expect(result.status == 2 && result.error.contains(problem), "\(result.error)")
        #expect(!FileManager.default.fileExists(atPath: fleet.folder.path + "/.fleet/ledger.sqlite"))
    }

    @Test func saysHowToMakeAProject() throws {
        for words in [["inventory", "list"], ["runs"], ["ping"], ["host", "pin", "a"]] {
            let result = try fleet.run(words)
            #expect(result.status == 4 && result.error.contains("fleet init"))
        }
    }

    @Test func saysHowToMakeANamedProject() throws {
        let result = try fleet.run("--project", "there", "ping")
        #expect(result.status == 4 && result.error.contains("/there\n") && result.error.contains("fleet init /"))
    }

    @Test func speaksTheLanguageOfTheLocale() throws {
        #expect(try fleet.run("inventroy", language: "es_ES.UTF-8").error.contains("¿querías decir «inventory»?"))
    }

    /// Who reads standard output as JSON never finds anything else there.
    @Test(arguments: ["", "inventory", "host", "tasks", "lab"]) func aNounAloneIsAnErrorInJSON(noun: String) throws {
        let result = try fleet.run((noun.isEmpty ? [] : [noun]) + ["--json"])
        let error = try #require(try result.json()["error"] as? [String: Any])
        #expect(result.status == 2 && error["message"] as? String == "which subcommand?", "\(result.output)")
    }

    @Test(arguments: [["--help"], ["tasks", "--help"], ["run", "-h"], ["version"], ["completion", "bash"]])
    func whatIsAskedOfFleetItselfIsJSONToo(words: [String]) throws {
        let result = try fleet.run(words + ["--json"])
        #expect(try result.json().count == 1 && result.status == 0)
    }

    @Test func alsoWhereNothingIsLeftThereIsJSON() throws {
        let fleet = try FleetBinary.inProject()
        #expect((try fleet.run("lab", "down", "--json").json()["hosts"] as? [Any])?.isEmpty == true)
        #expect(try fleet.run("demo", "--json").json()["error"] != nil)
    }

    @Test func aUnitThatIsOnlyShownIsJSONToo() throws {
        let fleet = try FleetBinary.inProject()
        let unit = try fleet.run("schedule", "install", "--print", "--json").json()
        #expect((unit["text"] as? String)?.contains("[Unit]") == true && unit["unit"] is String)
    }

    @Test(arguments: [["a b"], ["pc", "x y", "--no-check"], ["pc", "-oProxyCommand=x", "--no-check"]])
    func saysWhatAHostMayBeCalled(words: [String]) throws {
        let fleet = try FleetBinary.inProject()
        let result = try fleet.run(["host", "add"] + words)
        #expect([2, 4].contains(result.status), "\(result.error)")
        #expect(
            result.error.contains("use letters, digits") || result.error.contains("IP address")
                || result.error.contains("option"), "\(result.error)")
        #expect(!(try fleet.folder.read("inventory/hosts.yaml")).contains("x y"))
    }

    @Test func tellsItsVersion() throws {
        #expect(try fleet.run("--version").output.hasPrefix("fleet "))
        #expect(try fleet.run("version").output.hasPrefix("fleet "))
        #expect(try fleet.run("--help").output.contains("--version"))
    }
}

@Suite struct CompletionCommandTests {
    @Test(arguments: ["bash", "zsh", "fish"]) func printsAScript(shell: String) throws {
        #expect(try FleetBinary().run("completion", shell).output.contains("fleet --complete"))
    }

    @Test func completesHostsGroupsPackagesAndParameters() throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write("hosts: { a: , b: }\ngroups: { lab: { hosts: [a] } }\n", to: "inventory/hosts.yaml")
        #expect(try fleet.run("--complete", "host", "pin", "").output == "a\nb\n")
        #expect(try fleet.run("--complete", "ping", "--group", "").output == "lab\n")
        #expect(try fleet.run("--complete", "run", "").output == "hello\n")
        #expect(try fleet.run("--complete", "run", "hello", "--na").output == "--name\twhom to greet\n")
    }

    @Test func completesEnginesAndLanguages() throws {
        let fleet = try FleetBinary.inProject()
        #expect(try !fleet.run("--complete", "run", "hello", "--engine", "").output.isEmpty)
        #expect(try fleet.run("--complete", "run", "nope", "--engine", "").output.isEmpty)
        #expect(try fleet.run("--complete", "--lang", "").output == "en\nes\n")
        #expect(try fleet.run("--complete", "--lang=e").output == "--lang=en\n--lang=es\n")
        #expect(try fleet.run("--complete", "ping", "--lang", "").output == "en\nes\n")
    }

    @Test func saysNothingWithoutAProject() throws {
        let result = try FleetBinary().run("--complete", "host", "pin", "")
        #expect(result.status == 0 && result.output.isEmpty && result.error.isEmpty)
    }

    @Test func saysNothingAboutADamagedProject() throws {
        let fleet = try FleetBinary()
        try fleet.folder.write("hosts: [", to: "inventory/hosts.yaml")
        let result = try fleet.run("--complete", "host", "pin", "")
        #expect(result.status == 0 && result.output.isEmpty && result.error.isEmpty)
    }
}
