import FleetBase
import FleetConfig
import FleetPackage
import FleetTesting
import Synchronization
import Testing
@testable import FleetHosts
@testable import FleetReleases

/// What a host says of releases leads to no file of the master's.
@Suite struct LyingReleaseTests {
    private let folder: TemporaryFolder
    private let files = Files()

    private final class Files: Sendable {
        let sent = Mutex<[String]>([])
    }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("secret", to: "secret/backup.tar.gz")
        try folder.write(
            "hosts:\n  liar: { address: 192.0.2.1 }\n  other: { address: 192.0.2.2 }\n", to: "p/inventory/hosts.yaml")
        for name in ["hello", "private"] {
            try folder.write("archive", to: "p/.fleet/packages/\(name)/1.0.0-0123456789ab.tar.gz")
        }
    }

    /// - Parameter answer: what the liar says to each script; the other host has nothing.
    private func fleet(_ answer: @escaping @Sendable (String) -> String) throws -> Fleet {
        let project = Project(folder: folder.path + "/p")
        let files = files
        let transport = FakeTransport { command in
            let isLiar = command.destination.host.text == "liar"
            let script = ["verify": Script.verify, "status": .status, "prune": .prune, "install": .install].first {
                command.line.contains("exec /bin/sh -c \(ShellWord($0.value.text).rendered) ")
            }
            if !command.input.isEmpty {
                files.sent.withLock { $0.append(String(decoding: command.input, as: UTF8.self)) }
            }
            command.begin()
            command.write(.output, isLiar ? answer(script?.key ?? "") : "")
            command.end()
            return .status(0)
        }
        return Fleet(project: project, inventory: try project.inventory(home: folder.path), ssh: transport)
    }

    private func verify(_ lines: String, _ names: [String] = []) async throws -> [HostOutcome<Verification>] {
        let fleet = try fleet { script in
            script == "verify" ? lines : script == "status" ? "tool=gzip\ntool=zstd\nfree=100000000000\n" : ""
        }
        return await fleet.verify(names, on: fleet.inventory.hosts, repairs: true)
    }

    @Test(arguments: [
        "damaged=../../../secret backup x\nchecked=../../../secret backup 1\n",
        "damaged=hello ../../../../secret/backup x\n",
        "damaged=hello /etc/passwd x\n", "damaged=.. .. x\n", "damaged=hello -x y\n", "signature=../.. x wrong\n",
        "checked=hello 1.0.0-0123456789ab -5\n", "checked=hello 1.0.0-0123456789ab 9223372036854775807\n",
    ])
    func sendsNothingThatAHostNamesOtherwise(lines: String) async throws {
        let outcomes = try await verify(lines)
        #expect(outcomes[0].failure?.kind == .lost && outcomes[1].failure == nil)
        #expect(files.sent.withLock(\.self).isEmpty)
    }

    @Test func sendsOnlyPackagesThatWereAskedAbout() async throws {
        let outcomes = try await verify("damaged=private 1.0.0-0123456789ab x\n", ["hello"])
        #expect(outcomes[0].failure?.kind == .lost)
        #expect(files.sent.withLock(\.self).isEmpty)
    }

    @Test func stillRepairsWhatIsTheProjects() async throws {
        let outcomes = try await verify("damaged=hello 1.0.0-0123456789ab hello.sh\n", ["hello"])
        #expect(outcomes[0].value?.repaired.map(\.name) == ["hello"])
        #expect(files.sent.withLock(\.self) == ["archive"])
    }

    /// A host's manifest proves itself by its digest, and may hold anything all the same.
    @Test func refusesAManifestWhoseChunksAreNone() {
        let digest = String(repeating: "0", count: 64)
        for chunks in ["9223372036854775807 0 9223372036854775807 1", "0 0", "-1 0", "262145 0"] {
            let text = """
                {"name":"a","version":"1","metadata":{},"files":[{"path":"f","mode":"0644","size":1,"sha256":"\(digest)",\
                "chunks":"\(chunks)"}]}
                """
            #expect(throws: PackageError.self) { try Manifest(bytes: text.utf8) }
        }
    }

    @Test func takesAManifestWithOnePathInTwoSpellings() throws {
        let names = ["e\u{301}", "f", "\u{E9}"]
        let digest = String(repeating: "0", count: 64)
        let files = names.map { "{\"path\":\"\($0)\",\"mode\":\"0644\",\"size\":1,\"sha256\":\"\(digest)\"}" }.joined(
            separator: ",")
        let text = "{\"name\":\"a\",\"version\":\"1\",\"metadata\":{},\"files\":[\(files)]}"
        let old = try Manifest(bytes: text.utf8)
        let new = try Manifest(name: "a", declaredVersion: "2", metadata: .object([:]), entries: [])
        #expect(ReleaseDelta.pairs(from: old, to: new).isEmpty)
        #expect(try ReleaseDelta(from: old, to: new, in: folder.path, oldFiles: nil) != nil)
    }

    @Test(arguments: ["9223372036854775807", "-1", "x", "1125899906842625"])
    func aSizeThatIsNoneIsAFailureOfItsHost(size: String) async throws {
        let fleet = try fleet { $0 == "prune" ? "removed=hello 1.0.0-0123456789ab \(size)\n" : "" }
        let outcomes = await fleet.prune([], keep: 1, on: fleet.inventory.hosts, dryRun: true)
        #expect(outcomes[0].failure?.kind == .lost && outcomes[1].value == [])
    }
}
