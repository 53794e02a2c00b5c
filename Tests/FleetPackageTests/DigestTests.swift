import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

@Suite struct DigestTests {
    private let folder: TemporaryFolder
    private let file: String
    private let cachePath: String

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.write("abc", to: "with space")
        cachePath = folder.path + "/cache"
    }

    @Test func knowsThePublishedVectors() throws {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(FileDigest.of(Array("abc".utf8)).hex == abc)
        #expect(try FileDigest.of(file: file).hex == abc)
        #expect(FileDigest.of([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func readsFilesLargerThanTheBuffer() throws {
        let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        #expect(try FileDigest.of(file: file) == FileDigest.of(bytes))
    }

    @Test func saysWhatItCannotRead() {
        #expect(code { _ = try FileDigest.of(file: "/no/such/file") } == .unreadable)
    }

    @Test func seesAFileThatChanged() throws {
        var cache = DigestCache(path: cachePath)
        let before = try cache.digest(of: file)
        try folder.write("abd", to: "with space")
        #expect(try cache.digest(of: file) != before)
    }

    @Test func trustsItsRecordOfAnUnchangedFile() throws {
        let stamp = try FileStamp(of: file)
        let digest = String(repeating: "0", count: 64)
        let fields = "\(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.inode)"
        try folder.write("junk\n\(digest) \(fields) \(file)\n", to: "cache")
        var cache = DigestCache(path: cachePath)
        #expect(try cache.digest(of: file).hex == digest)
    }

    @Test func remembersNothingOfAFileThatChangedAMomentAgo() throws {
        var cache = DigestCache(path: cachePath)
        _ = try cache.digest(of: file)
        try cache.save()
        #expect(!FileManager.default.fileExists(atPath: cachePath))
    }

    @Test func keepsWhatItLearned() throws {
        let old = "/bin/sh"
        var cache = DigestCache(path: cachePath)
        let target = URL(fileURLWithPath: old).resolvingSymlinksInPath().path
        let digest = try cache.digest(of: target)
        try cache.save()
        #expect(try folder.read("cache").hasPrefix("\(digest) "))
        #expect(try folder.read("cache").hasSuffix(" \(target)\n"))
    }
}
