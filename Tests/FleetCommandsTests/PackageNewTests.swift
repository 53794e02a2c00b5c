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

    /// Outside of the repository, with the Python of this machine alone.
    @Test func bringsAnExampleAlong() throws {
        let fleet = try FleetBinary.inProject()
        let made = try fleet.run("package", "new", "--from", "sweep-pi", "pi")
        #expect(made.status == 0 && made.output == "packages/pi/package.yaml\npackages/pi/pi.py\n", "\(made.error)")
        let result = try fleet.run("run", "pi", "--samples", "1000", "--seed", "7", "--json")
        let tasks = try #require(try result.json()["tasks"] as? [[String: Any]], "\(result.error)")
        let pi = (tasks.first?["metrics"] as? [String: Any])?["pi"] as? Double
        #expect(pi.map { abs($0 - .pi) < 0.3 } == true, "\(tasks)")
        for example in ["benchmark", "ask", "sweep-pi"] {
            #expect(try fleet.run("package", "new", "--from", example).status == 0)
            #expect(try fleet.run("package", "new", "--from", example).error.contains("is there already"))
        }
        #expect(try fleet.run("check").status == 0)
        #expect(try fleet.run("package", "new", "--from", "bench").error.contains("benchmark, ask, sweep-pi"))
        #expect(try fleet.run("package", "new", "--from", "ask", "--python").status == 2)
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
