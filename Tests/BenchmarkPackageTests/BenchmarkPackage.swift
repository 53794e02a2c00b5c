import FleetBase
import FleetTesting
import Foundation

/// A copy of `packages/benchmark` with its native engine built.
final class BenchmarkPackage: Sendable {
    private let folder: TemporaryFolder
    let path: String

    init() throws {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        folder = try TemporaryFolder()
        path = folder.path + "/benchmark"
        let source = repository.appendingPathComponent("packages/benchmark").standardizedFileURL.path
        try FileManager.default.copyItem(atPath: source, toPath: path)
        for output in ["particles", "compiled"] { try? FileManager.default.removeItem(atPath: "\(path)/\(output)") }
        guard try run([path + "/build.sh"], in: path).status == 0 else { throw CocoaError(.executableLoad) }
    }

    /// Those that were built; cython takes a compiler, which `scripts/setup --all` installs.
    var engines: [Engine] {
        let compiled = (try? FileManager.default.contentsOfDirectory(atPath: path + "/compiled")) ?? []
        return Engine.allCases.filter { $0 != .cython || compiled.contains { $0.hasSuffix(".so") } }
    }

    /// The words that start an engine.
    func command(_ engine: Engine) -> [String] {
        switch engine {
        case .native: [path + "/particles"]
        case .cython: ["python3", path + "/benchmark_cython.py"]
        case .python: ["python3", path + "/benchmark.py"]
        }
    }
}

enum Engine: CaseIterable {
    case native, cython, python
}

struct Metrics: Decodable, Equatable {
    let particleCollisions: Int
    let wallCollisions: Int
    let state: String

    enum CodingKeys: String, CodingKey {
        case particleCollisions = "particle_collisions"
        case wallCollisions = "wall_collisions"
        case state = "state_sha256"
    }
}

struct Ended {
    let status: Int32
    let output: String
    let error: String
}

/// Runs a program with a closed standard input and whatever it writes to descriptor 3 in its output.
func run(_ words: [String], in folder: String, environment: [String: String] = [:]) throws -> Ended {
    let process = Process()
    let output = Pipe()
    let error = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec \"$@\" 3>&1 <&-", "sh"] + words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = error
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    let complained = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Ended(
        status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
        error: String(decoding: complained, as: UTF8.self))
}
