import FleetBase
import FleetTesting
import Foundation

/// A copy of `packages/ask` with its engines built.
final class AskPackage: Sendable {
    enum Engine: String, CaseIterable, Sendable {
        case go, python, java

        fileprivate var compiler: String? { [.go: "go", .java: "javac"][self] }
    }

    let path: String
    private let folder: TemporaryFolder

    init() throws {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        folder = try TemporaryFolder()
        path = folder.path + "/ask"
        let source = repository.appendingPathComponent("packages/ask").standardizedFileURL.path
        try FileManager.default.copyItem(atPath: source, toPath: path)
        for built in ["ask", "classes", "ca-certificates.crt"] {
            try? FileManager.default.removeItem(atPath: "\(path)/\(built)")
        }
        for engine in Self.engines where engine.compiler != nil {
            try Program.run(["\(path)/\(engine.rawValue)/build.sh"])
        }
    }

    /// Those that can be built on this machine; says loudly which can't.
    static let engines = Engine.allCases.filter { engine in
        guard let compiler = engine.compiler, (try? Program.path(compiler)) == nil else { return true }
        let line = "SKIPPED: the engine \(engine.rawValue) of ask: \(compiler) is not here; scripts/setup --all\n"
        FileHandle.standardError.write(Data(line.utf8))
        return false
    }

    /// The words that start an engine.
    ///
    /// - Parameter identity: of a server that the machine trusts, beside what it trusts anyway.
    private func command(_ engine: Engine, trusting identity: GeminiServer.Identity?) -> [String] {
        let environment = ["LC_ALL=C.UTF-8"] + (identity.map { ["SSL_CERT_FILE=\($0.certificate)"] } ?? [])
        let store =
            identity.map {
                ["-Djavax.net.ssl.trustStore=\($0.trustStore)", "-Djavax.net.ssl.trustStorePassword=changeit"]
            } ?? []
        switch engine {
        case .go: return environment + [path + "/ask"]
        case .python: return environment + ["python3", path + "/ask.py"]
        case .java:
            return environment + ["java", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"] + store
                + ["-cp", path + "/classes", "Ask"]
        }
    }

    /// What a worker leaves.
    struct Ended: Equatable, Sendable {
        var status: Int32
        var answer: String
        var error: String
        /// But the time it took.
        var metrics: [String: JSONValue]
        /// Not compared.
        var seconds = 0.0

        static func == (one: Ended, other: Ended) -> Bool {
            (one.status, one.answer, one.error) == (other.status, other.answer, other.error)
                && one.metrics == other.metrics
        }
    }

    /// Runs a worker as start.sh does: its folder, the job on standard input, results in `out/`.
    ///
    /// - Parameter conversation: what `conversation.json` holds.
    func run(
        _ engine: Engine, _ words: [String], job: String, conversation: String? = nil,
        trusting identity: GeminiServer.Identity? = nil
    ) throws -> Ended {
        let run = try TemporaryFolder()
        if let conversation { try run.write(conversation, to: "conversation.json") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command(engine, trusting: identity) + words
        process.currentDirectoryURL = URL(fileURLWithPath: run.path)
        for name in ["stdout", "stderr"] { try run.write("", to: name) }
        process.standardInput = FileHandle(forReadingAtPath: try run.write(job, to: "stdin"))
        process.standardOutput = FileHandle(forWritingAtPath: run.path + "/stdout")
        process.standardError = FileHandle(forWritingAtPath: run.path + "/stderr")
        try process.run()
        process.waitUntilExit()
        var metrics = try JSONText.decode([String: JSONValue].self, from: run.read("out/metrics.json").utf8)
        let seconds = metrics.removeValue(forKey: "seconds")
        return Ended(
            status: process.terminationStatus, answer: try run.read("stdout"), error: try run.read("stderr"),
            metrics: metrics, seconds: seconds?.seconds ?? -1)
    }
}

extension JSONValue {
    fileprivate var seconds: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}
