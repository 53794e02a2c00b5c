import FleetTesting
import Foundation
import Testing

@Suite struct InitTests {
    @Test func printsWhatItWroteAndWhatIsNext() throws {
        let fleet = try FleetBinary()
        let result = try fleet.run("init", "here")
        #expect(result.status == 0 && result.output.hasPrefix("here/inventory/hosts.yaml\n"))
        #expect(result.error.contains("\n  cd here\n  fleet host add"))
    }

    @Test(arguments: [".", "../{}", "./"]) func doesNotSendAnybodyWhereTheyAre(place: String) throws {
        let fleet = try FleetBinary()
        let name = fleet.folder.path.split(separator: "/").last.map(String.init) ?? ""
        let result = try fleet.run("init", place.replacing("{}", with: name))
        #expect(result.status == 0 && !result.error.contains("cd "), "\(result.error)")
    }

    @Test func printsNoPathWithDots() throws {
        let result = try FleetBinary().run("init", ".")
        #expect(result.output.hasPrefix("inventory/hosts.yaml\n") && !result.error.contains("/.\n"), "\(result.error)")
        #expect(try FleetBinary().run("init", "./a//b/").output.hasPrefix("a/b/inventory/hosts.yaml\n"))
    }

    @Test func refusesAFolderWithoutAName() throws {
        let fleet = try FleetBinary()
        #expect(try fleet.run("init", "").status == 2)
        #expect(!FileManager.default.fileExists(atPath: fleet.folder.path + "/inventory"))
    }

    @Test func tellsOfAProjectAroundIt() throws {
        let fleet = try FleetBinary.inProject()
        let inner = try fleet.run("init", "sub")
        #expect(
            inner.status == 0 && inner.error.contains("it lies in the project \(fleet.folder.path):"), "\(inner.error)")
        #expect(try !fleet.run("init").error.contains("it lies in"))
    }

    @Test(arguments: ["./work.sh", "sh work.sh", "python3 ./work.py --fast"])
    func tellsOfAProgramThatIsNotThere(run: String) throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write(
            "name: gap\nversion: 1.0.0\nengines: { one: { methods: [native], run: \(run) } }\n",
            to: "packages/gap/package.yaml")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("packages/gap/package.yaml: the engine one runs work."))
        try fleet.folder.write("", to: "packages/gap/work.sh")
        try fleet.folder.write("", to: "packages/gap/work.py")
        try Program.run(["chmod", "+x", fleet.folder.path + "/packages/gap/work.sh"])
        #expect(try fleet.run("check").status == 0)
    }

    @Test func makesAProjectThatChecks() throws {
        let result = try FleetBinary.inProject().run("check")
        #expect(result.status == 0 && result.output.contains("inventory/hosts.yaml: good"))
    }

    @Test func changesNothingTheSecondTime() throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        let result = try fleet.run("init")
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try fleet.folder.read("inventory/hosts.yaml") == "hosts: {}\n")
    }
}

@Suite struct InventoryCommandTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary()
        let hosts = """
            defaults: { user: ana }
            hosts:
              pc: { address: 192.0.2.7, port: 2222, tags: [fast] }
              vps:
            groups:
              home: { hosts: [pc], slots: 8 }

            """
        try fleet.folder.write(hosts, to: "inventory/hosts.yaml")
    }

    @Test func listsHostsInTheirOrder() throws {
        let lines = try fleet.run("inventory", "list").output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains("pc    ana@192.0.2.7:2222  ssh        home    fast      8"))
        #expect(lines[2].contains("vps   ana@vps:22"))
    }

    @Test func listsTheSelectedHosts() throws {
        let hosts = try #require(
            try fleet.run("inventory", "list", "--group", "home", "--json").json()["hosts"] as? [Any])
        #expect(hosts.count == 1)
    }

    @Test func showsWhereEachSettingComesFrom() throws {
        let output = try fleet.run("inventory", "show", "pc").output
        #expect(output.contains("inventory/hosts.yaml:1:13"))
        #expect(output.contains("inventory/hosts.yaml:6:24 (home)"))
        #expect(output.contains("ana@192.0.2.7:2222"))
    }

    @Test func suggestsTheNearestHost() throws {
        let result = try fleet.run("inventory", "show", "pcc")
        #expect(result.status == 4 && result.error.contains("did you mean \"pc\"?"))
    }

    @Test func saysWhatIsWrongInAFile() throws {
        try fleet.folder.write("hots: {}\n", to: "inventory/hosts.yaml")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains("inventory/hosts.yaml:1:1: unknown key \"hots\""))
    }
}

@Suite struct InventoryImportTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary()
        try fleet.folder.write("hosts:\n  a: { address: 192.0.2.1 } # mine\n", to: "inventory/hosts.yaml")
        let workers = """
            {"workers": [{"id": "a", "ip": "192.0.2.9"}, {"id": "worker-02", "ip": "192.0.2.2", "port": 5000}]}
            """
        try fleet.folder.write(workers, to: "workers.json")
    }

    @Test(arguments: [
        ("from: jaba", "the image's base jaba can't be read"), ("build: Dockerfile", "there is no Dockerfile to build"),
    ])
    func checksWhatAnImageStandsOn(image: String, reason: String) throws {
        let fleet = try FleetBinary.inProject()
        try fleet.folder.write(
            """
            name: boxed
            version: 1.0.0
            engines:
              sh: { methods: [docker], run: sh work.sh, image: { \(image) } }
            """, to: "packages/boxed/package.yaml")
        let result = try fleet.run("check")
        #expect(result.status == 4 && result.error.contains(reason), "\(result.error)")
    }

    @Test func addsWhatIsNewAndTellsWhatDiffers() throws {
        let result = try fleet.run("inventory", "import", "workers.json")
        #expect(result.output.contains("+ worker-02  192.0.2.2"))
        #expect(result.output.contains("! a          address is 192.0.2.1 here and 192.0.2.9 in the file"))
        #expect(result.error.contains("port 5000 is the worker's HTTP port"))
        let text = try fleet.folder.read("inventory/hosts.yaml")
        #expect(text.contains("a: { address: 192.0.2.1 } # mine") && text.contains("worker-02:"))
    }

    @Test func writesNothingOnADryRun() throws {
        let before = try fleet.folder.read("inventory/hosts.yaml")
        let result = try fleet.run("inventory", "import", "workers.json", "--dry-run", "--json")
        #expect(try result.json()["added"] as? [String] == ["worker-02"])
        #expect(try fleet.folder.read("inventory/hosts.yaml") == before)
    }

    @Test func addsNothingTheSecondTime() throws {
        _ = try fleet.run("inventory", "import", "workers.json")
        let answer = try fleet.run("inventory", "import", "workers.json", "--json").json()
        #expect(answer["added"] as? [String] == [] && answer["present"] as? [String] == ["worker-02"])
    }

    @Test func refusesAnUnknownKind() throws {
        #expect(try fleet.run("inventory", "import", "workers.json", "--kind", "xml").status == 2)
    }
}

@Suite struct RunsCommandTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary.inProject() }

    @Test func tellsThatNothingWasRun() throws {
        #expect(try fleet.run("runs").status == 0)
        #expect(try fleet.run("runs", "--json").output == "{\"runs\":[]}\n")
        #expect(try fleet.run("logs", "last").status == 2)
        #expect(!FileManager.default.fileExists(atPath: fleet.folder.path + "/.fleet/ledger.sqlite"))
    }

    @Test func showsARunAndItsLogs() throws {
        #expect(try fleet.run("run", "hello", "--name", "Ada").status == 0)
        let runs = try #require(try fleet.run("runs", "--json").json()["runs"] as? [[String: Any]])
        let id = try #require(runs.first?["run"] as? String)
        let shown = try fleet.run("runs", "show", String(id.prefix(12)), "--json").json()
        let task = try #require((shown["tasks"] as? [[String: Any]])?.first)
        #expect(task["host"] as? String == "localhost" && task["state"] as? String == "done")
        #expect((task["metrics"] as? [String: Int])?["bytes"] == 3)
        #expect(try fleet.run("logs", "last").output.hasPrefix("hello, Ada, from "))
        #expect(try fleet.run("logs", id, "--host", "nobody").status == 2)
    }

    @Test func saysThatARunHasEndedAlready() throws {
        #expect(try fleet.run("run", "hello").status == 0)
        let result = try fleet.run("runs", "cancel", "last")
        #expect(result.status == 0 && result.error.hasSuffix(" has ended already\n"), "\(result.error)")
    }

    @Test func suggestsTheNearestRun() throws {
        #expect(try fleet.run("run", "hello").status == 0)
        let result = try fleet.run("runs", "show", "1999")
        #expect(result.status == 2 && result.error.contains("unknown run \"1999\""))
    }
}
