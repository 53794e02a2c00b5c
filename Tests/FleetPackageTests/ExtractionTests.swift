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
        _ lines: String, mode: String = "w", limits: ExtractionLimits = ExtractionLimits(),
        from sender: ArchiveReader.Sender = .fleet, origin: ArchiveOrigin? = nil
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
        return try extract(archive, into: target, limits: limits, from: sender, origin: origin)
    }

    private func reasons(_ lines: String, limits: ExtractionLimits = ExtractionLimits()) throws -> [RefusedEntry.Reason]
    {
        let extraction = try unpack(lines, limits: limits)
        #expect(try FolderListing.files(below: folder.path + "/out").filter { !$0.text.hasPrefix("inner/") }.count == 1)
        #expect(try folder.read("out/outside") == "secret")
        return extraction.refused.map(\.reason)
    }

    @Test(arguments: ["/tmp/fleet-absolute", "../escaped", "a/../../escaped", "a/./b", "..", ""])
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
        var limits = ExtractionLimits()
        (limits.depth, limits.pathLength) = (32, 1024)
        #expect(try reasons("add(\(path))", limits: limits) == [.pathTooLong])
    }

    @Test(arguments: ["'d/' * 300 + 'x'", "'x' * 256", "('n' * 200 + '/') * 18 + 'x'"])
    func hasLimitsOfPaths(_ path: String) throws { #expect(try reasons("add(\(path))") == [.pathTooLong]) }

    @Test func takesDeepPaths() throws { #expect(try reasons("add('d/' * 200 + 'x')") == []) }

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

    /// They are fine on a disk of this machine.
    @Test func bringsHomeNamesOfAnyBytes() throws {
        let extraction = try unpack(
            "add('caf\\udce9', text='1'); add('two\\nlines', text='2'); add('a\\tb', text='3')", from: .host)
        #expect(extraction.refused.isEmpty)
        let names = extraction.files.map(\.path.bytes)
        #expect(names == [Array("a\tb".utf8), Array("caf".utf8) + [0xE9], Array("two\nlines".utf8)])
        #expect(try FolderListing.entries(below: target).map(\.path.bytes) == names)
    }

    @Test func bringsHomeBothAccents() throws {
        let extraction = try unpack("add('caf\u{E9}', text='1'); add('cafe\u{301}', text='2')", from: .host)
        #expect(extraction.files.count == 2 && extraction.refused.isEmpty)
    }

    @Test func neverWritesThroughALinkWhoseSlashHasAnAccent() throws {
        #expect(try reasons("add('d/x'); add('link', SYMTYPE, 'd'); add('link/\u{301}y', text='2')") == [.occupied])
    }

    @Test(arguments: [
        ("a/link", "/fleet/runs/job.1/a/b", "b"), ("a/link", "/x/runs/job.1/out/b", "../out/b"),
        ("link", "/job/out/b", "out/b"), ("link", "./b", "b"), ("link", "a//b/", "a/b"), ("link", ".", "."),
    ])
    func bringsHomeLinksWithin(path: String, given: String, target text: String) throws {
        let origin = ArchiveOrigin(ending: "runs/job.1", inContainer: "/job")
        let extraction = try unpack("add('\(path)', SYMTYPE, '\(given)')", from: .host, origin: origin)
        #expect(extraction.links.map { String(decoding: $0.target, as: UTF8.self) } == [text])
    }

    @Test(arguments: ["/fleet/runs/job.2/a", "/fleet/runs/job.1", "/fleet/runs/job.1/../../a", "/jobs/a", "/job"])
    func refusesAbsoluteLinksElsewhere(_ link: String) throws {
        let origin = ArchiveOrigin(ending: "runs/job.1", inContainer: "/job")
        let extraction = try unpack("add('link', SYMTYPE, '\(link)')", from: .host, origin: origin)
        #expect(extraction.refused.map(\.reason) == [.unsafeLink])
    }

    @Test func tellsWhatItRefusedHarmlessly() throws {
        let extraction = try unpack("add('\\x1b[2J\\udcff', FIFOTYPE)", from: .host)
        #expect(extraction.refused == [RefusedEntry(path: "\\x1b[2J\\xff", reason: .specialFile)])
    }

    @Test func countsAllRefusalsAndKeepsTheFirst() throws {
        var limits = ExtractionLimits()
        limits.refusals = 5
        let extraction = try unpack("[add('p%d' % i, FIFOTYPE) for i in range(50)]", limits: limits)
        #expect(extraction.refused.count == 5 && extraction.refusedCount == 50)
    }

    /// Nothing that a host sends is unpacked by a decompressor: see the sender.
    @Test(arguments: ["w:gz", "w:bz2", "w:xz"]) func takesNoCompressedArchiveFromAHost(_ mode: String) throws {
        #expect(code { _ = try unpack("add('a', text='x')", mode: mode, from: .host) } == .badArchive)
    }

    @Test func endsAtItsTime() throws {
        var limits = ExtractionLimits()
        limits.time = .zero
        #expect(code { _ = try unpack("add('a', text='x')", limits: limits) } == .badArchive)
    }

    @Test func takesNoSparseFileThatIsLargerThanTheLimit() throws {
        var limits = ExtractionLimits()
        limits.totalSize = ByteCount(1 << 20)
        let lines = """
            member = TarInfo('sparse'); member.pax_headers = {'GNU.sparse.major': '0', 'GNU.sparse.minor': '1',
                'GNU.sparse.map': '0,0', 'GNU.sparse.size': str(1 << 60), 'GNU.sparse.name': 'sparse'}
            tar.format = PAX_FORMAT; tar.addfile(member)
            """
        #expect(try unpack(lines, limits: limits, from: .host).size.bytes <= 1 << 20)
    }

    @Test func findsFilesAmongMany() throws {
        let lines = "[add('d%d/f%d' % (i % 7, i), text=str(i)) for i in range(20000)]; add('h', LNKTYPE, 'd1/f8')"
        let extraction = try unpack(lines)
        #expect(extraction.files.count == 20001)
        #expect(extraction.files["d1/f8"]?.digest == FileDigest.of(Array("8".utf8)))
        #expect(extraction.files["h"]?.digest == extraction.files["d1/f8"]?.digest)
        #expect(extraction.files["d1/f9"] == nil)
    }

    /// Two lists of files never have the same lines, whatever is in their names.
    @Test func digestsNamesUnambiguously() throws {
        func digest(_ names: [String]) throws -> Digest {
            let files = try names.map { name in
                Extraction.File(path: try #require(BytePath(name.utf8)), size: 1, digest: FileDigest.of([]))
            }
            return Extraction(files: files, links: [], refused: []).digest
        }
        let line = "a\t1\t\(FileDigest.of([]))\nb"
        #expect(try digest(["a", "b"]) != digest([line]))
        #expect(try digest(["a", "b"]).hex == FileDigest.of(Array("\(line)\t1\t\(FileDigest.of([]))\n".utf8)).hex)
    }

    @Test func refusesWhatIsNoArchive() throws {
        let path = try folder.write(String(repeating: "no archive at all\n", count: 100), to: "junk")
        #expect(code { _ = try extract(path, into: target) } == .badArchive)
    }
}
