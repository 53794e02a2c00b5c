import FleetBase
import FleetTesting
import Synchronization
import Testing

@testable import FleetHosts

/// A host that tells how loaded it is, again and again.
@Suite struct FiguresTests {
    private static let facts = Facts([("load", "1"), ("memory", "1024"), ("os", "Debian")])

    @Test func newFiguresTakeThePlaceOfOldOnes() throws {
        let facts = try #require(Self.facts.updated(by: "load=0.25 memory=2048 memory_free=512 disk=9 disk_free=7"))
        #expect(facts.loadAverage == 0.25 && facts.number("memory") == 2048 && facts.number("disk_free") == 7)
        #expect(facts["os"] == "Debian")
    }

    @Test(arguments: [
        "load=x", "load=-1", "memory=99999999999999999999", "os=evil", "load", "load=1 package=a", "memory=\u{1B}[2J",
    ]) func whatNoScriptWouldTellIsNotTaken(words: String) {
        #expect(Self.facts.updated(by: words) == nil)
    }

    /// Two processors, of which one does not tell how busy it is, and what no driver says.
    @Test(
        arguments: HostShell.allCases,
        [
            ("37, 16384, 4096\n[N/A], 16384, 0\n", "gpu_use=37 gpu_memory=34359738368 gpu_memory_free=30064771072"),
            ("100, [N/A], [N/A]\n", "gpu_use=100"), ("NVIDIA-SMI has failed\n", ""), ("$(id), 1;2, -5\n", ""),
        ]) func graphicsProcessorsTellWhatTheyCan(shell: HostShell, smi: (said: String, figures: String)) async throws
    {
        let host = try ScriptHost()
        try host.folder.write(smi.said, to: "said")
        try host.addProgram(
            "nvidia-smi", "case $1 in *=name) echo 'NVIDIA H100' ;; *) cat '\(host.folder.path)/said' ;; esac\n")
        let words = try await host.run(.probe, [host.root, "1"], in: shell).outputText
        let lines = words.split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("gpu_") } == smi.figures.split(separator: " ").map(String.init), "\(words)")
        #expect(lines.contains("gpu=NVIDIA H100"))
        #expect(smi.figures.isEmpty || Self.facts.updated(by: smi.figures)?.number("gpu_use") != nil)
    }

    @Test(arguments: HostShell.allCases) func theScriptTellsAllFigures(shell: HostShell) async throws {
        let host = try ScriptHost()
        let (marks, mark) = AsyncStream.makeStream(of: String.self)
        let (remote, root) = (try host.shell(shell), ShellWord(host.root))
        let telling = Task {
            try await remote.run(
                .figures, [root, "0.1"], deadline: .after(.seconds(30)), keeping: .first(0), told: { mark.yield($0) })
        }
        var figures = marks.filter { $0.hasPrefix("figures ") }.makeAsyncIterator()
        for _ in 0..<2 {
            let words = try #require(await figures.next()).dropFirst(8)
            let keys = words.split(separator: " ").map { $0.prefix { $0 != "=" } }
            #expect(Set(keys) == ["load", "memory", "memory_free", "disk", "disk_free"])
            #expect(Self.facts.updated(by: words) != nil)
        }
        telling.cancel()
        _ = await telling.result
    }

    @Test func theyComeUntilNobodyWantsThemAndNothingStays() async throws {
        let fixture = try EngineFixture()
        let host = try #require(fixture.hosts.first)
        let (stream, feed) = AsyncStream.makeStream(of: Facts.self)
        let fleet = fixture.fleet
        let following = Task {
            await fleet.followFigures(of: host, every: .seconds(1), from: Self.facts, for: .seconds(60)) {
                feed.yield($0)
            }
        }
        var facts = stream.makeAsyncIterator()
        let first = try #require(await facts.next())
        #expect((first.number("memory") ?? 0) > 1024)
        following.cancel()
        #expect(await following.value == nil)
        #expect(await eventually { Processes.running(fixture.folder.path).isEmpty })
    }

    @Test func aHostThatIsNotThereSaysSo() async throws {
        let fixture = try EngineFixture(hosts: ["dead"])
        let host = try #require(fixture.hosts.first)
        let failure = await fixture.fleet.followFigures(
            of: host, every: .seconds(1), from: Self.facts, for: .seconds(60)
        ) { _ in }
        #expect(failure != nil)
    }

    /// The host is asked for everything then.
    @Test func theyEndWhenTheTimeHasPassed() async throws {
        let fixture = try EngineFixture()
        let host = try #require(fixture.hosts.first)
        let failure = await fixture.fleet.followFigures(
            of: host, every: .seconds(1), from: Self.facts, for: .milliseconds(50)
        ) { _ in }
        #expect(failure == nil)
    }
}
