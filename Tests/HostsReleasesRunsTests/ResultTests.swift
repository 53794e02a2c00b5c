import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetHosts
@testable import FleetPackage
@testable import FleetRuns

/// What a job leaves comes home although something is odd about it.
@Suite(.serialized) struct ResultTests {
    private let host: ScriptHost

    init() throws { host = try ScriptHost() }

    private func collect(in shell: HostShell) async throws -> RemoteResult {
        try await host.run(.collect, [host.root, "job"], in: shell)
    }

    /// Puts a tar before the host's own that does its work and then says something.
    private func addTar(saying text: String, status: Int) throws {
        let tar = try Program.path("tar")
        try host.addProgram("tar", "\(tar) \"$@\"\necho \"tar: \(text)\" >&2\nexit \(status)\n")
    }

    private func names(in result: RemoteResult) throws -> Set<String> {
        let list = String(decoding: try Program.run(["tar", "-tf", "-"], input: result.output), as: UTF8.self)
        return Set(list.split(separator: "\n").map(String.init))
    }

    @Test(arguments: HostShell.allCases) func endsWhatTheWorkerLeaves(shell: HostShell) async throws {
        let mark = "60\(Int.random(in: 1000...9999)).5"
        #expect(
            try await host.start("job", "sleep \(mark) & exit 3", in: shell).news.contains {
                $0.hasPrefix("job 3 0 0 no ")
            })
        #expect(Processes.running("sleep \(mark)").isEmpty)
    }

    @Test(arguments: HostShell.allCases) func measuresOnlyWhatNobodyWritesToAnyMore(shell: HostShell) async throws {
        let child = "sh -c 'trap \"\" TERM; while :; do echo more; sleep 0.01; done' & exit 0"
        let result = try await host.start("job", child, in: shell)
        let trailer = try #require(JobTrailer(in: result.news))
        #expect(trailer.outputSize == Int64(try host.folder.read("root/runs/job/stdout").utf8.count))
    }

    @Test(arguments: HostShell.allCases) func namesAFileThatCannotBeRead(shell: HostShell) async throws {
        let user = try host.shellOfAUser(shell)
        let code = "cd out; echo kept >fine; echo x >'a secret'; mkdir d; chmod 0 'a secret' d"
        let start = host.startWords("job", code).map { ShellWord($0) }
        _ = try await user.run(.start, start, input: ScriptHost.job, deadline: .after(.seconds(30)))
        let words = [ShellWord(host.root), "job"]
        let result = try await user.run(.collect, words, deadline: .after(.seconds(30)))
        #expect(result.status == 0)
        #expect(try names(in: result).isSuperset(of: ["work/out/fine", "stdout", "stderr"]))
        #expect(TaskAttempt.told(in: result.errorText).unreadable.sorted() == ["out/a secret", "out/d"])
    }

    /// A worker leaves a hundred thousand of them with one chmod.
    @Test func countsTheNotesThatAreTooMany() {
        let text = (1...1500).map { "@unreadable out/\($0)\n@tar out/\($0)\n" }.joined()
        let told = TaskAttempt.told(in: text)
        #expect(told.unreadable.count == 1000 && told.unreadable.last == "out/1000")
        let notes = told.notes.map { $0.text(in: .english) }
        #expect(notes.count == 21 && notes[19] == "tar said on the host: out/20")
        #expect(notes.last == "and 1980 more notes of this kind")
    }

    @Test(arguments: HostShell.allCases) func tellsOfAFileThatChanged(shell: HostShell) async throws {
        _ = try await host.start("job", "true", in: shell)
        try addTar(saying: "out/log: file changed as we read it", status: 1)
        let result = try await collect(in: shell)
        #expect(result.status == 0)
        let notes = TaskAttempt.told(in: result.errorText).notes.map { $0.text(in: .english) }
        #expect(notes == ["tar said on the host: out/log: file changed as we read it"])
    }

    @Test(arguments: HostShell.allCases) func failsWhenTarDoes(shell: HostShell) async throws {
        _ = try await host.start("job", "true", in: shell)
        try addTar(saying: "out/log: Read error at byte 0: Input/output error", status: 2)
        let result = try await collect(in: shell)
        #expect(result.status == 2 && result.reason.contains("Input/output error"))
    }

    @Test(arguments: HostShell.allCases) func failsWhenTarIsKilled(shell: HostShell) async throws {
        _ = try await host.start("job", "true", in: shell)
        try host.addProgram("tar", "kill -KILL $$\n")
        #expect(try await collect(in: shell).status == 137)
    }

    /// A host sends what it likes.
    @Test func takesNoTimeThatNoHostCanMean() throws {
        let line = "job 0 0 0 no 1e300m1s 0m1.5s 1.0 1e300 9223372036854775807"
        let trailer = try #require(JobTrailer(in: ["begin", line]))
        #expect(trailer.user == nil && trailer.system == .seconds(1.5))
        #expect(trailer.wall == nil && trailer.peakMemory == nil)
    }

    /// A process that left the session of the job may still write.
    @Test func takesOutputThatGrewAndNoneThatShrank() throws {
        let trailer = try #require(JobTrailer(in: ["job 0 3 0 no"]))
        func extraction(_ size: Int64) throws -> Extraction {
            let files = try [("stdout", size), ("stderr", 0)].map { name, size in
                Extraction.File(path: try RelativePath(name), size: size, digest: FileDigest.of([]))
            }
            return Extraction(files: files, links: [], refused: [])
        }
        #expect(try trailer.check(extraction(3)).isEmpty)
        #expect(try trailer.check(extraction(4)).count == 1)
        #expect(throws: Failure.self) { try trailer.check(extraction(2)) }
    }
}
