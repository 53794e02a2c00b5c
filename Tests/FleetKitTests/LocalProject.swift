import FleetKit
import FleetTesting
import Foundation
import Testing

/// A project whose two hosts, one and two, are this machine.
struct LocalProject {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let way = "address: localhost, transport: local"
        let hosts = ["one", "two"].map { "  \($0): { \(way), root: \(folder.path)/\($0) }\n" }
        try folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        try folder.write(
            "name: hello\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n"
                + "parameters: { word: { type: string, default: hi } }\n",
            to: "packages/hello/package.yaml")
        try folder.write(
            "echo '{\"progress\":1}' >&3\necho said\necho '{\"n\":3}' >\"$FLEET_OUT/metrics.json\"\n",
            to: "packages/hello/work.sh")
        try folder.write(
            "tasks:\n  - { name: count, command: 'echo $N >out/n', matrix: { n: 1..4 } }\n", to: "tasks.yaml")
    }

    /// The library on the project, which is closed at the end whatever comes.
    func use<Value>(_ body: (FleetProject) async throws -> Value) async throws -> Value {
        let fleet = try FleetProject(at: folder.path)
        do {
            let value = try await body(fleet)
            await fleet.close()
            return value
        } catch {
            await fleet.close()
            throw error
        }
    }

    /// Starts the command line on the same project; what it prints goes to the file `printed`.
    func start(_ words: [String]) throws -> Process {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        let program = Process()
        program.executableURL = URL(fileURLWithPath: Program.fleet)
        program.arguments = words[..<end] + ["--project", folder.path] + words[end...]
        try folder.write("", to: "printed")
        program.standardOutput = FileHandle(forWritingAtPath: folder.path + "/printed")
        program.standardError = FileHandle.nullDevice
        try program.run()
        return program
    }

    /// What the command line prints as JSON.
    func answer<Value: Decodable>(to words: [String]) async throws -> Value {
        try await start(words + ["--json"]).ended()
        return try JSONDecoder().decode(Value.self, from: Data(folder.read("printed").utf8))
    }
}

extension HostResult {
    var value: Value { get throws { try result.get() } }

    var failure: HostFailure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }
}
