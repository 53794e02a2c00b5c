import FleetTesting
import Foundation
import Testing

/// `fleet lab up --vm` as a person uses it.
@Suite(.serialized) struct MachineCommandTests {
    /// A project with such a lab, which goes down with it.
    final class Project: Sendable {
        let fleet: FleetBinary

        init(engines: String) throws {
            fleet = try FleetBinary.inProject()
            let up = try fleet.run("lab", "up", "--vm", "--engine", engines)
            try #require(up.status == 0, "\(up.error)")
        }

        deinit { _ = try? fleet.run("lab", "down") }

        func run(_ words: String...) throws -> FleetBinary.Result {
            try fleet.run(["--inventory", "inventory/lab.yaml"] + words)
        }
    }

    @Test(.enabled(if: MachineLab.isPossible(with: .docker, .podman)))
    func theHostsWorkAsAnyOthers() throws {
        let project = try Project(engines: "docker,podman,none")
        let check = try project.run("inventory", "check", "--json").json()
        let methods = try #require(check["hosts"] as? [[String: Any]]).map { $0["methods"] as? [String] ?? [] }
        #expect(methods.map { $0.filter { ["docker", "podman"].contains($0) } } == [["docker"], ["podman"], []])
        let names = try project.run("exec", "--json", "--", "hostname").output
        #expect(["lab-1", "lab-2", "lab-3"].allSatisfy { names.contains($0) })
        let status = try project.fleet.run("lab", "status", "--json").json()
        let hosts = try #require(status["hosts"] as? [[String: Any]])
        #expect(hosts.map { $0["engine"] as? String } == ["docker", "podman", "none"])
        #expect(hosts.allSatisfy { $0["running"] as? Bool == true })
        let second = try project.fleet.run("lab", "up", "--vm", "--engine", "docker,podman,none")
        #expect(second.status == 0 && second.error.contains("hosts up: 3"))
        #expect(try project.fleet.run("lab", "down").error.contains("3 hosts"))
        #expect(!FileManager.default.fileExists(atPath: project.fleet.folder.path + "/.fleet/lab"))
    }

    @Test(.enabled(if: MachineLab.isPossible()))
    func aPackageRunsInThem() throws {
        let project = try Project(engines: "none,none")
        let run = try project.run("run", "hello", "--json")
        #expect(run.status == 0, "\(run.output)\(run.error)")
        #expect(try project.run("exec", "--", "ls", ".fleet/packages").output.contains("hello"))
    }

    @Test(.enabled(if: MachineLab.isPossible(with: .docker, .podman)))
    func remembersTheImageThatAnEngineHas() throws {
        let project = try Project(engines: "docker,podman,none")
        let folder = project.fleet.folder
        try folder.write(
            """
            name: tiny
            version: 1.0.0
            engines:
              one: { methods: [docker, podman, native], run: ./busybox echo }
            image: { from: scratch }
            """, to: "packages/tiny/package.yaml")
        try Program.run(["cp", try Program.path("busybox"), "\(folder.path)/packages/tiny/busybox"])
        for _ in 0..<2 {
            let push = try project.run("push", "tiny", "--all", "--json").json()
            let ids = try #require(push["hosts"] as? [[String: Any]]).map {
                ($0["image"] as? [String: Any])?["id"] as? String
            }
            let images = try ["lab-1", "lab-2", "lab-3"].map { name in
                let shown = try project.run("inventory", "show", name, "--json").json()["state"] as? [String: Any]
                let packages = shown?["packages"] as? [String: [String: Any]]
                return packages?["tiny"]?["image"] as? String
            }
            #expect(images == [ids[0], ids[1], nil] && ids[0]?.hasPrefix("sha256:") == true)
            #expect(
                try project.run("inventory", "show", "lab-1").output.contains(images[0]?.dropFirst(7).prefix(12) ?? "?")
            )
        }
    }

    @Test(arguments: [
        ["--engine", "docker"], ["--vm", "--engine", "lxc"], ["--vm", "--hosts", "3", "--engine", "none,none"],
    ])
    func refusesWhatMakesNoSense(words: [String]) throws {
        let fleet = try FleetBinary.inProject()
        let result = try fleet.run(["lab", "up"] + words)
        #expect(result.status == 2, "\(result.error)")
        #expect(try fleet.run("lab", "status", "--json").output == "{\"hosts\":[]}\n")
    }

    @Test(.enabled(if: nobody("test -x \(FleetBinary.path)") != nil, "needs root and a fleet that all may run"))
    func saysThatItNeedsRoot() throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o777)
        let fleet = "HOME=\(folder.path) \(FleetBinary.path) --project \(folder.path)"
        try folder.write("hosts: {}\n", to: "inventory/hosts.yaml")
        #expect(nobody("\(fleet) lab up --vm 2>&1; true")?.contains("only root") == true)
    }
}

/// What a line of the shell writes when the user nobody runs it; nil when it fails.
private func nobody(_ line: String) -> String? {
    guard getuid() == 0 else { return nil }
    return try? Program.text(["su", "nobody", "-s", "/bin/sh", "-c", line])
}
