import FleetBase
import FleetConfig
import FleetTesting
import Foundation
import Testing
@testable import FleetReleases

/// What lies in `.fleet/packages` and `.fleet/images`, and what of it goes.
@Suite struct StoredFileTests {
    @Test(arguments: [
        ("1.0.0-0123456789ab.tar.zst", "1.0.0-0123456789ab", nil),
        ("1.0.0-0123456789ab.tar", "1.0.0-0123456789ab", nil),
        ("1.0.0-0123456789ab.json", "1.0.0-0123456789ab", nil),
        ("1.0.0-0123456789ab-2.tar.gz", "1.0.0-0123456789ab", nil),
        ("1.0.0-0123456789ab-12-parts.tar.zst", "1.0.0-0123456789ab", nil),
        ("2-1-aaaaaaaaaaaa.from.1-bbbbbbbbbbbb.b1.tar", "2-1-aaaaaaaaaaaa", "1-bbbbbbbbbbbb"),
        ("2-aaaaaaaaaaaa.sdeadbeef.from.1-bbbbbbbbbbbb.c12.tar.gz", "2-aaaaaaaaaaaa", "1-bbbbbbbbbbbb"),
    ]) func namesItsVersions(name: String, version: String, base: String?) throws {
        let found = try #require(StoredFile.versions(in: name))
        #expect(found.version == version && found.base == base)
    }

    @Test(arguments: ["latest", "1.0.0-0123456789ab.sig", "base-0123456789ab.json", "demo.tar.gz", "layers", ".x.tar"])
    func isNoneOfAVersion(name: String) { #expect(StoredFile.versions(in: name) == nil) }

    @Test func keepsTheNewestAndThoseThatHostsHave() {
        let files = (1...5).map { StoredFile(path: "", version: "v\($0)", size: ByteCount(1), changed: $0) }
        // A difference is younger than what it leads to.
        let delta = StoredFile(path: "", version: "v2", base: "v1", size: ByteCount(1), changed: 9)
        let kept = StoredFile.versions(keeping: 2, held: ["v1"], of: files + [delta])
        #expect(kept == ["v1", "v4", "v5"])
        #expect(!delta.isNeeded(by: kept) && !delta.isNeeded(by: ["v2"]) && delta.isNeeded(by: ["v1", "v2"]))
    }

    @Test func keepsTheLayersOfTheImagesThatStay() async throws {
        let fixture = try EngineFixture(files: [
            "demo/package.yaml": """
            name: demo
            version: 1.0.0
            engines:
              sh: { methods: [docker, native], run: sh text }
            image: { from: rootfs }
            """,
            "demo/rootfs/bin/sh": "a base", "demo/text": "one",
        ])
        let first = try await fixture.builder.build("demo")
        try fixture.folder.write("two", to: "packages/demo/text")
        try fixture.folder.write("another base", to: "packages/demo/rootfs/bin/sh")
        let second = try await fixture.builder.build("demo")
        let built = (
            try await #require(first.images.first).built(), try await #require(second.images.first).built()
        )
        let home = fixture.folder.path + "/.fleet/images/demo"
        let paths = { Set(try FileManager.default.subpathsOfDirectory(atPath: home)) }
        let all = try paths()
        #expect(
            fixture.builder.prune([], keep: 1, for: InventoryState(), dryRun: true).contains {
                $0.version == first.version
            })
        // Layers that are new may be those of a build that goes on.
        _ = fixture.builder.prune([], keep: 1, for: InventoryState(), dryRun: false)
        #expect(try paths() == all.filter { !$0.hasPrefix(first.version) })
        try Program.run(["find", home, "-type", "f", "-exec", "touch", "-d", "2 hours ago", "{}", "+"])
        let rest = fixture.builder.prune(["demo"], keep: 1, for: InventoryState(), dryRun: false)
        #expect(rest.map(\.version) == [nil] && rest.first?.count == 3)
        #expect(try await fixture.builder.build("demo").images.first?.built() == built.1)
        try fixture.folder.write("one", to: "packages/demo/text")
        try fixture.folder.write("a base", to: "packages/demo/rootfs/bin/sh")
        #expect(try await fixture.builder.build("demo").images.first?.built() == built.0)
        #expect(try paths() == all)
    }
}
