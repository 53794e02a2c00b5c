import FleetTesting
import Foundation
import Testing

/// `fleet serve` as a program: what it prints, and what it refuses before it begins.
@Suite struct ServeTests {
    private let fleet: FleetBinary

    init() throws { fleet = try FleetBinary.inProject() }

    /// - Returns: what a server has printed once it serves, on standard output and on standard error.
    private func printed(_ options: [String]) async throws -> FleetBinary.Result {
        let serving = try fleet.start(["serve", "--listen", "127.0.0.1:0"] + options)
        #expect(await eventually { serving.output.hasSuffix("\n") })
        serving.process.interrupt()
        return try serving.result()
    }

    /// What goes to a file, a pipe or a journal, others may read.
    @Test func printsNoSecretButOnATerminal() async throws {
        let result = try await printed([])
        #expect(result.output.hasPrefix("http://127.0.0.1:") && !result.output.contains("#"), "\(result)")
        #expect(result.error.contains("nobody gets in yet") && !result.error.contains("shown only now"), "\(result)")
        #expect(result.error.contains("fleet serve token --renew"))
        let json = try await printed(["--json"]).json()
        #expect(json["open"] is NSNull && (json["address"] as? String)?.hasPrefix("http://") == true)
    }

    @Test func printsTheCodeWhereThatIsWanted() async throws {
        let result = try await printed(["--print-code"])
        #expect(result.output.contains("/login#") && result.error.contains("shown only now"), "\(result)")
        let json = try await printed(["--print-code", "--json"]).json()
        #expect((json["open"] as? String)?.contains("/login#") == true)
    }

    @Test(arguments: [
        (["--name", "a b"], "is no name of a server"), (["--name", "https://a"], "is no name of a server"),
        (
            ["--tls-cert", "FOLDER/none", "--tls-key", "FOLDER/key"],
            "can't read FOLDER/none: No such file or directory"
        ),
        (["--tls-cert", "FOLDER/broken", "--tls-key", "FOLDER/key"], "FOLDER/broken is no certificate in PEM form"),
        (["--tls-cert", "FOLDER/cert", "--tls-key", "FOLDER/broken"], "FOLDER/broken is no private key in PEM form"),
        (
            ["--tls-cert", "FOLDER/cert", "--tls-key", "FOLDER/other"],
            "is not the one of the certificate in FOLDER/cert"
        ),
        (["--token-file", "FOLDER/broken"], "must hold one word"),
    ]) func refusesWithWordsThatHelp(options: [String], problem: String) throws {
        let folder = fleet.folder.path
        for (key, certificate) in [("key", "cert"), ("other", "unused")] {
            _ = try Program.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=here", "-keyout", "\(folder)/\(key)", "-out", "\(folder)/\(certificate)",
            ])
        }
        try fleet.folder.write("two words\n", to: "broken")
        let options = options.map { $0.replacing("FOLDER", with: folder) }
        let problem = problem.replacing("FOLDER", with: folder)
        for words in [["serve"] + options, ["serve", "install", "--"] + options] {
            let result = try fleet.run(words)
            #expect(result.status != 0 && result.error.contains(problem), "\(words): \(result.error)")
        }
    }

    private func token() throws -> String {
        String(try fleet.run("serve", "token", "--renew").output.prefix { $0 != "\n" })
    }

    private func ask(_ address: String, _ token: String, _ body: String? = nil) throws -> [String: Any] {
        var words = ["curl", "-sS", "-H", "Authorization: Bearer \(token)", address]
        if let body { words += ["-H", "Content-Type: application/json", "-d", body] }
        return try #require(JSONSerialization.jsonObject(with: Data(try Program.run(words))) as? [String: Any])
    }

    /// - Returns: a server, and its address.
    private func serve() async throws -> (FleetBinary.Running, String) {
        let serving = try fleet.start(["serve", "--listen", "127.0.0.1:0"])
        #expect(await eventually { serving.output.hasSuffix("\n") })
        return (serving, String(serving.output.dropLast()))
    }

    /// A worker that has begun to answer goes on without its server, and the next server has what it wrote.
    @Test func anAnswerComesThoughTheServerWasKilled() async throws {
        let folder = fleet.folder.path
        try fleet.folder.write(
            "hosts:\n  one: { address: localhost, transport: local, root: \(folder)/one }\n", to: "inventory/hosts.yaml"
        )
        // It stands for a model: it answers when the test lets it.
        try fleet.folder.write(
            """
            name: ask
            version: 1.0.0
            parameters: { question: { type: string, default: "" }, simulate: { type: float, default: 0 } }
            engines: { sh: { methods: [native], run: sh work.sh } }

            """, to: "packages/ask/package.yaml")
        try fleet.folder.write(
            """
            touch \(folder)/begun
            for i in $(seq 600); do [ -e \(folder)/go ] && break; sleep 0.1; done
            echo "the answer"

            """, to: "packages/ask/work.sh")
        let token = try token()
        let (first, address) = try await serve()
        let question = #"{"question":"what?","simulate":"1s"}"#
        let chat = try #require(try ask("\(address)/api/chats", token, question)["chat"] as? String)
        #expect(await eventually { FileManager.default.fileExists(atPath: "\(folder)/begun") })
        first.kill()
        _ = try first.result()

        let (second, again) = try await serve()
        defer { second.process.interrupt() }
        func answer() throws -> [String: Any] {
            let messages = try ask("\(again)/api/chats/\(chat)", token)["messages"] as? [[String: Any]]
            return try #require(messages?.last)
        }
        #expect(try answer()["state"] as? String == "writing")
        try fleet.folder.write("", to: "go")
        #expect(await eventually { (try? answer()["state"] as? String) == "done" })
        #expect(try answer()["text"] as? String == "the answer")
        #expect(await eventually { (try? fleet.run("runs", "--json").output.contains("\"done\"")) == true })
    }

    /// Who follows an operation by its name sees its end, also when the server was killed meanwhile.
    @Test func goesOnWithOperationsUnderTheirNames() async throws {
        let folder = fleet.folder.path
        try fleet.folder.write(
            "hosts:\n  one: { address: localhost, transport: local, root: \(folder)/one }\n", to: "inventory/hosts.yaml"
        )
        try fleet.folder.write(
            "name: slow\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n",
            to: "packages/slow/package.yaml")
        // Until the test lets it go on; it ends by itself if the test has failed.
        try fleet.folder.write(
            "touch \(folder)/begun\nfor i in $(seq 600); do [ -e \(folder)/go ] && exit 0; sleep 0.1; done\n",
            to: "packages/slow/work.sh")
        let token = try token()
        func ask(_ address: String, _ path: String, _ body: String? = nil) throws -> [String: Any] {
            try self.ask(address + path, token, body)
        }
        let (first, address) = try await serve()
        let start = "/api/operations"
        let run = try #require(
            try ask(address, start, #"{"operation":"run","package":"slow"}"#)["operation"] as? String)
        let exec = #"{"operation":"exec","command":"touch \#(folder)/going; sleep 60"}"#
        let other = try #require(try ask(address, start, exec)["operation"] as? String)
        let files = FileManager.default
        #expect(await eventually { ["begun", "going"].allSatisfy { files.fileExists(atPath: "\(folder)/\($0)") } })
        first.kill()
        _ = try first.result()

        let (second, again) = try await serve()
        defer { second.process.interrupt() }
        let going = try ask(again, "\(start)/\(run)")
        #expect(going["name"] as? String == "run" && going["state"] as? String == "running", "\(going)")
        let lost = try ask(again, "\(start)/\(other)?wait=true")
        #expect(lost["name"] as? String == "exec" && lost["state"] as? String == "failed", "\(lost)")
        #expect(lost["error"] as? String == "the server that performed it was killed")
        try fleet.folder.write("", to: "go")
        let done = try ask(again, "\(start)/\(run)?wait=true")
        let tasks = (done["result"] as? [String: Any])?["tasks"] as? [[String: Any]]
        #expect(done["state"] as? String == "done" && tasks?.map { $0["state"] as? String } == ["done"], "\(done)")
        for (operation, state) in [(run, "done"), (other, "failed")] {
            // The stream begins with the operation, and ends with it.
            let events = String(
                decoding: try Program.run([
                    "curl", "-sS", "--max-time", "60", "-H", "Authorization: Bearer \(token)",
                    "\(again)\(start)/\(operation)/events?format=lines",
                ]), as: UTF8.self
            ).split(separator: "\n")
            #expect(events.first?.contains("operation-started") == true, "\(events)")
            #expect(
                events.last?.contains("operation-ended") == true && events.last?.contains(state) == true, "\(events)")
        }
        #expect(try fleet.run("events", "--json").output.contains("runs resume") == false)
    }

    /// A unit that can't start is not written.
    @Test(arguments: [
        (["--bogus"], "unknown option"), (["token", "--renew"], "must be options of fleet serve"),
        (["--help"], "must be options of fleet serve"), (["--listen", "0.0.0.0:1"], "there is no TLS"),
        (["--tls-cert", "here.pem", "--tls-key", "here.pem"], "can't read"),
    ]) func writesNoUnitThatCantStart(options: [String], problem: String) throws {
        for words in [["serve", "install", "--"], ["serve", "install", "--print", "--"]] {
            let result = try fleet.run(words + options)
            #expect(result.status != 0 && result.error.contains(problem) && result.output.isEmpty, "\(result)")
        }
    }

    @Test func writesAUnitThatStarts() throws {
        let result = try fleet.run(
            "serve", "install", "--print", "--", "--listen", "127.0.0.1:7700", "--name", "fleet.example.org:443")
        #expect(result.status == 0 && result.output.contains("\"--listen\" \"127.0.0.1:7700\""), "\(result)")
    }
}
