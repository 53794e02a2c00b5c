import FleetTesting
import Foundation
import Testing

/// The program that runs the commands of the documents.
@Suite struct TranscriptTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func check(_ block: String, writes: Bool = false) throws -> (status: Int32, text: String, error: String) {
        let document = try folder.write("```console\n\(block)\n```\n", to: "document.md")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scripts/transcripts")
        let process = Process()
        let errors = Pipe()
        process.executableURL = script
        process.arguments = (writes ? [] : ["--check"]) + [document]
        process.environment = ProcessInfo.processInfo.environment.merging(["FLEET": Program.fleet]) { $1 }
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: document, encoding: .utf8), said)
    }

    @Test func takesABlockThatIsTrue() throws {
        let result = try check("$ fleet version\nfleet 0.1.0\n$ cd /\n$ pwd\n/")
        #expect(result.status == 0, "\(result.error)")
    }

    @Test func refusesABlockThatIsNot() throws {
        let result = try check("$ fleet version\nfleet 9.9.9")
        #expect(result.status == 1 && result.error.contains("document.md:2: not what fleet prints"), "\(result.error)")
        #expect(result.text.contains("9.9.9"))
    }

    @Test func writesABlockAnew() throws {
        let result = try check("$ fleet version\nfleet 9.9.9", writes: true)
        #expect(result.status == 0 && result.text == "```console\n$ fleet version\nfleet 0.1.0\n```\n")
    }

    @Test func leavesABlockWhereOnlyTimesDiffer() throws {
        let block =
            "$ echo run 20261127-060950-5292 took 0.11 s at $(date +%T)\nrun 20200101-000000-abcd took 7 min at 11:22:33"
        let result = try check(block, writes: true)
        #expect(result.status == 0 && result.text.contains(block), "\(result.text)")
    }

    @Test func tellsACommandThatFails() throws {
        let result = try check("$ fleet ping")
        #expect(result.status == 1 && result.error.contains("ended with status 4, not 0"), "\(result.error)")
    }
}
