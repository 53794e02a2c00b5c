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
