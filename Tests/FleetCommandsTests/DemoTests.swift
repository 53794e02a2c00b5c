import FleetTesting
import Testing

/// The demo where there is no project, as after an installation.
@Suite struct DemoTests {
    /// What the environment names are somebody's real hosts.
    @Test func playsOnItsOwnHostsAlone() throws {
        var fleet = try FleetBinary()
        try fleet.folder.write("hosts: { real: { address: 127.0.0.1, port: 1 } }\n", to: "hosts.yaml")
        fleet.environment["FLEET_INVENTORY"] = fleet.folder.path + "/hosts.yaml"
        let result = try fleet.run("demo", "--hosts", "2")
        #expect(result.status == 0 && result.output.contains("lab-1"), "\(result.error)")
        // It ends with what works, and with what comes next where there is no project.
        let scenes = result.error.split(separator: "\n").filter { $0.hasPrefix("$ fleet") || $0.hasPrefix("(exit") }
        #expect(scenes.last == "$ fleet ping" && result.error.hasSuffix("  fleet init\n  fleet host add\n"))
        #expect(!result.output.contains("real") && !result.error.contains("real:"), "\(result.error)")
    }

    @Test func playsInNoProjectThatIsNotThere() throws {
        let result = try FleetBinary().run("--project", "elsewhere", "demo")
        #expect(result.status != 0 && result.error.contains("elsewhere"), "\(result.error)")
    }
}
