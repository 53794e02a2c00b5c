import FleetTesting
import Foundation
import Testing

/// `fleet package --list-files`, and what is refused before anything runs.
@Suite struct PackageFilesTests {
    private let fleet: FleetBinary

    init() throws {
        fleet = try FleetBinary()
        let package = """
            name: demo
            version: 1.0.0
            engines: { sh: { methods: [native], run: sh go.sh } }
            exclude: ["*.bin", "!keep~"]
            """
        try fleet.folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        let files = [
            "package.yaml": package, "go.sh": "", ".env": "", "build/settings": "", "__pycache__/a.pyc": "",
            "keep~": "",
            "other~": "", "a.bin": "", "notes/a": "", ".fleetignore": "notes/\n",
        ]
        for (name, text) in files { try fleet.folder.write(text, to: "packages/demo/" + name) }
    }

    @Test func listsWhatIsInAndWhatIsOut() throws {
        let result = try fleet.run("package", "--list-files")
        #expect(result.status == 0 && result.error.isEmpty)
        #expect(
            result.output == """
                demo: 5 files are in it
                  .env
                  build/settings
                  go.sh
                  keep~
                  package.yaml
                demo: left out
                  .fleetignore  (default: .fleetignore)
                  __pycache__/  (default: __pycache__/)
                  a.bin  (exclude: *.bin)
                  notes/  (.fleetignore:1: notes/)
                  other~  (default: *~)

                """)
    }

    /// The faulty package tells where its fault is, and the other is listed.
    @Test func listsPackagesBesideAFaultyOne() throws {
        try fleet.folder.write("name: broken\nvesion: 1\n", to: "packages/broken/package.yaml")
        let result = try fleet.run("package", "--list", "--json")
        #expect(result.status == 4 && result.error.contains("package.yaml:2:1: unknown key"), "\(result)")
        #expect(result.output.contains("\"name\":\"demo\"") && result.output.contains("\"name\":\"broken\""))
    }

    @Test func listsBothAsJSON() throws {
        let result = try fleet.run("package", "demo", "--list-files", "--json")
        #expect(
            result.output == """
                {"packages":[{"files":[".env","build/settings","go.sh","keep~","package.yaml"],"left_out":[\
                {"from":"default","path":".fleetignore","rule":".fleetignore"},\
                {"from":"default","path":"__pycache__/","rule":"__pycache__/"},\
                {"from":"exclude","path":"a.bin","rule":"*.bin"},\
                {"from":".fleetignore:1","path":"notes/","rule":"notes/"},\
                {"from":"default","path":"other~","rule":"*~"}],"name":"demo"}]}

                """)
    }

    /// A local run leaves caches; the sources are the same, and so is the version.
    @Test func makesNoVersionOfCaches() throws {
        let first = try fleet.run("package", "demo", "--json")
        try fleet.folder.write("more", to: "packages/demo/__pycache__/b.pyc")
        #expect(try fleet.run("package", "demo", "--json").output == first.output)
        try fleet.folder.write("more", to: "packages/demo/build/settings")
        #expect(try fleet.run("package", "demo", "--json").output != first.output)
    }

    @Test(arguments: [["exec", "--timeout", "0", "--all", "true"], ["run", "demo", "--timeout", "0s", "--all"]])
    func refusesATimeLimitOfNothing(words: [String]) throws {
        let result = try fleet.run(words)
        #expect(result.status == 2 && result.error.contains("is no time limit: it must be more than 0"))
    }
}
