import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

/// Archives as a host with bad intentions would send them, made by Python's tarfile.
@Suite struct ExtractionTests {
    private let folder: TemporaryFolder
    private let target: String

    init() throws {
        folder = try TemporaryFolder()
        target = folder.path + "/out/inner"
        try folder.write("secret", to: "out/outside")
    }

    /// - Parameter lines: Python that calls `add(name, type, target, text)`.
    private func unpack(
        _ lines: String, mode: String = "w", limits: ExtractionLimits = ExtractionLimits()
    ) throws -> Extraction {
        let script = """
            import io, sys, tarfile
            from tarfile import (BLKTYPE, CHRTYPE, DIRTYPE, FIFOTYPE, GNU_FORMAT, LNKTYPE, PAX_FORMAT, REGTYPE, SYMTYPE,
                TarInfo)
            tar = tarfile.open(sys.argv[1], '\(mode)')
            def add(name, kind=REGTYPE, link='', text='', mode=0o644):
                member = TarInfo(name)
                member.type, member.linkname, member.size, member.mode = kind, link, len(text), mode
                tar.addfile(member, io.BytesIO(text.encode()))
            \(lines)
            tar.close()
            """
        let archive = folder.path + "/archive"
        try #require(try output(of: "python3", "-c", script, archive) != nil)
        return try extract(archive, into: target, limits: limits)
    }

    private func reasons(_ lines: String, limits: ExtractionLimits = ExtractionLimits()) throws -> [RefusedEntry.Reason]
    {
        let extraction = try unpack(lines, limits: limits)
        #expect(try FolderListing.files(below: folder.path + "/out").filter { !$0.text.hasPrefix("inner/") }.count == 1)
        #expect(try folder.read("out/outside") == "secret")
        return extraction.refused.map(\.reason)
    }

    @Test(arguments: ["/tmp/fleet-absolute", "../escaped", "a/../../escaped", "a/./b", "..", "new\\nline", ""])
    func refusesUnsafePaths(_ path: String) throws {
        #expect(try reasons("add('\(path)', text='x')") == [.unsafePath])
    }

    @Test(arguments: ["/etc", "..", "../outside", "a/../../outside", ""])
    func refusesLinksOut(_ link: String) throws {
        #expect(try reasons("add('link', SYMTYPE, '\(link)')") == [.unsafeLink])
    }

    @Test func neverWritesThroughALink() throws {
        let lines = "add('d/x', text='1'); add('link', SYMTYPE, 'd'); add('link/y', text='2'); add('link', text='3')"
        #expect(try reasons(lines) == [.occupied, .occupied])
        #expect(try FolderListing.files(below: target).map(\.text) == ["d/x", "link"])
    }

    @Test func refusesLinksThatLeaveThroughAnotherLink() throws {
        let lines = "add('a/b/s', SYMTYPE, '../..'); add('t', SYMTYPE, 'a/b/s/../outside')"
        #expect(try reasons(lines) == [.unsafeLink])
    }

    @Test(arguments: ["/etc/passwd", "../outside", "missing", "link"])
    func refusesHardLinksToWhatItDidNotExtract(_ link: String) throws {
        #expect(try reasons("add('link', SYMTYPE, 'nothing'); add('hard', LNKTYPE, '\(link)')") == [.unsafeLink])
    }

    @Test func acceptsHardLinksWithin() throws {
        let extraction = try unpack("add('./a', text='x'); add('./b/c', LNKTYPE, './a')")
        #expect(extraction.files.map(\.path.text) == ["a", "b/c"])
        #expect(extraction.files[0].digest == extraction.files[1].digest)
    }

    @Test func refusesSpecialFiles() throws {
        let lines = "add('c', CHRTYPE); add('b', BLKTYPE); add('f', FIFOTYPE)"
        #expect(try reasons(lines) == [.specialFile, .specialFile, .specialFile])
    }

    @Test func refusesToReplace() throws {
        #expect(try reasons("add('a', text='1'); add('a', text='2'); add('a/b', text='3')") == [.occupied, .occupied])
        #expect(try String(decoding: bytes(of: target + "/a"), as: UTF8.self) == "1")
    }

    @Test func stopsAtTheLimitOfEntries() throws {
        var limits = ExtractionLimits()
        limits.entries = 10
        let extraction = try unpack("[add('f%d' % i) for i in range(5000)]", limits: limits)
        #expect(extraction.files.count == 10)
        #expect(extraction.refused.map(\.reason) == [.tooMany])
    }

    @Test func keepsToTheLimitOfSize() throws {
        var limits = ExtractionLimits()
        limits.totalSize = ByteCount(10)
        let extraction = try unpack(
            "add('a', text='x' * 8); add('b', text='x' * 3); add('c', text='xx')", limits: limits)
        #expect(extraction.files.map(\.path.text) == ["a", "c"])
        #expect(extraction.refused == [RefusedEntry(path: "b", reason: .tooLarge)])
    }

    @Test(arguments: ["'d/' * 40 + 'x'", "'x' * 256", "('n' * 200 + '/') * 6 + 'x'"])
    func keepsToTheLimitsOfPaths(_ path: String) throws {
        #expect(try reasons("add(\(path))") == [.pathTooLong])
    }

    @Test func dropsSetUserID() throws {
        _ = try unpack("add('tool', text='x', mode=0o6755); add('locked', text='x', mode=0)")
        let modes = try ["tool", "locked"].map {
            try FileManager.default.attributesOfItem(atPath: target + "/" + $0)[.posixPermissions] as? Int
        }
        #expect(modes[0].map { $0 & 0o7700 } == 0o700)
        #expect(modes[1].map { $0 & 0o7700 } == 0o600)
    }

    @Test(arguments: ["w", "w:gz"], ["PAX_FORMAT", "GNU_FORMAT"])
    func readsNamesInEveryForm(_ mode: String, _ format: String) throws {
        let lines = "tar.format = \(format); add('.', DIRTYPE); add('./ñandú/' + 'n' * 150, text='x')"
        let extraction = try unpack(lines, mode: mode)
        #expect(extraction.files.map(\.path.text) == ["ñandú/" + String(repeating: "n", count: 150)])
        #expect(extraction.refused.isEmpty)
    }

    @Test func digestsWhatCameWhateverItsOrder() throws {
        let one = try unpack("add('a', text='1'); add('b', text='2')").digest
        try FileManager.default.removeItem(atPath: target)
        #expect(try unpack("add('b', text='2'); add('a', text='1')").digest == one)
        try FileManager.default.removeItem(atPath: target)
        #expect(try unpack("add('b', text='2'); add('a', text='3')").digest != one)
    }

    @Test(arguments: ["w", "w:gz"])
    func refusesTruncatedArchives(_ mode: String) throws {
        _ = try unpack("[add('f%d' % i, text=str(i) * 2000) for i in range(9)]", mode: mode)
        let whole = try bytes(of: folder.path + "/archive")
        // Within a file, between two entries, at the start.
        for length in [whole.count / 2, 512 * (1 + 4), 512, 100, 0] where length < whole.count {
            try Data(whole.prefix(length)).write(to: URL(fileURLWithPath: folder.path + "/cut"))
            let target = "\(folder.path)/cut-\(length)"
            #expect(code { _ = try extract(folder.path + "/cut", into: target) } == .badArchive, "\(length) bytes")
        }
    }

    @Test func refusesWhatIsNoArchive() throws {
        let path = try folder.write(String(repeating: "no archive at all\n", count: 100), to: "junk")
        #expect(code { _ = try extract(path, into: target) } == .badArchive)
    }
}
