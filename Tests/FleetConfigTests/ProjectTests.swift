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
        #expect(written == ["packages/hello/package.yaml", "packages/hello/hello.sh", ".gitignore"])
    }
}
