import FleetBase
import FleetTesting
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// What a host tells of fleet's folder, and why the folder may have to stay.
@Suite struct RemoteFolderTests {
    private let host: HostName

    init() throws { host = try HostName("pc") }

    private func folder(_ lines: [(key: String, value: String)]) throws -> RemoteFolder {
        let own = [(key: "folder", value: "/home/ana/.fleet"), (key: "size", value: "4"), (key: "runs", value: "0")]
        return try #require(try RemoteFolder(HostAnswer(own + lines), on: host))
    }

    private func objection(_ lines: (key: String, value: String)...) throws -> String {
        let failure = try folder(lines).objection(on: host) { "01234567" }
        let message = try #require(failure).message.text(in: .english)
        return "\(message) / \(failure?.hint?.text(in: .english) ?? "")"
    }

    @Test func keepsAndTellsSoManyNamesAlone() throws {
        let many = (1...100_000).map { (key: "package", value: "name\($0)") }
        let folder = try folder(many)
        #expect(folder.packages.count == 1000)
        #expect(folder.packages.told(atMost: 2) == "name1, name2, …")
        #expect(["a", "b"].told(atMost: 2) == "a, b")
        #expect(try objection(("job", "a"), ("job", "b"), ("job", "c"), ("job", "d")).contains("a, b, c, … /"))
    }

    @Test func saysWhoseSchedulesThereAre() throws {
        let own = try objection(("schedule", "hourly@01234567"))
        #expect(own.contains("take its schedules away first: fleet schedule remove --hosts pc"))
        let others = try objection(("schedule", "hourly@01234567"), ("schedule", "daily@89abcdef"))
        #expect(others.contains("of other projects by itself: daily@89abcdef /") && others.contains("crontab -e"))
    }

    @Test func namesTheMachineOfAJob() throws {
        let text = try objection(("elsewhere", "a.1.1 pc2"))
        #expect(text.contains("other machines share /home/ana/.fleet with pc, and jobs may run there: a.1.1 @ pc2"))
    }

    @Test func refusesSizesThatNoDiskHas() throws {
        #expect(throws: Failure.self) {
            _ = try RemoteFolder(
                HostAnswer([("folder", "/x"), ("size", "9223372036854775807"), ("runs", "0")]), on: host)
        }
    }

    @Test func tellsAnEmptyFolderThatStays() throws {
        #expect(try folder([("empty", "/home/ana/.fleet")]).remains)
        #expect(try !folder([]).remains)
    }
}
