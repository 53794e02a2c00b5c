import FleetBase
import FleetTesting
import Foundation
import Glibc
import Testing
@testable import FleetHosts

/// Which files of a folder become a package.
@Suite struct SelectionTests {
    private func fixture(exclude: String = "[]", more: String = "") throws -> EngineFixture {
        try EngineFixture(files: [
            "demo/package.yaml": """
            name: demo
            version: 1.0.0
            engines: { sh: { methods: [native], run: sh go.sh } }
            exclude: \(exclude)
            \(more)
            """, "demo/go.sh": "echo hello\n",
        ])
    }

    private func make(_ name: [UInt8], in fixture: EngineFixture, isFIFO: Bool = false) throws {
        let path = Array((fixture.folder.path + "/packages/demo/").utf8) + name + [0]
        let status = path.withUnsafeBytes { bytes in
            let path = bytes.assumingMemoryBound(to: CChar.self).baseAddress!
            return isFIFO ? mkfifo(path, 0o600) : mknod(path, S_IFREG | 0o644, 0)
        }
        try #require(status == 0)
    }

    private func files(_ fixture: EngineFixture) async throws -> [String] {
        try await fixture.builder.build("demo").manifest.entries.map(\.path.text)
    }

    @Test(arguments: [Array("caf".utf8) + [0xE9], Array("two\nlines".utf8), Array("\u{1B}[2J".utf8)])
    func refusesANameThatNoManifestHolds(_ name: [UInt8]) async throws {
        let fixture = try fixture()
        try make(name, in: fixture)
        let error = await #expect(throws: EngineError.self) { _ = try await files(fixture) }
        let message = error?.message.text(in: .english) ?? ""
        #expect(message.hasPrefix("packages/demo: \(ShownBytes.text(of: name)): a file name"), "\(message)")
        #expect(error?.hint?.text(in: .english).contains("exclude:") == true)
    }

    @Test(arguments: [
        ("[\"caf?\"]", Array("caf".utf8) + [0xE9]), ("[\"two\\nlines\"]", Array("two\nlines".utf8)),
        ("[\"*\\e*\"]", Array("\u{1B}[2J".utf8)), ("['back\\\\slash']", Array("back\\slash".utf8)),
    ])
    func excludesWhatNoManifestHolds(pattern: String, name: [UInt8]) async throws {
        let fixture = try fixture(exclude: pattern)
        try make(name, in: fixture)
        #expect(try await files(fixture) == ["go.sh", "package.yaml"])
    }

    @Test func excludesAFIFO() async throws {
        let fixture = try fixture(exclude: "[pipe]")
        try make(Array("pipe".utf8), in: fixture, isFIFO: true)
        #expect(try await files(fixture) == ["go.sh", "package.yaml"])
    }

    /// Emacs locks a file by a link that leads nowhere.
    @Test func leavesOutALockOfEmacs() async throws {
        let fixture = try fixture()
        #expect(symlink("ana@pc.123:456", fixture.folder.path + "/packages/demo/.#go.sh") == 0)
        #expect(try await files(fixture) == ["go.sh", "package.yaml"])
    }

    @Test func takesOutputsOutOfAFolderThatIsLeftOut() async throws {
        let fixture = try fixture(
            exclude: "[work/]", more: "build: { run: sh make.sh, inputs: [make.sh], outputs: [work/made] }")
        try fixture.folder.write(
            "mkdir -p work/deep && echo 1 >work/made && echo 2 >work/deep/o", to: "packages/demo/make.sh")
        #expect(try await files(fixture) == ["go.sh", "make.sh", "package.yaml", "work/made"])
        let selection = try fixture.builder.selection(of: "demo")
        #expect(selection.leftOut.map(\.path.description) == ["work/deep"])
    }

    /// A build that a cache sets off would make a new version each time.
    @Test func buildsNotAgainForALeaving() async throws {
        let fixture = try fixture(more: "build: { run: sh make.sh, outputs: [made] }")
        try fixture.folder.write("echo x >made && echo built >>../../times", to: "packages/demo/make.sh")
        _ = try await files(fixture)
        try fixture.folder.write("", to: "packages/demo/__pycache__/a.pyc")
        _ = try await files(fixture)
        #expect(try fixture.folder.read("times") == "built\n")
    }
}
