import FleetTesting
import Foundation
import Testing

/// versions, rollback, prune and verify, on this machine as the host.
@Suite struct ReleaseCommandTests {
    private let fleet: FleetBinary
    private var root: String { fleet.folder.path + "/host" }

    init() throws {
        fleet = try FleetBinary.inProject()
        try fleet.folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(fleet.folder.path)/host }\n",
            to: "inventory/hosts.yaml")
        try fleet.folder.write(
            """
            name: demo
            version: 1.0.0
            engines:
              sh: { methods: [native], run: cat text }
            """, to: "packages/demo/package.yaml")
    }

    @discardableResult
    private func push(_ text: String) throws -> String {
        try fleet.folder.write(text, to: "packages/demo/text")
        let hosts = try #require(try json("push", "demo", "--all")["hosts"] as? [[String: Any]])
        return try #require(hosts.first?["to"] as? String)
    }

    private func json(_ words: String..., status: Int32 = 0) throws -> [String: Any] {
        let result = try fleet.run(words + ["--json"])
        #expect(result.status == status, "\(result.output) \(result.error)")
        return try result.json()
    }

    private func host(_ object: [String: Any]) throws -> [String: Any] {
        try #require((object["hosts"] as? [[String: Any]])?.first)
    }

    private var current: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: root + "/packages/demo/current")
    }

    @Test func showsWhoIsBehind() throws {
        let first = try push("one")
        try fleet.folder.write("two", to: "packages/demo/text")
        #expect(try fleet.run("package", "demo").status == 0)
        let host = try host(try json("versions"))
        let package = try #require((host["packages"] as? [String: [String: Any]])?["demo"])
        #expect(package["current"] as? String == first && package["behind"] as? Bool == true)
        #expect(try fleet.run("versions").output.contains("  demo\n"))
    }

    @Test func goesBackAndForth() throws {
        let (first, second) = (try push("one"), try push("two"))
        let way = try host(try json("rollback", "demo", "--all"))
        #expect(way["from"] as? String == second && way["to"] as? String == first && current == first)
        #expect(try host(try json("rollback", "demo", "--all"))["to"] as? String == second)
        #expect(try host(try json("rollback", "demo", first, "--all"))["to"] as? String == first)
        #expect(try fleet.run("rollback", "demo", "9.9", "--all").status == 3)
        #expect(try fleet.run("rollback", "demo").status == 2)
        #expect(current == first)
    }

    @Test(arguments: [["rollback", "dmo", "--all"], ["verify", "dmo"], ["versions", "dmo"]]) func suggestsThePackage(
        words: [String]
    ) throws {
        let result = try fleet.run(words)
        #expect(result.status == 4 && result.output.isEmpty, "\(result.output)")
        #expect(result.error.contains("unknown package \"dmo\", did you mean \"demo\"?"), "\(result.error)")
    }

    /// What can't be done is told by its own class, and in the reader's language.
    @Test func tellsWhyItCanNotGoBack() throws {
        try push("one")
        let failure = try #require(
            try host(try json("rollback", "demo", "--all", status: 3))["failure"] as? [String: Any])
        #expect(failure["class"] as? String == "rollback")
        #expect(failure["message"] as? String == "there is no earlier version of demo there")
        #expect(try fleet.run("--lang", "es", "rollback", "demo", "--all").error.contains("ninguna versión anterior"))
    }

    /// A container engine that takes every call and answers none.
    @Test func removesFilesThoughAnEngineDoesNotAnswer() throws {
        let version = try push("one")
        try fleet.folder.write("#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1; done\n", to: "bin/podman")
        try Program.run(["chmod", "+x", fleet.folder.path + "/bin/podman"])
        try fleet.folder.write("", to: "host/images/podman/demo/\(version)")
        var fleet = fleet
        fleet.environment["PATH"] = "\(fleet.folder.path)/bin:/usr/bin:/bin"
        let result = try fleet.run("prune", "demo", "--all", "--keep", "0")
        #expect(result.status == 0 && result.output.contains(version), "\(result.error)")
        #expect(result.error.contains("podman does not answer on the host"), "\(result.error)")
        #expect(!FileManager.default.fileExists(atPath: root + "/packages/demo"))
    }

    /// Each question would take as long as the first.
    @Test func asksAnEngineThatDoesNotAnswerOnce() throws {
        for name in ["demo", "other"] {
            try fleet.folder.write(
                """
                name: \(name)
                version: 1.0.0
                engines: { sh: { methods: [podman, native], run: ./work } }
                image: { from: scratch }
                """, to: "packages/\(name)/package.yaml")
            try fleet.folder.write("", to: "packages/\(name)/work")
            try Program.run(["chmod", "+x", "\(fleet.folder.path)/packages/\(name)/work"])
        }
        try fleet.folder.write(
            "#!/bin/sh\necho >>\(fleet.folder.path)/calls\nwhile :; do sleep 1; done\n", to: "bin/podman")
        try Program.run(["chmod", "+x", fleet.folder.path + "/bin/podman"])
        var fleet = fleet
        fleet.environment["PATH"] = "\(fleet.folder.path)/bin:/usr/bin:/bin"
        let result = try fleet.run("push", "demo", "other", "--all")
        // Nobody has asked for podman: `inventory check` tells of it.
        #expect(result.status == 0 && !result.error.contains("podman does not answer"), "\(result.error)")
        #expect(try fleet.folder.read("calls") == "\n")
    }

    @Test func verifiesNothingWhereNothingIs() throws {
        let result = try fleet.run("verify", "demo")
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
        #expect(result.error.contains("these hosts have nothing of the package"), "\(result.error)")
    }

    @Test func keepsTheNewestAndTheCurrent() throws {
        let versions = try ["one", "two", "three", "four"].map { try push($0) }
        _ = try json("rollback", "demo", versions[0], "--all")
        let planned = try host(try json("prune", "--keep", "2", "--all", "--dry-run"))
        #expect((planned["removed"] as? [Any])?.count == 2)
        let removed = try #require(try host(try json("prune", "--keep", "2", "--all"))["removed"] as? [[String: Any]])
        #expect(Set(removed.compactMap { $0["version"] as? String }) == [versions[1], versions[2]])
        let left = try FileManager.default.contentsOfDirectory(atPath: root + "/packages/demo").filter {
            $0 != "current"
        }
        #expect(Set(left.filter { !$0.hasPrefix(".") }) == [versions[0], versions[3]])
        #expect(current == versions[0])
        #expect(try fleet.run("prune", "--keep", "2", "--all").error.contains("nothing to remove"))
    }

    @Test func removesAWholePackage() throws {
        for text in ["one", "two"] { try push(text) }
        #expect(try fleet.run("prune", "--keep", "0", "--all").status == 2)
        // It has left the project.
        try FileManager.default.removeItem(atPath: fleet.folder.path + "/packages/demo")
        let planned = try host(try json("prune", "demo", "--keep", "0", "--all", "--dry-run"))
        #expect((planned["removed"] as? [Any])?.count == 2)
        #expect(current != nil)
        // A job that is not home uses what it runs.
        try fleet.folder.write("{\"version\":\"\(try #require(current))\"}", to: "host/runs/job/job.json")
        let kept = try host(try json("prune", "demo", "--keep", "0", "--all"))
        #expect((kept["removed"] as? [Any])?.count == 1 && (kept["used"] as? [Any])?.count == 1)
        #expect(current != nil)
        try FileManager.default.removeItem(atPath: root + "/runs/job")
        // What pushes and commands that were killed have left.
        for left in ["incoming/demo@1", "packages/demo/.gone.1", "packages/demo/9.9"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(left)", withIntermediateDirectories: true)
        }
        #expect((try host(try json("prune", "demo", "--keep", "0", "--all"))["removed"] as? [Any])?.count == 1)
        for left in ["packages/demo", "incoming/demo@1"] {
            #expect(!FileManager.default.fileExists(atPath: "\(root)/\(left)"))
        }
        #expect(!(try fleet.folder.read("inventory/state.json")).contains("demo"))
        #expect(try json("prune", "demo", "--master", "--keep", "0")["master"] != nil)
        let here = try FileManager.default.contentsOfDirectory(atPath: fleet.folder.path + "/.fleet/packages/demo")
        #expect(!here.contains { $0.hasSuffix(".tar.zst") }, "\(here)")
    }

    @Test func removesFromThisMachineWhatNoHostHas() throws {
        try fleet.folder.write(
            "hosts:\n"
                + ["a", "b"].map {
                    "  \($0): { address: localhost, transport: local, root: \(fleet.folder.path)/\($0) }\n"
                }.joined(), to: "inventory/hosts.yaml")
        let versions = try ["one", "two", "three", "four"].map { text in
            let version = try push(text)
            // One host stays behind.
            try fleet.folder.write(
                try fleet.folder.read("inventory/hosts.yaml").replacing(#/ *a: .*\n/#, with: ""),
                to: "inventory/hosts.yaml")
            return version
        }
        let home = fleet.folder.path + "/.fleet/packages/demo"
        let list = { Set(try FileManager.default.contentsOfDirectory(atPath: home)) }
        let (old, kept) = ([versions[1], versions[2]], [versions[0], versions[3]])
        for version in versions {
            for end in ["tar", "sig"] { try fleet.folder.write("", to: ".fleet/packages/demo/\(version).\(end)") }
        }
        for (to, from) in [(3, 2), (2, 0), (3, 0)] {
            try fleet.folder.write(
                "", to: ".fleet/packages/demo/\(versions[to]).s01234567.from.\(versions[from]).c1.tar.gz")
        }
        for (index, version) in versions.enumerated() {
            let words = "touch -d '\(9 - index) minutes ago' '\(home)/\(version)'.tar*"
            try Program.run(["sh", "-c", words])
        }
        let before = try list()
        let planned = try json("prune", "--master", "--keep", "1", "--dry-run")
        #expect((planned["hosts"] as? [Any])?.isEmpty == true)
        let removed = try #require((planned["master"] as? [String: Any])?["removed"] as? [[String: Any]])
        #expect(try list() == before && removed.allSatisfy { ($0["files"] as? Int ?? 0) > 0 })
        #expect(Set(removed.compactMap { $0["version"] as? String }) == Set(old + [versions[3]]))
        #expect(try fleet.run("prune", "--master", "--keep", "1").output.contains("this machine"))
        #expect(try list().subtracting(before).isEmpty)
        let left = try list().filter { !$0.hasSuffix(".sig") }
        #expect(
            left
                == Set(
                    ["latest", "whole", "\(versions[3]).s01234567.from.\(versions[0]).c1.tar.gz"]
                        + kept.flatMap { ["\($0).tar", "\($0).tar.zst"] }
                        + before.filter { $0.hasPrefix("\(versions[3]).from.\(versions[0])") }))
        #expect(try list().count { $0.hasSuffix(".sig") } == 4)
        #expect(try json("prune", "--all")["master"] is NSNull)
        #expect(try fleet.run("prune", "--master").error.contains("nothing to remove"))
    }

    @Test func namesAllWhoHaveAnotherVersion() throws {
        try fleet.folder.write(
            "hosts:\n"
                + ["a", "b"].map {
                    "  \($0): { address: localhost, transport: local, root: \(fleet.folder.path)/\($0) }\n"
                }.joined(), to: "inventory/hosts.yaml")
        try fleet.folder.write("one", to: "packages/demo/text")
        #expect(try fleet.run("push", "demo", "--hosts", "a").status == 0)
        try fleet.folder.write("two", to: "packages/demo/text")
        let result = try fleet.run("run", "demo", "--no-push")
        #expect(result.status == 4 && result.error.contains("b (–)") && result.error.contains("a (1.0.0-"))
        #expect(try fleet.run("push", "demo", "--all").status == 0)
        #expect(try fleet.run("run", "demo", "--no-push").status == 0)
    }

    @Test func findsAndMendsDamage() throws {
        let version = try push("one")
        #expect(try fleet.run("verify").status == 0)
        let file = root + "/packages/demo/\(version)/text"
        chmod(file, 0o644)
        try "bad".write(toFile: file, atomically: false, encoding: .utf8)
        let found = try host(try json("verify", status: 3))
        let release = try #require((found["releases"] as? [[String: Any]])?.first)
        #expect(release["damaged"] as? [String] == ["text"] && release["repaired"] as? Bool == false)
        let mended = try host(try json("verify", "--repair"))
        #expect((mended["releases"] as? [[String: Any]])?.first?["repaired"] as? Bool == true)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "one" && current == version)
        #expect(try fleet.run("verify").status == 0)
    }

    /// A worker might take a file for a part of its package that is none.
    @Test func findsAndRemovesWhatDoesNotBelong() throws {
        let version = try push("one")
        let folder = root + "/packages/demo/\(version)"
        chmod(folder, 0o755)
        try FileManager.default.createDirectory(atPath: folder + "/more", withIntermediateDirectories: false)
        try "import".write(toFile: folder + "/more/json.py", atomically: false, encoding: .utf8)
        let found = try host(try json("verify", status: 3))
        #expect((found["releases"] as? [[String: Any]])?.first?["damaged"] as? [String] == ["more/json.py"])
        _ = try json("verify", "--repair")
        #expect(!FileManager.default.fileExists(atPath: folder + "/more"))
        #expect(try fleet.run("verify").status == 0)
    }

    @Test func findsAndMendsAReleaseThatIsGone() throws {
        let version = try push("one")
        try Program.run(["rm", "-rf", root + "/packages/demo/\(version)"])
        #expect(try fleet.run("verify").status == 3)
        _ = try json("verify", "--repair")
        #expect(try fleet.folder.read("host/packages/demo/current/text") == "one")
        #expect(try fleet.run("verify").status == 0)
    }

    @Test func aRollbackHoldsUntilAPush() throws {
        let (first, second) = (try push("one"), try push("two"))
        let digest = first.split(separator: "-")[1]
        #expect(try host(try json("rollback", "demo", String(digest.prefix(5)), "--all"))["to"] as? String == first)
        let result = try fleet.run("run", "demo")
        #expect(result.status == 3 && result.error.contains("rolled back to \(first)"), "\(result.error)")
        #expect(current == first)
        // What is held may be run by whoever has it, and is held still.
        try fleet.folder.write("one", to: "packages/demo/text")
        #expect(try fleet.run("run", "demo").status == 0)
        try fleet.folder.write("two", to: "packages/demo/text")
        #expect(try fleet.run("run", "demo").status == 3)
        #expect(try push("one") == first)
        try fleet.folder.write("two", to: "packages/demo/text")
        #expect(try fleet.run("run", "demo").status == 0 && current == second)
    }

    @Test func theWayForthHoldsNothing() throws {
        try push("one")
        try push("two")
        for _ in 0..<2 { _ = try json("rollback", "demo", "--all") }
        try fleet.folder.write("three", to: "packages/demo/text")
        #expect(try fleet.run("run", "demo").status == 0)
    }

    @Test func tasksDoNotUndoARollback() throws {
        let first = try push("one")
        try push("two")
        _ = try json("rollback", "demo", "--all")
        try fleet.folder.write("tasks:\n  - { name: demo, package: demo }\n", to: "tasks.yaml")
        let result = try fleet.run("tasks", "run")
        #expect(result.status != 0 && (result.output + result.error).contains("rolled back to \(first)"))
        #expect(current == first)
    }

    @Test func goesBackToNothingThatIsNoRelease() throws {
        let version = try push("one")
        for word in ["current", "../demo/\(version)", "."] {
            #expect(try fleet.run("rollback", "demo", word, "--all").status == 3, "\(word)")
        }
        #expect(current == version)
    }

    @Test func aRollbackToNothingTellsWhatIsThere() throws {
        let first = try push("one")
        let result = try fleet.run("rollback", "demo", "1.0.0-zzz", "--all")
        #expect(result.status == 3 && result.error.contains(first), "\(result.error)")
    }

    @Test func tellsAReleaseThatNobodySignedWhoMay() throws {
        try push("one")
        let key = try SSHKeyPair(.ed25519, in: fleet.folder)
        try fleet.folder.write("ana \(try key.publicFields)\n", to: "inventory/allowed_signers")
        #expect(try fleet.run("verify").status == 0)
        let text = try fleet.folder.read("inventory/hosts.yaml")
        try fleet.folder.write("defaults: { require_signed: true }\n" + text, to: "inventory/hosts.yaml")
        let found = try host(try json("verify", status: 3))
        #expect((found["releases"] as? [[String: Any]])?.first?["signature"] as? String == "missing")
        let result = try fleet.run("verify")
        #expect(result.status == 3 && result.output.contains("not signed"))
    }

    @Test func tellsAManifestThatWasChanged() throws {
        let version = try push("one")
        let manifest = root + "/packages/demo/\(version)/.fleet-manifest.json"
        chmod(manifest, 0o644)
        try "{}".write(toFile: manifest, atomically: false, encoding: .utf8)
        let result = try fleet.run("verify")
        #expect(result.status == 3 && result.error.contains(".fleet-manifest.json"))
    }
}
