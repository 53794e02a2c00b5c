import FleetTesting
import Foundation
import Testing

/// `fleet ask` over two real sshd processes, against a real server.
@Suite(.serialized) struct AskCommandTests {
    /// A project with the package, a lab that goes down with it, and a server.
    private final class Lab: Sendable {
        let fleet: FleetBinary
        let server: GeminiServer
        /// Beside the project, which is searched for the key.
        let keyFile: String
        private let keys: TemporaryFolder

        init() throws {
            server = try GeminiServer()
            var fleet = try FleetBinary.inProject()
            keys = try TemporaryFolder()
            keyFile = try keys.write(GeminiServer.key + "\n", to: "key")
            fleet.environment = ["GEMINI_BASE_URL": server.address(), "FLEET_INVENTORY": "inventory/lab.yaml"]
            self.fleet = fleet
            let up = try fleet.run("lab", "up", "--hosts", "2")
            try #require(up.status == 0, "\(up.error)")
            let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
            let package = repository.appendingPathComponent("packages/ask").standardizedFileURL
            for name in ["ask.py", "java"] {
                let target = fleet.folder.path + "/packages/ask/\(name)"
                try FileManager.default.createDirectory(
                    atPath: fleet.folder.path + "/packages/ask", withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: package.appendingPathComponent(name).path, toPath: target)
            }
            // As a master without Go would build it.
            let text = try String(contentsOf: package.appendingPathComponent("package.yaml"), encoding: .utf8)
            try fleet.folder.write(
                text.replacing("tool: go,", with: "tool: no-such-compiler,"), to: "packages/ask/package.yaml")
        }

        deinit { _ = try? fleet.run("lab", "down") }

        func ask(_ words: String...) throws -> FleetBinary.Result {
            try fleet.run(["ask", "--key-file", keyFile] + words)
        }
    }

    private let lab: Lab

    init() throws { lab = try Lab() }

    @Test func printsTheAnswerAndNothingElse() throws {
        let result = try lab.ask("¿Qué", "es", "Docker Swarm?", "--model", "split")
        #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
        #expect(result.output.hasPrefix("Docker Swarm es un orquestador 🐳") && result.output.hasSuffix("Fin ✓\n"))
        #expect(lab.server.requests.map(\.key) == [GeminiServer.key])
    }

    @Test func goesOnWithASession() throws {
        for question in ["one", "two"] {
            #expect(try lab.ask(question, "--session", "s", "--model", "echo").status == 0)
        }
        let third = try lab.ask("three", "--session", "s", "--model", "echo")
        #expect(
            third.output.hasPrefix("user=one|model=user=one|user=two|model=") && third.output.hasSuffix("|user=three\n")
        )
        let file = lab.fleet.folder.path + "/.fleet/sessions/s.json"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try lab.ask("--new", "four", "--session", "s", "--model", "echo").output == "user=four\n")
    }

    @Test func keepsNothingOfAQuestionThatFailed() throws {
        #expect(try lab.ask("one", "--session", "s", "--model", "blocked-prompt").status == 3)
        #expect(try lab.ask("two", "--session", "s", "--model", "echo").output == "user=two\n")
    }

    @Test func printsEveryKeyAsJSON() throws {
        let object = try lab.ask("hello", "--json", "--model", "hello").json()
        let keys: Set = [
            "run", "host", "engine", "method", "state", "exit", "session", "answer", "seconds", "metrics", "failure",
        ]
        #expect(Set(object.keys) == keys && object["failure"] is NSNull && object["engine"] as? String == "python")
        #expect((object["answer"] as? String)?.hasSuffix("Fin ✓") == true)
    }

    @Test(arguments: [
        ("wrong-key", "the key was not accepted: the key was refused (status 400)"),
        ("blocked-answer", "the model refuses to answer: the answer was blocked: SAFETY"),
        ("missing", "the model's service refuses the request: the request was refused (status 404)"),
    ])
    func tellsWhyThereIsNoAnswer(_ model: String, _ reason: String) throws {
        let result = try lab.ask("hello", "--model", model)
        #expect(
            result.status == 3 && result.error.contains(reason) && result.error.contains("hint: "), "\(result.error)")
    }

    @Test func askedAtOnceTheyGoToDifferentHosts() async throws {
        let first = try lab.fleet.start(["ask", "--key-file", lab.keyFile, "a", "--model", "held", "--json"])
        #expect(await eventually { lab.server.requests.count == 1 })
        let second = try lab.ask("b", "--model", "hello", "--json").json()
        lab.server.release()
        #expect(try first.result().json()["host"] as? String != second["host"] as? String)
    }

    @Test func asksFromAnotherHostWhereOneIsGone() throws {
        let hosts = try lab.fleet.folder.read("inventory/lab.yaml")
        let gone = "\nhosts:\n  gone: { address: 127.0.0.1, port: 1 }"
        try lab.fleet.folder.write(hosts.replacing("\nhosts:", with: gone), to: "inventory/lab.yaml")
        #expect(try lab.ask("a", "--model", "hello").status == 0)
        let result = try lab.ask("a", "--model", "hello", "--hosts", "gone")
        #expect(result.status == 6 && result.error.contains("gone: refused"), "\(result.error)")
    }

    @Test func waitsInsteadOfAsking() throws {
        let result = try lab.fleet.run("ask", "--simulate", "0.2s", "hello")
        #expect(result.status == 0 && result.output == "simulated answer to: hello\n", "\(result.error)")
    }

    @Test func tellsWhatIsMissing() throws {
        let keyless = try lab.fleet.run("ask", "hello")
        #expect(keyless.status == 4 && keyless.error.contains("GEMINI_API_KEY is not set"))
        let engine = try lab.ask("hello", "--engine", "go")
        #expect(engine.status == 4 && engine.error.contains("no-such-compiler is not on the PATH"))
        let built = try lab.fleet.run("package", "ask")
        #expect(built.status == 0 && built.error.contains("ask is packed without its engine go"), "\(built.error)")
    }

    /// While the worker has the key, and the text has begun to arrive, and after it.
    @Test(arguments: ["python", "java"])
    func keepsTheKeyToItself(_ engine: String) async throws {
        guard engine != "java" || (try? Program.path("javac")) != nil else { return }
        var fleet = lab.fleet
        fleet.environment["GEMINI_API_KEY"] = GeminiServer.key
        let asked = try fleet.start(["ask", "hello", "--model", "held", "--session", "s", "--engine", engine])
        // The answer streams: its first part is here while the server still holds the second.
        #expect(await eventually { asked.output == "Docker Swarm es un" })
        #expect(Self.processes(with: GeminiServer.key).isEmpty)
        #expect(try Self.files(in: lab.fleet.folder.path, with: GeminiServer.key, beside: "job.json").isEmpty)
        lab.server.release()
        let result = try asked.result()
        #expect(result.status == 0 && !result.error.contains(GeminiServer.key), "\(result.error)")
        #expect(try Self.files(in: lab.fleet.folder.path, with: GeminiServer.key, beside: "s.json").isEmpty)
    }

    /// Those whose arguments or environment hold a text, fleet itself among them.
    private static func processes(with text: String) -> [String] {
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        return numbers.flatMap { number in ["cmdline", "environ"].map { (number, "/proc/\(number)/\($0)") } }
            .filter { ProcFile.contents($0.1)?.contains(text) == true }.map(\.1)
    }

    /// Files of the project that hold a text; the ledger and the hosts' folders are among those looked into.
    private static func files(in folder: String, with text: String, beside known: String) throws -> [String] {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in ["ledger.sqlite", known] { #expect(files.contains { $0.hasSuffix("/\(name)") }) }
        return files.filter {
            FileManager.default.contents(atPath: "\(folder)/\($0)")?.firstRange(of: Data(text.utf8)) != nil
        }
    }
}
