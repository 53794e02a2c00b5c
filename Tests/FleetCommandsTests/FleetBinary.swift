import FleetTesting
import Foundation
import Glibc
import Testing

/// The built program, run in a project folder of a test's own with a home folder of its own.
struct FleetBinary: Sendable {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let error: String

        /// The object that `--json` printed.
        func json() throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(object as? [String: Any])
        }
    }

    let folder: TemporaryFolder
    private let home: TemporaryFolder
    /// Variables beside the usual ones.
    var environment: [String: String] = [:]

    init() throws {
        folder = try TemporaryFolder()
        home = try TemporaryFolder()
    }

    /// In a project that `fleet init` made.
    static func inProject() throws -> FleetBinary {
        let fleet = try FleetBinary()
        #expect(try fleet.run("init").status == 0)
        return fleet
    }

    static var path: String { Program.fleet }

    func run(_ words: String..., language: String = "C", at place: String? = nil) throws -> Result {
        try run(words, language: language, at: place)
    }

    func run(_ words: [String], language: String = "C", at place: String? = nil) throws -> Result {
        try start(words, language: language, at: place).result()
    }

    /// A run that goes on beside the test.
    struct Running {
        let process: Process
        fileprivate let streams: [String]

        var isRunning: Bool { process.isRunning }
        /// What it has printed so far.
        var output: String { (try? String(contentsOfFile: streams[0], encoding: .utf8)) ?? "" }
        func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

        /// What it has written until now.
        func outputSoFar() throws -> String { try String(contentsOfFile: streams[0], encoding: .utf8) }

        /// Waits for the end.
        func result() throws -> Result {
            process.waitUntilExit()
            let texts = try streams.map {
                String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self)
            }
            return Result(status: process.terminationStatus, output: texts[0], error: texts[1])
        }
    }

    /// Not started yet.
    func process(_ words: [String], language: String = "C", at place: String? = nil) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: place ?? folder.path)
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.path, "LANG": language,
        ].merging(environment) { $1 }
        return process
    }

    func start(_ words: [String], language: String = "C", at place: String? = nil) throws -> Running {
        let process = process(words, language: language, at: place)
        // Files rather than pipes: nobody has to read two streams at once.
        let streams = try ["stdout", "stderr"].map { try home.write("", to: "\($0)-\(UUID())") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: streams[0]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: streams[1]))
        try process.run()
        return Running(process: process, streams: streams)
    }
}
