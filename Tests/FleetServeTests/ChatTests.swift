import FleetBase
import FleetLedger
import FleetTesting
import Foundation
import Testing

@testable import FleetServe

/// The chat with the real package and a server that speaks as Gemini does.
@Suite struct ChatTests {
    private let project: WebProject
    private let gemini: GeminiServer

    init() throws {
        gemini = try GeminiServer()
        project = try WebProject()
        let hosts = ["one", "two"].map { name in
            "  \(name): { address: localhost, transport: local, slots: 1, root: \(project.folder.path)/\(name) }\n"
        }
        try project.folder.write("hosts:\n" + hosts.joined(), to: "inventory/hosts.yaml")
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../packages/ask").standardizedFileURL
        for name in ["ask.py", "package.yaml"] {
            let text = try String(contentsOf: package.appendingPathComponent(name), encoding: .utf8)
            // As a master without compilers would build it.
            try project.folder.write(
                text.replacing("tool: go,", with: "tool: no-such-compiler,")
                    .replacing("tool: javac,", with: "tool: no-such-compiler,"), to: "packages/ask/\(name)")
        }
    }

    /// Somebody with a browser of their own.
    private struct Person {
        let client: WebClient
        let headers: [String]

        init(_ client: WebClient, _ server: WebServer) async throws {
            let code = try #require(server.makeInvitation().split(separator: "#").last)
            let answer = try await client.ask("POST /login", [], body: "{\"word\":\"\(code)\"}")
            let cookie = try #require(answer.header("Set-Cookie")).prefix { $0 != ";" }
            (self.client, headers) = (client, ["Cookie: \(cookie)", "Sec-Fetch-Site: same-origin"])
        }

        func ask(_ line: String, body: String? = nil) async throws -> WebClient.Answer {
            try await client.ask(line, headers, body: body)
        }

        func open(_ line: String) throws -> RawClient { try client.open(line, headers) }
    }

    private func question(_ text: String, model: String, chat: String? = nil) -> String {
        let more = chat.map { ",\"chat\":\"\($0)\"" } ?? ""
        return """
            {"question":"\(text)","model":"\(model)","engine":"python","key":"\(GeminiServer.key)",\
            "base_url":"\(gemini.address())"\(more)}
            """
    }

    private func last(_ chat: JSONValue) -> JSONValue {
        guard case .array(let messages) = chat["messages"], let last = messages.last else { return .null }
        return last
    }

    /// Asks for a chat until its last answer is in a state: the server tells of changes on another stream.
    private func chat(_ id: String, _ person: Person, until states: Set<String>) async throws -> JSONValue {
        let events = try person.open("GET /api/chat-events")
        defer { events.close() }
        _ = await events.read { $0.contains("retry:") }
        while true {
            let chat = try await person.ask("GET /api/chats/\(id)").json
            if let state = last(chat)["state"]?.string, states.contains(state) { return chat }
            _ = await events.read { !$0.isEmpty }
        }
    }

    @Test func twoPeopleAskAtOnceAndSeeTheirOwn() async throws {
        try await project.serving { client, server in
            let (ana, leo) = (try await Person(client, server), try await Person(client, server))
            let stream = try ana.open("GET /api/chat-events")
            _ = await stream.read { $0.contains("retry:") }
            async let first = ana.ask("POST /api/chats", body: question("¿Qué es?", model: "hello"))
            async let second = leo.ask("POST /api/chats", body: question("two", model: "echo"))
            let (one, two) = (try await first.json, try await second.json)
            let (own, others) = (try #require(one["chat"]?.string), try #require(two["chat"]?.string))
            let heard = await stream.read { $0.contains("\"state\":\"done\",") && $0.contains("Fin ✓") }
            stream.close()
            #expect(heard.contains("\"added\":\"Docker") && !heard.contains(others), "\(heard)")
            let answer = last(try await chat(own, ana, until: ["done", "failed"]))
            #expect(answer["text"]?.string?.hasSuffix("Fin ✓") == true && answer["engine"] == "python", "\(answer)")
            #expect(answer["document"]?["kind"] == "document" && answer["host"] != .null && answer["seconds"] != .null)
            #expect(last(try await chat(others, leo, until: ["done", "failed"]))["text"] == "user=two")
            // Each sees the own ones alone, and is told of others' as of none.
            #expect(try await ana.ask("GET /api/chats").body.contains(own))
            #expect(!(try await ana.ask("GET /api/chats").body.contains(others)))
            for line in ["GET /api/chats/\(others)", "DELETE /api/chats/\(others)", "POST /api/chats/\(others)/stop"] {
                #expect(try await ana.ask(line).status == 404)
            }
            #expect(
                try await ana.ask("POST /api/chats", body: question("x", model: "echo", chat: others)).status == 404)
            // Nor do the runs behind them tell.
            for line in [
                "GET /api/runs/last", "GET /api/runs/last/logs", "GET /api/runs/last/report", "GET /runs/last",
            ] {
                #expect(try await ana.ask(line).status == 404)
            }
            #expect(!(try await ana.ask("GET /api/runs").body.contains("two\"")))
            // The chat goes on with what was said.
            let again = try await leo.ask("POST /api/chats", body: question("three", model: "echo", chat: others))
            #expect(again.status == 202)
            let third = last(try await chat(others, leo, until: ["done", "failed"]))
            #expect(third["text"] == "user=two|model=user=two|user=three", "\(third)")
            let results = project.folder.path + "/.fleet/results"
            #expect(try FileManager.default.contentsOfDirectory(atPath: results).count == 3)
            #expect(try await leo.ask("DELETE /api/chats/\(others)").status == 200)
            // What the runs of the chat brought home goes with it.
            #expect(try FileManager.default.contentsOfDirectory(atPath: results).count == 1)
            #expect(try await leo.ask("GET /api/chats/\(others)").status == 404)
        }
        // The key is in no file of the project, nor on a host.
        let found = try? Program.run(["grep", "-rl", GeminiServer.key, project.folder.path])
        #expect(found == nil, "\(String(decoding: found ?? [], as: UTF8.self))")
    }

    /// The answer is on its way when its chat is forgotten.
    @Test func forgetsTheResultsOfAnAnswerThatIsNotWhole() async throws {
        try await project.serving { client, server in
            let ana = try await Person(client, server)
            let id = try #require(
                try await ana.ask("POST /api/chats", body: question("a", model: "held")).json["chat"]?.string)
            #expect(await eventually { !gemini.requests.isEmpty })
            #expect(try await ana.ask("DELETE /api/chats/\(id)").status == 200)
            gemini.release()
            #expect(await eventually { project.service.operations.isEmpty })
            let results = project.folder.path + "/.fleet/results"
            let isEmpty = await eventually {
                (try? FileManager.default.contentsOfDirectory(atPath: results))?.isEmpty != false
            }
            #expect(isEmpty)
            await expectNoQuestion()
        }
    }

    /// The ledger of runs belongs to the project, and a question to who asked it.
    @Test func forgetsTheQuestionInTheLedger() async throws {
        try await project.serving { client, server in
            let ana = try await Person(client, server)
            let id = try #require(
                try await ana.ask("POST /api/chats", body: question("a", model: "echo")).json["chat"]?.string)
            _ = try await chat(id, ana, until: ["done", "failed"])
            let ledger = try await project.service.ledger.open()
            let run = try await ledger.run("last").id
            #expect(try await ledger.tasks(of: run).first?.parameters["question"] == "a")
            #expect(try await ana.ask("DELETE /api/chats/\(id)").status == 200)
            await expectNoQuestion()
        }
    }

    private func expectNoQuestion() async {
        var last: LedgerTask?
        let isGone = await eventually {
            let ledger = try? await project.service.ledger.open()
            guard let run = try? await ledger?.run("last").id, let task = try? await ledger?.tasks(of: run).first else {
                return false
            }
            last = task
            return task.parameters["question"] == "" && task.spec?.contains("\"question\":\"a\"") != true
        }
        #expect(isGone, "\(last as Any)")
    }

    @Test func anAnswerGoesOnWhileNobodyLooksAndCanBeStopped() async throws {
        try await project.serving { client, server in
            let ana = try await Person(client, server)
            let id = try #require(
                try await ana.ask("POST /api/chats", body: question("a", model: "held")).json["chat"]?.string)
            // In the middle of it: what came is there, and the rest follows.
            let stream = try ana.open("GET /api/chat-events")
            var chat = try await self.chat(id, ana, until: ["writing", "done", "failed"])
            #expect(last(chat)["state"] == "writing")
            #expect(try await ana.ask("POST /api/chats", body: question("b", model: "echo", chat: id)).status == 409)
            #expect(await eventually { !gemini.requests.isEmpty })
            #expect(try await ana.ask("POST /api/chats/\(id)/stop").status == 202)
            chat = try await self.chat(id, ana, until: ["stopped", "done", "failed"])
            #expect(last(chat)["state"] == "stopped" && last(chat)["failure"] == .null, "\(chat)")
            stream.close()
            gemini.release()
        }
    }

    /// Two hosts with one slot each: the third question waits, and sees its place.
    @Test func whoWaitsSeesThePlace() async throws {
        try await project.serving { client, server in
            let ana = try await Person(client, server)
            var chats: [String] = []
            for name in ["a", "b", "c", "d"] {
                let chat = try await ana.ask("POST /api/chats", body: question(name, model: "held")).json
                chats.append(try #require(chat["chat"]?.string))
                #expect(chat["place"] == (chats.count > 2 ? .integer(Int64(chats.count - 3)) : .null), "\(chat)")
            }
            #expect(try await ana.ask("POST /api/chats/\(chats[2])/stop").status == 202)
            let fourth = try await ana.ask("GET /api/chats/\(chats[3])").json
            #expect(fourth["place"] == 0 && last(fourth)["state"] == "waiting")
            for id in chats { _ = try await ana.ask("POST /api/chats/\(id)/stop") }
            gemini.release()
            for id in chats { _ = try await chat(id, ana, until: ["stopped", "done", "failed"]) }
        }
    }

    @Test func saysWhyThereIsNoAnswer() async throws {
        try await project.serving { client, server in
            let ana = try await Person(client, server)
            let bad = try await ana.ask("POST /api/chats", body: question("x", model: "wrong-key")).json
            let answer = last(try await chat(try #require(bad["chat"]?.string), ana, until: ["done", "failed"]))
            #expect(answer["failure"]?.string?.contains("the key was not accepted") == true, "\(answer)")
            for body in [#"{"question":"x"}"#, #"{"question":" ","key":"k"}"#, #"{"question":"x","key":3}"#, "{}"] {
                #expect(try await ana.ask("POST /api/chats", body: body).status == 422)
            }
            let simulated = try await ana.ask(
                "POST /api/chats", body: #"{"question":"x","simulate":"0.1s","engine":"python"}"#)
            let id = try #require(try simulated.json["chat"]?.string)
            #expect(last(try await chat(id, ana, until: ["done", "failed"]))["state"] == "done")
        }
    }

    @Test func aServerThatStartsAgainKnowsItsChats() async throws {
        let id = try await project.serving { client, _ in
            let bearer = ["Authorization: Bearer \(client.token)"]
            let answer = try await client.ask("POST /api/chats", bearer, body: question("a", model: "held"))
            return try #require(try answer.json["chat"]?.string)
        }
        gemini.release()
        // As kill -9 leaves it.
        let file = "\(project.folder.path)/.fleet/serve/chats/\(id).json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        var chat = try JSONText.decode(Chat.self, from: text.utf8)
        chat.messages[1].state = .writing
        try PrivateFile.write(try JSONText.encode(chat), to: file)
        let room = ChatRoom(project.service)
        // The feed has nothing of an operation that nobody performs.
        await room.takeUp([])
        let again = try await room.chat(id, of: "program")
        #expect(again.messages[1].state == .failed && again.messages[1].failure != nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
