import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// What single scripts of a lying host come to.
@Suite struct HostAnswerTests {
    private func result(_ output: String, error: String = "", isCut: Bool = false) -> RemoteResult {
        RemoteResult(
            output: Array(output.utf8), error: Array(error.utf8), isCut: isCut, ending: .status(0), bytesSent: 0,
            duration: .zero, greeting: Greeting(text: "", delay: .zero), news: [])
    }

    private func failure<Value>(_ body: () throws -> Value) -> Failure? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test func readsLinesThatEndInACarriageReturn() {
        let values = result("a=1\r\nb=2\n=\nnothing\n").values
        #expect(values.map(\.key) == ["a", "b", ""] && values.map(\.value) == ["1\r", "2", ""])
    }

    @Test func refusesWhatIsLongerThanAnyAnswer() throws {
        #expect(failure { try HostAnswer(result("a=1\n", isCut: true)) }?.kind == .lost)
        let many = String(repeating: "a=1\n", count: HostAnswer.maximumLines + 1)
        #expect(failure { try HostAnswer(result(many)) } == .answerTooLong)
    }

    /// It would go on until the deadline, and take as much memory as it likes.
    @Test(arguments: [(true, FailureClass.lost), (false, .noShell)])
    func cutsOffAHostThatGoesOnForEver(begins: Bool, kind: FailureClass) async throws {
        let transport = FakeTransport { command in
            if begins { command.begin() }
            let line = [UInt8](repeating: UInt8(ascii: "="), count: 1 << 20)
            for _ in 0..<1000 where command.write(.error, line) == .finished { return .status(0) }
            return .status(1)
        }
        let destination = Destination(host: try HostName("liar"), address: "192.0.2.1")
        let connection = try await transport.connect(to: destination, deadline: .after(.seconds(60)))
        let shell = RemoteShell(connection) { connection }
        let failure = await #expect(throws: Failure.self) {
            try await shell.run(.verify, [], deadline: .after(.seconds(60)))
        }
        #expect(failure?.kind == kind)
        if begins { #expect(failure == .answerTooLong) }
    }

    @Test func cutsAReason() {
        #expect(result("", error: String(repeating: "\u{1B}", count: 100_000)).reason.count == 500)
    }

    @Test(arguments: [
        "20261126-105633-a8fa.1.1 dead 9223372036854775807", "20261126-105633-a8fa.1.1 dead -1", "../x dead 1",
        "-rf dead 1", "a alive 1", "a dead nan", "a dead", "",
    ])
    func refusesJobsThatAreNone(line: String) {
        #expect(failure { try RemoteJob.list(result("job=\(line)\n")) }?.kind == .lost)
    }

    @Test(arguments: [
        "0 9223372036854775807 1 no", "0 -1 0 no", "256 0 0 no", "-1 0 0 no", "0 0 nan no", "0 0", "nan 0 0 no",
        "0 0 0 no " + String(repeating: "x", count: 600),
    ])
    func refusesTrailersThatAreNone(line: String) { #expect(JobTrailer(line) == nil) }

    @Test func takesNoTimeFromATrailerThatIsNone() throws {
        let trailer = try #require(JobTrailer("0 0 0 no nanm1s infm0s nan inf 9223372036854775807"))
        #expect(trailer.user == nil && trailer.system == nil && trailer.wall == nil && trailer.peakMemory == nil)
    }

    @Test(arguments: [
        "schedule=../../x@aaaaaaaa yes - 0 * * * *", "schedule=x@bbbbbbbb yes - 0 * * * *", "schedule=x yes - 0",
        "job=x last.1.1 5 dead", "schedule=x@aaaaaaaa yes - 0\njob=x last.1.1 5 dead",
        "schedule=x@aaaaaaaa yes - 0\njob=x 20261126-105633-a8fa.1.1 9223372036854775807 dead",
        "schedule=x@aaaaaaaa yes - 0\nbusy=../../x",
    ])
    func refusesSchedulesThatAreNone(lines: String) throws {
        #expect(failure { try HostSchedule.list(HostAnswer(result(lines + "\n")), of: "aaaaaaaa") }?.kind == .lost)
    }

    @Test(arguments: ["-G", "a b", "a\u{1B}[2J"]) func refusesUsersThatAreNone(name: String) {
        #expect(failure { try HostNeeds(HostAnswer([("user", name)])) }?.kind == .lost)
    }

    @Test(arguments: ["current", "version", "base"]) func refusesVersionsThatLeadElsewhere(key: String) {
        #expect(failure { try PackageStatus(HostAnswer([(key, "../../secret/backup")])) }?.kind == .lost)
    }

    @Test(arguments: ["-1", "9223372036854775807", "1e9"]) func refusesRoomThatIsNone(size: String) {
        #expect(failure { try PackageStatus(HostAnswer([("free", size)])) }?.kind == .lost)
    }

    @Test func survivesEmptyWordsOfSlurm() {
        let answer = SlurmAnswer(
            result("begun=\nended= \nqueued=\nbegun=9223372036854775807.1 n\nbegun=0.1\nbegun=2.1\n"))
        #expect(answer.begun == [SlurmJob(position: 2, attempt: 1): ""] && answer.ended.isEmpty)
        #expect(SlurmEnding.list(result("why=\nsaid=\nwhy=1.1\n")).isEmpty)
    }
}
