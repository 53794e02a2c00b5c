import FleetTesting
import Foundation
import Testing

/// `fleet package new`: what it writes is built and runs on this machine at once.
@Suite(.serialized) struct PackageNewTests {
    @Test(arguments: ["", "--python", "--native", "--image"])
    func runsAsItIs(kind: String) throws {
        let fleet = try FleetBinary.inProject()
        let made = try fleet.run(["package", "new", "greet"] + (kind.isEmpty ? [] : [kind]))
        #expect(made.status == 0 && made.output.hasPrefix("packages/greet/package.yaml\n"), "\(made.error)")
        let built = try fleet.run("package", "greet")
        #expect(built.status == 0, "\(built.error)")
        let result = try fleet.run("run", "greet", "--name", "ana", "--json")
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]], "\(result.error)")
        #expect(tasks.map { ($0["metrics"] as? [String: Any])?["bytes"] as? Int } == [3], "\(tasks)")
        #expect(try fleet.run("check").status == 0)
    }

    @Test func refusesWhatIsThereAndWhatIsNoName() throws {
        let fleet = try FleetBinary.inProject()
        let there = try fleet.run("package", "new", "hello")
        #expect(there.status == 4 && there.error.contains("the package hello is there already"))
        #expect(try fleet.run("package", "new", "../evil").error.contains("can't be the name of a package"))
        #expect(try fleet.run("package", "new", "a", "--python", "--image").status == 2)
        #expect(try fleet.run("package", "new").status == 2)
        #expect(try fleet.run("--lang", "es", "package", "new", "--help").output.contains("USO"))
    }
}
