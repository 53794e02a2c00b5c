import FleetTesting
import Foundation
import Testing

/// `fleet host prepare` with the real apt, inside little machines: the one that this runs on stays as it is.
@Suite(.serialized) struct HostPrepareTests {
    /// Makes the host one without zstd, whose only source of packages is a folder with it.
    private static let withoutZstd = """
        set -e
        mkdir -p /tmp/repo/zstd/DEBIAN
        cd /tmp/repo
        dpkg -L zstd | while read -r file; do if [ -f "$file" ]; then echo ".$file"; fi; done |
            tar -C / -cf - --no-recursion -T - | tar -C zstd -xf -
        dpkg-query -s zstd | grep -Ev '^(Status|Conffiles):' >zstd/DEBIAN/control
        dpkg-deb -b zstd zstd.deb >/dev/null
        cat zstd/DEBIAN/control >Packages
        echo "Filename: ./zstd.deb" >>Packages
        echo "Size: $(wc -c <zstd.deb)" >>Packages
        echo "SHA256: $(sha256sum zstd.deb | cut -d' ' -f1)" >>Packages
        rm -f /etc/apt/sources.list.d/*
        echo "deb [trusted=yes] file:/tmp/repo ./" >/etc/apt/sources.list
        dpkg --force-depends -r zstd
        """

    @Test(.enabled(if: MachineLab.isPossible() && FileManager.default.fileExists(atPath: "/usr/bin/apt-get")))
    func installsWithApt() throws {
        let before = try Program.text(["dpkg-query", "-W"])
        let project = try MachineCommandTests.Project(engines: "none,none")
        let made = try project.run("exec", "--hosts", "lab-1", "--", "sh", "-c", Self.withoutZstd)
        try #require(made.status == 0, "\(made.output)\(made.error)")

        let shown = try project.run("host", "prepare", "--all", "--zstd", "--dry-run")
        #expect(shown.status == 0 && shown.error.contains("lab-2 has it already: zstd"), "\(shown.error)")
        #expect(shown.output.hasPrefix("lab-1:\n  apt-get -q update\n") && shown.output.contains("install zstd\n"))
        let refused = try project.run("host", "prepare", "lab-1", "--zstd")
        #expect(refused.status == 2 && refused.error.contains("give --yes"))
        #expect(try project.run("exec", "--hosts", "lab-1", "--", "zstd", "--version").status == 3)

        let result = try project.run("host", "prepare", "--all", "--zstd", "--yes")
        #expect(result.status == 0 && result.error.contains("lab-1 has it now: zstd"), "\(result.error)")
        #expect(result.output == shown.output)
        #expect(try project.run("exec", "--hosts", "lab-1", "--", "zstd", "--version").status == 0)
        let state = try project.fleet.folder.read("inventory/state.json")
        #expect(state.contains("\"zstd\""))
        let again = try project.run("host", "prepare", "lab-1", "--zstd", "--yes")
        #expect(again.status == 0 && again.output.isEmpty && again.error.contains("has it already"))

        // apt takes podman for installed, and its program is gone: one host fails, the other is told of.
        let broken = try project.run("host", "prepare", "lab-1", "--podman", "--zstd", "--yes", "--json")
        let host = try #require((try broken.json()["hosts"] as? [[String: Any]])?.first)
        #expect(broken.status == 3 && host["present"] as? [String] == ["zstd"])
        #expect((host["failure"] as? [String: Any])?["message"] is String)
        #expect(try Program.text(["dpkg-query", "-W"]) == before)
    }

    @Test(arguments: [["--all"], ["--zstd"], ["pc", "--all", "--zstd"]]) func refusesWhatMakesNoSense(words: [String])
        throws
    {
        #expect(try FleetBinary.inProject().run(["host", "prepare"] + words).status == 2)
    }
}
