import FleetBase
import FleetEvents
import FleetTesting
import Foundation
import Testing

@testable import FleetServe

@Suite struct APITests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    private func start(_ body: String, _ client: WebClient) async throws -> String {
        let answer = try await client.ask("POST /api/operations", body: body)
        #expect(answer.status == 202, "\(answer.body)")
        return try #require(try answer.json["operation"]?.string)
    }

    @Test func tellsWhatIsKnown() async throws {
        try await project.serving { client, _ in
            let hosts = try await client.ask("GET /api/hosts").json
            #expect(try JSONText.encode(hosts).contains("\"name\":\"two\""))
            #expect(try await client.ask("GET /api/hosts/one").json["name"] == "one")
            #expect(try await client.ask("GET /api/hosts/none").status == 404)
            #expect(try await client.ask("GET /api/packages").body.contains("benchmark"))
            #expect(try await client.ask("GET /api/runs").json["runs"] == [])
            #expect(try await client.ask("GET /api/runs/last").status == 404)
            #expect(try await client.ask("GET /api/runs?limit=0").status == 422)
            #expect(try await client.ask("HEAD /api/hosts").body.isEmpty)
            let spanish = ["Authorization: Bearer \(client.token)", "Accept-Language: es-ES,es;q=0.9,en;q=0.8"]
            #expect(try await client.ask("GET /nothing", spanish).body.contains("no hay nada en esta dirección"))
        }
    }

    /// The faulty package tells where its fault is, and the others are there.
    @Test func listsPackagesBesideAFaultyOne() async throws {
        try project.folder.write("name: broken\nvesion: 1\n", to: "packages/broken/package.yaml")
        try await project.serving { client, _ in
            let list = try await client.ask("GET /api/packages").json
            guard case .array(let packages) = list["packages"], case .array(let faulty) = list["faulty"] else {
                Issue.record("\(list)")
                return
            }
            #expect(packages.map { $0["name"] } == ["benchmark"] && faulty.map { $0["name"] } == ["broken"])
            let error = try #require(faulty[0]["error"]?.string)
            #expect(error.contains("package.yaml:2:1: unknown key") && error.contains("vesion"), "\(error)")
            let html = ["Authorization: Bearer \(client.token)", "Accept: text/html"]
            for path in ["/packages", "/start/run", "/start/push"] {
                let page = try await client.ask("GET \(path)", html)
                #expect(page.status == 200 && page.body.contains("benchmark"), "\(path): \(page.body)")
            }
            #expect(try await client.ask("GET /packages", html).body.contains("package.yaml:2:1: unknown key"))
        }
    }

    @Test func startsFollowsAndAnswersARun() async throws {
        try await project.serving { client, _ in
            let id = try await start(
                #"{"operation":"run","package":"benchmark","hosts":["one"],"parameters":{"particles":7}}"#, client)
            // The stream begins with the operation and ends with it.
            let events = try await client.ask("GET /api/operations/\(id)/events")
            #expect(events.header("Content-Type") == "text/event-stream")
            for kind in ["operation-started", "attempt-ended", "run-ended", "operation-ended"] {
                #expect(events.body.contains("\"kind\":\"\(kind)\""), "\(events.body)")
            }
            let standing = try await client.ask("GET /api/operations/\(id)?wait=true").json
            #expect(standing["state"] == "done" && standing["name"] == "run")
            guard case .array(let tasks) = standing["result"]?["tasks"] else {
                Issue.record("\(standing)")
                return
            }
            #expect(tasks.map { $0["state"] } == ["done"] && tasks[0]["metrics"]?["n"] == 3)
            let run = try #require(standing["result"]?["run"]?.string)
            #expect(try await client.ask("GET /api/runs/\(run)/logs").body.contains("said --particles 7"))
            let report = try await client.ask("GET /api/runs/\(run)/report")
            #expect(report.header("Content-Type")?.hasPrefix("text/html") == true && report.body.contains(run))
        }
    }

    @Test func cancelsWhatWasStarted() async throws {
        try await project.serving { client, _ in
            let id = try await start(#"{"operation":"exec","hosts":["one"],"command":"sleep 600"}"#, client)
            #expect(try await client.ask("DELETE /api/operations/\(id)").status == 202)
            let standing = try await client.ask("GET /api/operations/\(id)?wait=true").json
            #expect(standing["state"] != "running", "\(standing)")
            #expect(try await client.ask("DELETE /api/operations/nothing").status == 404)
        }
    }

    /// What a command reads may be a secret.
    @Test func keepsNoInputOfCommands() async throws {
        try await project.serving { client, _ in
            let id = try await start(
                #"{"operation":"exec","hosts":["one"],"command":"cat >/dev/null","stdin":"hunter2hunter2"}"#, client)
            let events = try await client.ask("GET /api/operations/\(id)/events").body
            #expect(events.contains("cat >/dev/null") && !events.contains("hunter2"), "\(events)")
        }
    }

    @Test(arguments: [
        (#"{"operation":"dance"}"#, 422, #"unknown operation \"dance\""#),
        (#"{"operation":"psh"}"#, 422, #"did you mean \"push\"?"#), ("{}", 422, "the field operation is missing"),
        ("[]", 422, "the field operation is missing"), ("{", 400, "no JSON"),
        (#"{"operation":"push"}"#, 422, "the field hosts is missing"),
        (#"{"operation":"push","hosts":[]}"#, 422, "at least one name"),
        (#"{"operation":"run","package":"benchmark","parameters":{"particles":"many"}}"#, 422, "parameters.particles"),
        (#"{"operation":"run","package":"nothing"}"#, 422, "\"field\":\"package\""),
        (#"{"operation":"push","hosts":"all","jobz":1}"#, 422, "there is no field jobz"),
        (#"{"operation":"push","hosts":"all","jobs":0}"#, 422, "at least 1"),
        (#"{"operation":"push","hosts":"all","jobs":"many"}"#, 422, "a whole number"),
        (#"{"operation":"push","hosts":"all","serial":"300%"}"#, 422, "the field serial must be"),
        (#"{"operation":"push","hosts":"all","max_failures":1}"#, 422, "works only with --serial"),
        (#"{"operation":"host pin","hosts":["one"],"trust":true,"fingerprint":"SHA256:x"}"#, 422, "either"),
        (#"{"operation":"exec","command":[]}"#, 422, "a list of at least one"),
        (#"{"operation":"exec","command":"true","timeout":"soon"}"#, 422, "a time such as"),
        (#"{"operation":"run","package":"benchmark","method":"magic"}"#, 422, "one of docker"),
        (#"{"operation":"prune","hosts":"all","keep":0}"#, 422, "at least 1 version"),
        (#"{"operation":"host prepare","hosts":"all","supplies":["beer"]}"#, 422, "a list of docker"),
    ]) func saysWhatIsWrong(body: String, status: Int, reason: String) async throws {
        try await project.serving { client, _ in
            let answer = try await client.ask("POST /api/operations", body: body)
            #expect(answer.status == status && answer.body.contains(reason), "\(answer.body)")
        }
    }

    /// Who mistypes a name hears of it at once, whatever the operation.
    @Test(arguments: [
        (#""ping","hosts":["on"]"#, #"unknown host "on", did you mean "one"?"#),
        (#""check","hosts":["on"]"#, "unknown host"), (#""exec","command":"true","hosts":["tag:on"]"#, "unknown tag"),
        (#""package","packages":["benchmrk"]"#, #"did you mean "benchmark"?"#),
        (#""push","hosts":"all","packages":["benchmrk"]"#, #"did you mean "benchmark"?"#),
        (#""push","hosts":["on"],"packages":["benchmark"]"#, "unknown host"),
        (#""versions","packages":["benchmrk"]"#, #"did you mean "benchmark"?"#),
        (#""versions","hosts":["on"]"#, "unknown host"), (#""verify","packages":["benchmrk"]"#, "unknown package"),
        (#""rollback","package":"benchmrk","hosts":"all""#, "unknown package"),
        (#""prune","packages":["benchmrk"],"hosts":"all""#, "unknown package"),
        (#""prune","packages":["benchmrk"],"master":true"#, "unknown package"),
        (#""run","package":"benchmark","hosts":["on"]"#, "unknown host"),
        (#""run","package":"benchmark","engine":"cyton""#, "no engine"),
        (#""run","package":"benchmark","parameters":{"particle":1}"#, "particle"),
        (#""runs resume","run":"x""#, "no runs yet"), (#""runs cancel","run":"x""#, "no runs yet"),
        (#""runs pull","run":"x""#, "no runs yet"), (#""runs collect","hosts":["on"]"#, "unknown host"),
        (#""runs reap","hosts":["on"]"#, "unknown host"), (#""runs stop","hosts":["on"]"#, "unknown host"),
        (#""tasks run","tasks":["cont"]"#, #"unknown task "cont", did you mean "count"?"#),
        (#""tasks run","hosts":["on"]"#, "unknown host"), (#""tasks plan","tasks":["cont"]"#, "unknown task"),
        (#""tasks plan","hosts":["on"]"#, "unknown host"), (#""tasks status","tasks":["cont"]"#, "unknown task"),
        (#""host add","name":"one""#, "one"),
        (#""host remove","name":"on""#, "unknown host"), (#""host pin","hosts":["on"]"#, "unknown host"),
        (#""host prepare","hosts":["on"],"supplies":["zstd"]"#, "unknown host"),
        (#""schedule list","hosts":["on"]"#, "unknown host"),
        (#""schedule push","host":"on","tasks":["count"]"#, "unknown host"),
        (#""schedule push","host":"one","tasks":["cont"]"#, "unknown task"),
        (#""schedule remove","hosts":["on"]"#, "unknown host"),
        (#""schedule remove","hosts":"all","tasks":["cont"]"#, "unknown task"),
    ]) func refusesUnknownNamesAtOnce(words: String, reason: String) async throws {
        try await project.serving { client, _ in
            let answer = try await client.ask("POST /api/operations", body: "{\"operation\":\(words)}")
            let error = try #require(try answer.json["error"]?.string, "\(answer.body)")
            #expect(answer.status == 422 && error.contains(reason), "\(answer.body)")
            #expect(try await client.ask("GET /api/operations").json["operations"] == [])
        }
    }

    /// A key is pinned by nobody's silence.
    @Test func asksForTheKeyOfANewHost() async throws {
        let keys = try TemporaryFolder()
        let server = try SSHServer(authorized: [try SSHKeyPair(.ed25519, in: keys)])
        try await project.serving { client, _ in
            let body =
                #"{"operation":"host add","name":"new","address":"\#(server.address)","port":\#(server.port)}"#
            let id = try await start(body, client)
            let standing = try await client.ask("GET /api/operations/\(id)?wait=true").json
            #expect(
                standing["state"] == "failed" && standing["hint"]?.string?.contains("SHA256:") == true, "\(standing)")
            #expect(!(try project.folder.read("inventory/hosts.yaml").contains("new")))
        }
    }

    @Test func describesItself() async throws {
        try await project.serving { client, _ in
            let document = try await client.ask("GET /api/openapi.json").json
            guard case .object(let paths) = document["paths"] else {
                Issue.record("no paths")
                return
            }
            #expect(paths.keys.contains("/api/operations/{operation}") && !paths.keys.contains("/packages"))
            // The routes of the networks before fleet are there, too.
            for path in ["/ping", "/ping_all", "/status", "/health", "/execute", "/execute_tasks", "/api/execute"] {
                #expect(paths.keys.contains(path), "\(path)")
            }
            let packages = paths["/api/packages"]?["get"]?["responses"]?["200"]?["content"]?["application/json"]
            #expect(packages?["schema"]?["$ref"] == "#/components/schemas/package-list")
            let row = document["components"]?["schemas"]?["ping"]?["properties"]?["hosts"]?["items"]
            #expect(
                try JSONText.encode(try #require(row)).contains("\"$ref\":\"#/components/schemas/ping/$defs/failure\""))
            let body = paths["/api/operations"]?["post"]?["requestBody"]
            #expect(try JSONText.encode(try #require(body)).contains("\"const\":\"runs resume\""))
        }
    }

    /// Results are kept within bounds: the first ones go.
    @Test func keepsTheLatestResults() async throws {
        let operations = StartedOperations(room: 100)
        let ids = (0..<3).map { OperationID(at: Timestamp(milliseconds: 1000 * $0)) }
        for id in ids {
            let text = String(repeating: "a", count: 40)
            operations.add(StartedOperation(id: id, name: "ping", cancel: {}) { { _ in "\"\(text)\"" } }, after: nil)
            await operations.end(of: id)
        }
        #expect(ids.map { operations[$0]?.result == nil } == [true, false, false])
        #expect(operations[ids[0]]?.state == .done && operations[ids[0]]?.error != nil)
    }

    /// The schema of each operation's answer is one that is written down, and the description has all of them.
    @Test func everyAnswerHasItsSchema() throws {
        let schemas = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/schema")
        let files = try FileManager.default.contentsOfDirectory(atPath: schemas.path)
        #expect(ViewSchemas.names == Set(files.map { String($0.dropLast(".json".count)) }))
        #expect(OperationForm.all.values.allSatisfy { ViewSchemas.names.contains($0.schema) })
    }
}

@Suite struct EventStreamTests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    private func sequences(in text: String) -> [Int] {
        text.components(separatedBy: "\n").filter { $0.hasPrefix("id: ") }
            .compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }
    }

    private let ping = #"{"operation":"ping"}"#

    @Test func goesOnWhereAReaderHasStopped() async throws {
        try await project.serving { client, _ in
            for _ in 0..<2 {
                let id = try await client.ask("POST /api/operations", body: ping).json["operation"]?.string ?? ""
                _ = try await client.ask("GET /api/operations/\(id)?wait=true")
            }
            let stream = try client.open("GET /api/events?after=0")
            let first = await stream.read {
                $0.components(separatedBy: "operation-ended").count > 2 && $0.hasSuffix("\n\n")
            }
            stream.close()
            let seen = sequences(in: first)
            #expect(seen == Array(1...(seen.last ?? 0)))
            let epoch = try #require(first.components(separatedBy: "id: ").dropFirst().first?.prefix(8))
            // A browser says where it was by a header, which counts for more than the address.
            let middle = seen[seen.count / 2]
            let bearer = "Authorization: Bearer \(client.token)"
            let again = try client.open(
                "GET /api/events?after=\(epoch)-0", [bearer, "Last-Event-ID: \(epoch)-\(middle)"])
            let last = try #require(seen.last)
            let rest = await again.read { $0.contains("id: \(epoch)-\(last)\n") && $0.hasSuffix("\n\n") }
            again.close()
            #expect(sequences(in: rest) == Array((middle + 1)...last))
            // Another ledger's place is none here.
            let strange = try client.open("GET /api/events?after=00000000-7")
            #expect(await strange.read { $0.contains("event: resync\n") }.contains("resync"))
            strange.close()
            #expect(try await client.ask("GET /api/events?after=x").status == 422)
        }
    }

    @Test func endsWithItsServer() async throws {
        let stream = try await project.serving { client, _ in
            let stream = try client.open("GET /api/events")
            _ = await stream.read { $0.contains("retry:") }
            return stream
        }
        #expect(await stream.readAll().isEmpty)
    }
}

@Suite struct SharedRoundTests {
    /// Who asks while a round goes on has its outcome; who asks later has one of its own.
    @Test func asksOnceForAllWhoAskAtOnce() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let rounds = Shared(0)
        let round = SharedRound {
            rounds.change { $0 += 1 }
            for await _ in gate {}
            return rounds.value
        }
        // Each has come as far as its wait when the next one comes.
        let callers = (0..<3).map { _ in Task.immediate { try await round.value() } }
        // One who has enough of it ends it for nobody else.
        callers[0].cancel()
        await #expect(throws: (any Error).self) { try await callers[0].value }
        open.finish()
        for caller in callers.dropFirst() { #expect(try await caller.value == 1) }
        #expect(try await round.value() == 2)
    }
}

@Suite struct OldNetworkTests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    @Test func answersAsTheyDid() async throws {
        try await project.serving { client, _ in
            let command = try await client.ask(
                "POST /api/execute", body: #"{"command":"pwd; echo $((6*7))","working_dir":"/tmp","task_type":"shell"}"#
            )
            #expect(try command.json["success"] == true && command.json["output"] == "/tmp\n42\n")
            #expect(try command.json["method"] == "shell" && command.json["host"] == "one")
            let code = try await client.ask(
                "POST /api/execute", body: #"{"command":"print(6*7)","task_type":"python","host":"two"}"#)
            #expect(try code.json["output"] == "42\n" && code.json["method"] == "python" && code.json["host"] == "two")
            let bad = try await client.ask("POST /api/execute", body: #"{"command":"exit 3"}"#)
            #expect(try bad.status == 200 && bad.json["success"] == false && bad.json["exit"] == 3)
            let said = try await client.ask("POST /api/execute", body: #"{"command":"echo why >&2; exit 3"}"#)
            #expect(try said.json["error"] == "why\n")
            #expect(try await client.ask("POST /api/execute", body: #"{"command":"true","host":"none"}"#).status == 422)

            for (name, engine) in [("benchmark.py", "sh"), ("benchmark_cython", "cython")] {
                let body = #"{"benchmark":"\#(name)","params":{"NUM_PARTICULAS":100}}"#
                let answer = try await client.ask("POST /execute", body: body)
                #expect(
                    try answer.json["state"] == "done" && answer.json["engine"] == .string(engine), "\(answer.body)")
                #expect(try answer.json["metrics"]?["n"] == 3)
                #expect(try await client.ask("GET /api/runs/last/logs").body.contains("--particles 100"))
            }
            let tasks = try await client.ask("POST /execute_tasks").json
            guard case .array(let results) = tasks["results"] else {
                Issue.record("\(tasks)")
                return
            }
            #expect(tasks["success"] == true && results.count == 2)
            let status = try await client.ask("GET /status").json
            #expect(status["active"] == 2 && status["status"] == "ok")
            guard case .array(let workers) = try await client.ask("GET /ping_all").json["workers"] else {
                Issue.record("no workers")
                return
            }
            #expect(workers.map { $0["alive"] } == [true, true])
        }
    }
}
