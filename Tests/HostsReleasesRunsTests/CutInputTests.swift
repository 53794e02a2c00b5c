import FleetBase
import FleetTesting
import Foundation
import Testing
@testable import FleetHosts
@testable import FleetPackage
@testable import FleetRuns

/// What a script reads when the connection breaks in the middle of its input: a part is never taken for the whole.
@Suite(.serialized) struct CutInputTests {
    private let host: ScriptHost

    init() throws { host = try ScriptHost() }

    /// An empty nonce, or the beginning of one, stands in many commands that are none of fleet's.
    @Test(arguments: HostShell.allCases, ["", "\n", "\n\n\n", "\n\n\nend\n", "4f", "4f\n", "4f\n\n\n", "4f\n\n\nen"])
    func endsNobodyElsesCommand(shell: HostShell, input: String) async throws {
        // Not root's: were the script wrong, it would end whatever `sh -c` there is.
        let user = try host.shellOfAUser(shell)
        let mark = "60\(Int.random(in: 1000...9999)).5"
        let bystander = Task {
            try await user.execute(
                ["setsid", "sh", "-c", ShellWord(": @fleet 4f; sleep \(mark); :")], deadline: .after(.seconds(60)))
        }
        #expect(await eventually { !Processes.running("sleep \(mark)").isEmpty })
        let spared = try #require(Processes.running("sleep \(mark)").first)
        let result = try await user.run(
            .cancel, [], input: .bytes(Array(input.utf8)), deadline: .after(.seconds(30)))
        #expect(result.status == 3 && Processes.isAlive(spared))
        kill(spared, SIGKILL)
        _ = try await bystander.value
    }

    /// `job.1` is the beginning of `job.10`.
    @Test(arguments: HostShell.allCases, ["job.10\njob.1", "job.10\njob.1\n", "job.10\njob.1\nen"])
    func removesNoJobOfACutList(shell: HostShell, input: String) async throws {
        for id in ["job.1", "job.10"] { _ = try await host.start(id, "true", in: shell) }
        let result = try await host.run(.discard, [host.root], in: shell, input: .bytes(Array(input.utf8)))
        #expect(result.status == 73 && result.reason == "the list of jobs arrived cut off")
        #expect(host.exists("runs/job.1") && host.exists("runs/job.10"))
        let whole = CommandLine.Input.bytes(Array("job.10\nend\n".utf8))
        #expect(try await host.run(.discard, [host.root], in: shell, input: whole).status == 0)
        #expect(host.exists("runs/job.1") && !host.exists("runs/job.10"))
    }

    /// tar takes an archive that ends after one of its files for a whole one.
    @Test(arguments: HostShell.allCases, [1024, 1536, 2048])
    func startsNoJobWithAPartOfItsInputs(shell: HostShell, size: Int) async throws {
        try host.folder.write("1", to: "one")
        try host.folder.write("2", to: "two")
        let files = ["one", "two"].map { ArchivedFile(path: $0, file: "\(host.folder.path)/\($0)") }
        let path = host.folder.path + "/inputs"
        try ArchiveContent(texts: [], files: files).withEnd.write(to: path, compression: nil)
        let archive = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let words = host.startWords("job", "ls; ls -A out", with: "i")
        let job = Array("{\"n\":1}\n".utf8)
        let cut = try await host.run(.start, words, in: shell, input: .bytes(job + archive.prefix(size)))
        #expect(cut.status == 74 && !host.exists("runs/job/pid"))
        _ = try await host.run(.discard, [host.root, "job"], in: shell)
        let whole = try await host.run(.start, words, in: shell, input: .bytes(job + archive))
        #expect(whole.outputText == "one\nout\ntwo\n")
    }

    @Test(arguments: [["bash"], ["dash"], ["busybox", "sh"]])
    func runsNoPartOfALongCommand(shell: [String]) throws {
        let words = ["echo", "\n", ShellWord(String(repeating: "word ", count: 8000))]
        let line = try RemoteLine(words, in: nil, nonce: Nonce())
        let lines = line.prefix.indices.filter { line.prefix[$0] == UInt8(ascii: "\n") }
        for end in lines.dropLast() + [line.prefix.count - 1] {
            let told = try Program.run(
                ["sh", "-c", "\"$@\"; echo \"$?\"", "sh"] + shell + ["-c", line.text],
                input: Array(line.prefix[..<end]))
            #expect(String(decoding: told, as: UTF8.self) == "74\n")
        }
    }
}
