import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

/// Names are bytes: a composed accent and a decomposed one are two files.
@Suite struct NameTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Foundation may turn a name into its composed form.
    private func write(_ text: String, to name: [UInt8]) throws {
        let place = FilePlace(try #require(BytePath(name)), in: folder.path)
        let file = OpenFile(owning: place.withPath { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) })
        try #require(file.descriptor >= 0)
        try Array(text.utf8).withUnsafeBytes { try file.write($0, to: "\(place)") }
    }

    @Test func listsBothAccents() throws {
        for name in [Self.composed, Self.decomposed] { try write("x", to: Array(name.utf8)) }
        let paths = try folder.manifest().entries.map { Array($0.path.text.utf8) }
        #expect(paths == [Array(Self.decomposed.utf8), Array(Self.composed.utf8)])
    }

    @Test func packsNamesByTheirBytes() throws {
        for name in [Self.composed, Self.decomposed] { try write(name, to: Array(name.utf8)) }
        let archive = folder.path + ".tar"
        defer { unlink(archive) }
        try PackageArchive.content(try folder.manifest(), from: folder.path).write(to: archive, compression: nil)
        let target = try TemporaryFolder()
        let extraction = try extract(archive, into: target.path + "/out")
        for name in [Self.composed, Self.decomposed] {
            let file = try #require(extraction.files.first { $0.path.bytes == Array(name.utf8) })
            #expect(file.digest == FileDigest.of(Array(name.utf8)))
        }
    }

    /// As a Mac does it to whole folders.
    @Test func seesARenameFromOneAccentToTheOther() throws {
        try write("same", to: Array(Self.composed.utf8))
        let old = try folder.manifest()
        try FileManager.default.removeItem(atPath: folder.path + "/" + Self.composed)
        try write("same", to: Array(Self.decomposed.utf8))
        let new = try folder.manifest()
        let delta = try #require(try ReleaseDelta(from: old, to: new, in: folder.path, oldFiles: nil))
        #expect(delta.gone.map { Array($0.text.utf8) } == [Array(Self.composed.utf8)])
        #expect(delta.whole.map { Array($0.path.text.utf8) } == [Array(Self.decomposed.utf8)])
    }

    @Test func seesALinkThatPointsToTheOtherAccent() throws {
        let link = try RelativePath("link")
        #expect(try LinkTarget(Self.composed, of: link) != LinkTarget(Self.decomposed, of: link))
        #expect(throws: ValueError.self) { try LinkTarget("a/\u{301}/../../..", of: link) }
    }

    @Test func keepsADigestForEachAccent() throws {
        for name in [Self.composed, Self.decomposed] { try write(name, to: Array(name.utf8)) }
        var cache = DigestCache(path: folder.path + "-cache")
        for name in [Self.composed, Self.decomposed] {
            #expect(try cache.digest(of: folder.path + "/" + name) == FileDigest.of(Array(name.utf8)))
        }
    }

    @Test func goesOnWithTheFileThatArrived() throws {
        for name in [Self.composed, Self.decomposed] {
            try write(String(repeating: name, count: 100_000), to: Array(name.utf8))
        }
        let content = PackageArchive.content(try folder.manifest(), from: folder.path)
        let size: Int64 = 600_000
        let rest = content.rest(after: [try #require(BytePath(Self.decomposed.utf8)): size])
        #expect(rest.items.map { $0.path.bytes }.contains(Array(Self.composed.utf8)))
    }

    @Test(arguments: [([UInt8](arrayLiteral: 0x63, 0xE9), "c\\xe9"), (Array("two\nlines".utf8), "two\\nlines")])
    func refusesNamesThatNoManifestHolds(name: [UInt8], shown: String) throws {
        try write("x", to: name)
        do {
            _ = try folder.manifest()
            Issue.record("it was packed")
        } catch let error as PackageError {
            #expect(error.code == .unsupportedFile && error.message.text(in: .english).hasPrefix("\(shown): "))
        }
    }

    /// What a task leaves goes on to the tasks after it, whatever it is called.
    @Test func handsOnNamesAndLinks() throws {
        try write("1", to: Array("stdout".utf8))
        try FileManager.default.createDirectory(atPath: folder.path + "/out", withIntermediateDirectories: true)
        for name in ["out/a", "out/two\nlines"] { try write("2", to: Array(name.utf8)) }
        try write("3", to: Array("out/caf".utf8) + [0xE9])
        for (link, target) in [("l", "a"), ("up", "../stdout"), ("evil", "/etc/passwd"), ("gone", "missing")] {
            try folder.link("out/\(link)", to: target)
        }
        let files = try ArchivedFile.files(below: folder.path + "/out", at: "inputs/t", behindLinks: folder.path)
        #expect(
            files.map(\.path.description) == [
                "inputs/t/a", "inputs/t/caf\\xe9", "inputs/t/gone", "inputs/t/l", "inputs/t/two\\nlines", "inputs/t/up",
            ])
        let archive = folder.path + "/archive"
        try ArchiveContent(texts: [], files: files).write(to: archive, compression: nil)
        let extraction = try extract(archive, into: folder.path + "/in")
        #expect(extraction.files["inputs/t/up"]?.digest == FileDigest.of(Array("1".utf8)))
        #expect(extraction.files.count == 4 && extraction.links.count == 2 && extraction.refused.isEmpty)
        #expect(code { _ = try ArchivedFile.files(below: folder.path + "/out", at: "in") } == .unsupportedFile)
    }

    @Test func refusesABackslashWithAnAccent() throws {
        try write("x", to: Array("a\\\u{301}b".utf8))
        #expect(code { _ = try folder.manifest() } == .unsupportedFile)
    }

    @Test func packsARootFolderOfAnyNames() throws {
        try write("x", to: [0x63, 0xE9])
        let tree = try RootTree(folder.path)
        #expect(tree.entries.map(\.path.bytes) == [[0x63, 0xE9]])
    }
}
