import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

@Suite struct ManifestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("one\n", to: "b.txt")
        try folder.write("", to: "dir/empty")
        try folder.write("#!/bin/sh\n", to: "a run")
        try folder.setMode("a run", 0o700)
        try folder.link("dir/link", to: "../b.txt")
    }

    @Test func isTheSameForTheSameContent() throws {
        let other = try TemporaryFolder()
        try other.link("dir/link", to: "../b.txt")
        try other.write("#!/bin/sh\n", to: "a run")
        try other.setMode("a run", 0o755)
        try other.write("", to: "dir/empty")
        try other.write("one\n", to: "b.txt")
        try other.setMode("b.txt", 0o600)
        try FileManager.default.setAttributes(
            [.modificationDate: Date.distantPast], ofItemAtPath: other.path + "/b.txt")
        #expect(try folder.manifest() == other.manifest())
        #expect(try folder.manifest().digest == other.manifest().digest)
    }

    @Test func changesWithAByte() throws {
        let before = try folder.manifest().digest
        try folder.write("onE\n", to: "b.txt")
        #expect(try folder.manifest().digest != before)
    }

    @Test func changesWithAModeAndALink() throws {
        let digests = try [
            folder.manifest().digest,
            {
                try folder.setMode("b.txt", 0o755); return try folder.manifest().digest
            }(),
            {
                try FileManager.default.removeItem(atPath: folder.path + "/dir/link")
                try folder.link("dir/link", to: "empty")
                return try folder.manifest().digest
            }(),
            folder.manifest(metadata: .string("x")).digest,
        ]
        #expect(Set(digests).count == 4)
    }

    @Test func carriesItsDigestInTheVersion() throws {
        let manifest = try folder.manifest()
        #expect(manifest.version == "1.0.0-\(manifest.digest.short)")
    }

    @Test func survivesItsOwnJSON() throws {
        let metadata = JSONValue.object(["x": .array([.integer(1), .number(0.1), .string("ñ"), .null])])
        let manifest = try folder.manifest(metadata: metadata)
        #expect(try Manifest(bytes: manifest.canonicalBytes) == manifest)
        #expect(try Manifest(bytes: manifest.canonicalBytes).digest == manifest.digest)
    }

    @Test func writesSumsThatCoreutilsRead() throws {
        let said = try output(of: "sha256sum", "-c", "--quiet", "-", in: folder.path, input: try folder.manifest().sums)
        #expect(said == "")
    }

    @Test func writesTheLayout() throws {
        #expect(try folder.manifest().layout == "755\ta run\n644\tb.txt\n644\tdir/empty\nlink\tdir/link\t../b.txt\n")
    }

    @Test(arguments: ["/etc/passwd", "../../x", "../../b.txt", "a/../../x", "", "..", "./x", "a//b"])
    func refusesLinksOutOfThePackage(_ target: String) throws {
        #expect(throws: ValueError.self) { try LinkTarget(target, of: RelativePath("link")) }
    }

    @Test(arguments: ["back\\slash", ".fleet-sums", ".fleet-layout", ".fleet-manifest.json", "new\nline"])
    func refusesNamesThatCannotBePacked(_ name: String) throws {
        try folder.write("", to: name)
        #expect(code { _ = try folder.manifest() } == .unsupportedFile)
    }

    @Test func refusesPipes() throws {
        mkfifo(folder.path + "/pipe", 0o600)
        #expect(code { _ = try folder.manifest() } == .unsupportedFile)
    }

    @Test(arguments: [
        #"{"files":[],"metadata":{},"name":"x"}"#,
        #"{"files":[{"path":"../x","target":"y"}],"metadata":{},"name":"x","version":"1"}"#,
        #"{"files":[{"path":"x","target":"/y"}],"metadata":{},"name":"x","version":"1"}"#,
        #"{"files":[{"path":"x","target":"y"},{"path":"x","target":"z"}],"metadata":{},"name":"x","version":"1"}"#,
        "not json",
    ])
    func refusesBadManifests(_ text: String) {
        #expect(code { _ = try Manifest(bytes: text.utf8) } == .badManifest)
    }
}
