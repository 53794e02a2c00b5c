import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

@Suite struct PackageArchiveTests {
    private let output = try? TemporaryFolder()

    private func pack(
        _ folder: TemporaryFolder, _ compression: PackageArchive.Compression, as name: String
    ) throws -> String {
        let path = try #require(output).path + "/\(name).\(PackageArchive.fileExtension(compression))"
        try PackageArchive.content(try folder.manifest(), from: folder.path).write(to: path, compression: compression)
        return path
    }

    @Test(arguments: PackageArchive.Compression.allCases)
    func givesTheSameBytes(_ compression: PackageArchive.Compression) throws {
        let names = ["z", "a/b", "ñandú", "a/\(String(repeating: "long", count: 40))"]
        let archives = try [names, names.reversed()].enumerated().map { number, names in
            let folder = try TemporaryFolder()
            for name in names { try folder.write(String(repeating: name, count: 1000), to: name) }
            try folder.setMode("z", number == 0 ? 0o644 : 0o600)
            return try bytes(of: pack(folder, compression, as: "\(number)"))
        }
        #expect(archives[0] == archives[1])
    }

    @Test(arguments: PackageArchive.Compression.allCases, 0..<12)
    func roundTripsRandomTrees(_ compression: PackageArchive.Compression, _ seed: Int) throws {
        let folder = try TemporaryFolder()
        try RandomTree(seed: UInt64(seed)).write(to: folder)
        let archive = try pack(folder, compression, as: "tree")
        let target = try #require(output).path + "/out"
        let extraction = try extract(archive, into: target)
        #expect(extraction.refused.isEmpty)
        #expect(try folder.content(of: target) == folder.content(of: folder.path))
    }

    @Test(arguments: [["tar"], ["busybox", "tar"]])
    func isReadByTheToolsOfAHost(_ tar: [String]) throws {
        let folder = try TemporaryFolder()
        try RandomTree(seed: 99).write(to: folder)
        try folder.write("x", to: String(repeating: "d/", count: 60) + "ñ" + String(repeating: "n", count: 120))
        let archive = try pack(folder, .gzip, as: "host")
        let target = try TemporaryFolder()
        let words = tar + ["-xzf", archive, "-C", target.path]
        try #require(try FleetPackageTests.output(of: "sh", "-c", "\"$@\"", "sh", words: words) != nil)
        #expect(try folder.content(of: target.path) == folder.content(of: folder.path))
        #expect(try FleetPackageTests.output(of: "sha256sum", "-c", "--quiet", ".fleet-sums", in: target.path) == "")
    }

    @Test func carriesItsManifest() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        let target = try #require(output).path + "/out"
        _ = try extract(try pack(folder, .zstd, as: "m"), into: target)
        #expect(try Manifest(bytes: bytes(of: target + "/.fleet-manifest.json")) == folder.manifest())
    }

    @Test(arguments: ["longer than before", "x", "text2"])
    func noticesAFileThatChanged(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("text1", to: "file")
        let manifest = try folder.manifest()
        try folder.write(text, to: "file")
        let path = try #require(output).path + "/changed"
        #expect(
            code { try PackageArchive.content(manifest, from: folder.path).write(to: path, compression: .zstd) }
                == .changed)
        #expect(try FolderListing.files(below: #require(output).path).isEmpty)
    }
}

/// A folder of files and links made from a seed.
struct RandomTree {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        /// SplitMix64 (Steele, Lea and Flood 2014).
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let names = [
        "plain", "with space", "qu'ote", "dou\"ble", "ñandú", "日本", "-dash", "*", "$x", "a;b", "#",
    ]
    let seed: UInt64

    func write(to folder: TemporaryFolder) throws {
        var random = Generator(state: seed)
        var written: [String] = []
        for number in 0..<Int.random(in: 1...25, using: &random) {
            let folders = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Self.names.randomElement(using: &random)!
            }
            let path = (folders.map { $0 + ".d" } + ["\(Self.names.randomElement(using: &random)!)\(number)"])
                .joined(separator: "/")
            if let target = written.randomElement(using: &random), Bool.random(using: &random) {
                try folder.link(path, to: String(repeating: "../", count: folders.count) + target)
                continue
            }
            let sizes = [0, 1, 511, 512, 513, 70_000]
            let size = sizes.randomElement(using: &random)!
            try folder.write(String(repeating: "\(number)", count: size), to: path)
            if Bool.random(using: &random) { try folder.setMode(path, 0o755) }
            written.append(path)
        }
    }
}
