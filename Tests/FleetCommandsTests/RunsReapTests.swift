import FleetTesting
import Foundation
import Testing

/// What `fleet runs reap` says of folders is so.
@Suite struct RunsReapTests {
    private var fleet: FleetBinary

    /// Three left-overs on this machine.
    init() throws {
        fleet = try FleetBinary.inProject()
        let base = fleet.folder.path + "/base"
        try fleet.folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(base) }\n", to: "inventory/hosts.yaml")
        for number in 1...3 {
            try fleet.folder.write("0 0 0 no\n", to: "base/runs/20260101-000000-abcd.\(number).1/trailer")
        }
    }

    /// As if the second folder belonged to somebody else.
    private mutating func keepTheSecond() throws {
        let code = """
            #!/bin/sh
            for path; do
                case $path in -*) ;; *abcd.2.1) false ;; *) \(try Program.path("rm")) -rf "$path" ;; esac || status=1
            done
            exit ${status:-0}

            """
        let rm = try fleet.folder.write(code, to: "bin/rm")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: rm)
        fleet.environment["PATH"] = fleet.folder.path + "/bin:/usr/bin:/bin"
    }

    private func left() throws -> [String] {
        let runs = fleet.folder.path + "/base/runs"
        return ((try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []).sorted()
    }

    @Test mutating func tellsWhichFolderStays() throws {
        try keepTheSecond()
        let result = try fleet.run("runs", "reap", "--foreign")
        #expect(result.status == 3 && result.error.contains("not everything could be removed"), "\(result.error)")
        let rows = result.output.split(separator: "\n").dropFirst().map {
            $0.split(separator: "  ").last.map(String.init)
        }
        #expect(rows.map { $0?.drop { $0 == " " } } == ["removed", "could not be removed", "removed"])
        #expect(try left() == ["20260101-000000-abcd.2.1"])
    }

    @Test mutating func tellsWhichFolderStaysInJSON() throws {
        try keepTheSecond()
        let result = try fleet.run("runs", "reap", "--foreign", "--json")
        let jobs = try #require(try result.json()["jobs"] as? [[String: Any]])
        #expect(jobs.map { $0["removed"] as? Bool } == [true, false, true] && result.status == 3)
        #expect(jobs.map { $0["fate"] as? String } == ["removed", "not-removed", "removed"])
    }

    @Test func removesAll() throws {
        let result = try fleet.run("runs", "stop", "--all")
        #expect(result.status == 0 && result.output.contains("removed"))
        #expect(try left().isEmpty)
        #expect(try fleet.run("runs", "reap").error.contains("there is nothing left on the hosts"))
    }

    /// A host that does not tell may have anything.
    @Test func claimsNothingOfAHostThatDoesNotTell() throws {
        try fleet.folder.write(
            "hosts:\n  off: { address: 127.0.0.1, port: 1, user: nobody }\n", to: "inventory/hosts.yaml")
        for words in [["runs", "reap"], ["prune", "--all"], ["schedule", "list", "--all"]] {
            let result = try fleet.run(words)
            let claims = ["there is nothing", "nothing of this project"].filter(result.error.contains)
            #expect(result.status == 6 && claims.isEmpty, "\(words): \(result.error)")
        }
    }
}
