import FleetBase
import FleetLedger
import FleetPackage
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

@Suite struct RunTests {
    @Test func bringsOutputAndMetricsHome() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.failure == nil)
        #expect(outcome.state == .done)
        #expect(outcome.metrics == .object(["greetings": .integer(1)]))
        let results = try #require(outcome.results)
        #expect(try String(contentsOfFile: results + "/stdout", encoding: .utf8) == "hello\n")
        #expect(try String(contentsOfFile: results + "/stderr", encoding: .utf8) == "aside\n")
    }

    @Test func leavesNoFolderOnTheHost() async throws {
        let fixture = try EngineFixture()
        _ = try await fixture.run()
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path + "/homes/one/.fleet/runs"))
    }

    /// The release is read-only, and somebody has changed it all the same.
    @Test func doesNotRunAReleaseThatWasTouched() async throws {
        let fixture = try EngineFixture()
        _ = try await fixture.run()
        let package = try await fixture.builder.build("hello")
        let file = "\(fixture.folder.path)/homes/one/.fleet/packages/hello/\(package.version)/hello.sh"
        try Program.run(["sh", "-c", "chmod u+w '\(file)' && echo 'echo other' >'\(file)'"])
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.state == .failed && outcome.failure?.kind == .push)
        #expect(outcome.failure?.message.text(in: .english).contains("is not as it was installed") == true)
        #expect(outcome.failure?.hint?.text(in: .english) == "fleet verify hello --repair --hosts one")
        let verified = await fixture.fleet.verify(["hello"], on: fixture.hosts, repairs: true)
        #expect(verified.first?.value?.repaired.count == 1)
        #expect(try await fixture.run().first?.state == .done)
    }

    @Test func tellsTheWorkersStatus() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "fail"]).first)
        #expect(outcome.failure?.kind == .exit)
        #expect(outcome.exit == 9)
        #expect(outcome.state == .failed)
    }

    /// Whoever writes after the worker's end would make the results longer than the trailer says.
    @Test func bringsHomeWhatAWorkerWithAStubbornChildLeft() async throws {
        let outcome = try #require(try await EngineFixture().run(["do": "linger"]).first)
        #expect(outcome.failure == nil && outcome.state == .done && outcome.notes.isEmpty)
    }

    @Test func removesReadOnlyFoldersOfTheWorker() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "lock"]).first)
        #expect(outcome.state == .done && outcome.notes.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path + "/homes/one/.fleet/runs"))
    }

    @Test func tellsTheSignalThatKilledTheWorker() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "killed"]).first)
        #expect(outcome.failure?.kind == .signal)
        #expect(outcome.exit == 137)
    }

    @Test func stopsAWorkerAtItsLimit() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "hang"]) { $0.timeout = .seconds(1) }.first)
        #expect(outcome.failure?.kind == .timeOut)
        let results = try #require(outcome.results)
        let process = try #require(Int32(try String(contentsOfFile: results + "/out/pid", encoding: .utf8).dropLast()))
        #expect(kill(process, 0) != 0)
    }

    @Test func leavesOutWhatNoResultMayBe() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "escape"]).first)
        #expect(Set(outcome.missing.map(\.path)) == ["out/passwd", "out/fifo"] && outcome.missingCount == 2)
        let results = try #require(outcome.results)
        #expect(FileManager.default.fileExists(atPath: results + "/out/fine"))
        // Not whole is no success, and the host keeps it.
        #expect(outcome.state == .failed && outcome.failure?.kind == .incomplete && outcome.exit == 0)
        #expect(try keptJobs(fixture).count == 1)
    }

    @Test func takesWhatComesWhereThatIsAllowed() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "escape"]) { $0.allowsIncomplete = true }.first)
        #expect(outcome.state == .done && outcome.failure == nil && outcome.missing.count == 2)
        #expect(try keptJobs(fixture).isEmpty)
    }

    private func keptJobs(_ fixture: EngineFixture) throws -> [String] {
        let runs = fixture.folder.path + "/homes/one/.fleet/runs"
        guard FileManager.default.fileExists(atPath: runs) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: runs)
    }

    /// The work is not done again for what this machine can't do; the next one brings it home.
    @Test func keepsOnTheHostWhatThisMachineCannotTake() async throws {
        let fixture = try EngineFixture()
        let results = fixture.fleet.project.workFolder + "/results"
        try FileManager.default.createDirectory(
            atPath: fixture.fleet.project.workFolder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: results))
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.state == .lost && outcome.failure?.kind == .master)
        #expect(try keptJobs(fixture).count == 1)
        try FileManager.default.removeItem(atPath: results)
        let (ledger, hosts) = (try fixture.ledger(), fixture.hosts)
        let run = try await ledger.run("last").id
        let pulled = try await fixture.fleet.pull(try await ledger.tasks(of: run), of: run, on: hosts, ledger: ledger)
        #expect(pulled.first?.value?.ended.first?.state == .done)
        #expect(try keptJobs(fixture).isEmpty)
    }

    @Test func takesNoMoreThanTheLimit() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(
            try await fixture.run(["do": "large"]) { $0.limits.archiveSize = ByteCount(1 << 20) }.first)
        #expect(outcome.state == .failed && outcome.failure?.kind == .limit)
        #expect(try keptJobs(fixture).count == 1)
        #expect(outcome.failure?.message.text(in: .english) == "the results are larger than 1.0 MiB")
        let left = try FileManager.default.subpathsOfDirectory(atPath: fixture.fleet.project.workFolder + "/results")
        #expect(!left.contains { $0.hasSuffix(".tar") })
    }

    /// /dev/full takes no byte, and calls an fsync invalid.
    @Test func tellsTheFirstProblemOfADownload() async throws {
        let file = try DownloadFile("/dev/full", limit: ByteCount(1 << 20))
        let bytes = [UInt8](repeating: 0, count: 10)
        _ = bytes.withUnsafeBytes { file.take(.output, $0) }
        let failure = await #expect(throws: Failure.self) { try await file.finish() }
        #expect(bytes.withUnsafeBytes { file.take(.output, $0) } == .finished)
        #expect(failure?.message.text(in: .english) == "can't write /dev/full: No space left on device")
    }

    @Test func tellsThatAnArchiveIsGone() throws {
        let error = #expect(throws: PackageError.self) {
            try DownloadFile.extract("/nowhere/archive.tar", into: "/nowhere", limits: ExtractionLimits())
        }
        #expect(error?.message.text(in: .english) == "can't read /nowhere/archive.tar: No such file or directory")
    }

    @Test func givesTheWorkerItsJobAndItsFiles() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run(["do": "job"]).first)
        let out = try #require(outcome.results) + "/out/"
        let job = try JSONText.decode(JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: out + "job.json")))
        #expect(job["parameters"] == .object(["do": .string("job")]))
        #expect(job["engine"] == .string("sh"))
        #expect(try String(contentsOfFile: out + "pwd", encoding: .utf8).contains("/.fleet/runs/"))
        #expect(try String(contentsOfFile: out + "ls", encoding: .utf8).contains("hello.sh\n"))
    }

    @Test func keepsOtherHostsRunningWhenOneFails() async throws {
        let fixture = try EngineFixture(hosts: ["one", "dead", "two"])
        let outcomes = try await fixture.run()
        #expect(outcomes.map(\.host.text) == ["one", "dead", "two"])
        #expect(outcomes.map { $0.failure?.kind } == [nil, .refused, nil])
    }

    @Test func writesDownTheHostThatWasNotReached() async throws {
        let fixture = try EngineFixture(hosts: ["dead"])
        _ = try await fixture.run()
        let ledger = try fixture.ledger()
        let attempt = try #require(try await ledger.attempts(of: ledger.run("last").id).first)
        #expect(attempt.state == .failed)
        #expect(attempt.failure?.kind == .refused)
        #expect(attempt.method == nil)
    }

    @Test func refusesAnotherVersionWithoutPush() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run { $0.pushesFirst = false }.first)
        #expect(outcome.failure?.kind == .push)
        #expect(outcome.hasPackage == false)
    }

    @Test func refusesAMethodThatNobodyHas() async throws {
        let fixture = try EngineFixture()
        let outcome = try #require(try await fixture.run { $0.method = .python }.first)
        #expect(outcome.failure?.kind == .noMethod)
    }

    @Test func writesEveryAttemptIntoTheLedger() async throws {
        let fixture = try EngineFixture(hosts: ["one", "two"])
        _ = try await fixture.run(["do": "fail"])
        let ledger = try fixture.ledger()
        let run = try await ledger.run("last")
        #expect(run.state == .failed)
        let attempts = try await ledger.attempts(of: run.id)
        #expect(attempts.map(\.host.text) == ["one", "two"])
        #expect(attempts.allSatisfy { $0.state == .failed && $0.exit == 9 && $0.resultDigest != nil })
    }

    @Test func endsTheWorkerWhenTheRunIsCancelled() async throws {
        let fixture = try EngineFixture()
        let root = fixture.folder.path + "/homes/one/.fleet/runs"
        let work = Task { () -> TaskOutcome? in
            let package = try await fixture.builder.build("hello")
            let request = RunRequest(package: package, parameters: try package.file.bind(["do": "hang"]))
            return try await fixture.fleet.run(
                request, on: fixture.hosts, ledger: try fixture.ledger(), live: { _ in { _, _ in } }
            ).outcomes.first
        }
        let process = try await Self.workersPid(below: root)
        work.cancel()
        let outcome = try #require(try await work.value)
        #expect(outcome.state == .cancelled)
        #expect(kill(process, 0) != 0)
        #expect(!FileManager.default.fileExists(atPath: root))
    }

    /// Waits until the worker has written its pid.
    private static func workersPid(below root: String) async throws -> Int32 {
        let deadline = Deadline.after(.seconds(90))
        while !deadline.hasPassed {
            for run in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
                let text = try? String(
                    contentsOfFile: [root, run, "work/out/pid"].joined(separator: "/"), encoding: .utf8)
                if let text, text.hasSuffix("\n"), let process = Int32(text.dropLast()) { return process }
            }
            await Task.yield()
        }
        throw Failure(.timeOut, Message("the worker did not start"))
    }
}

extension RunTests {
    @Test func tellsMetricsThatAreNotAsDeclared() async throws {
        let script = "echo '{\"greetings\": \"many\"}' >out/metrics.json\n"
        let files = EngineFixture.hello.merging(["hello/hello.sh": script]) { $1 }
        let fixture = try EngineFixture(files: files)
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.state == .done)
        #expect(
            outcome.notes.map { $0.text(in: .english) } == ["the metric greetings is declared as int, which it is not"])
    }

    @Test func tellsMetricsThatAreNoJSON() async throws {
        let files = EngineFixture.hello.merging(["hello/hello.sh": "echo '{' >out/metrics.json\n"]) { $1 }
        let fixture = try EngineFixture(files: files)
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.metrics == nil)
        #expect(outcome.notes.count == 1)
    }
}

extension RunTests {
    @Test func aPackageCannotForgeItsTrailer() async throws {
        let files = EngineFixture.hello.merging(["hello/trailer": "0 0 0\n", "hello/hello.sh": "exit 9\n"]) { $1 }
        let fixture = try EngineFixture(files: files)
        let outcome = try #require(try await fixture.run().first)
        #expect(outcome.exit == 9)
        #expect(outcome.state == .failed)
    }

    @Test func leavesNothingBehindWhereTheRootIsALink() async throws {
        let fixture = try EngineFixture()
        try FileManager.default.createDirectory(
            atPath: fixture.folder.path + "/elsewhere", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path + "/homes", withDestinationPath: fixture.folder.path + "/elsewhere")
        let outcome = try #require(try await fixture.run(["do": "hang"]) { $0.timeout = .seconds(1) }.first)
        #expect(outcome.failure?.kind == .timeOut)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path + "/elsewhere/one/.fleet/runs"))
    }
}
