import FleetBase
import FleetTesting
import Foundation
import Testing

/// Each worker against a real server: the same answer, figures and errors for the same behaviour.
@Suite(.serialized) struct AskPackageTests {
    private static let built = Result { try AskPackage() }
    private let package: AskPackage
    private let server: GeminiServer

    init() throws {
        package = try Self.built.get()
        server = try GeminiServer()
    }

    private static let job = "{\"secrets\": {\"GEMINI_API_KEY\": \"\(GeminiServer.key)\"}}\n"

    private func ask(
        _ engine: AskPackage.Engine, _ model: String, _ words: [String] = [], job: String = job,
        conversation: String? = nil, trusting identity: GeminiServer.Identity? = nil
    ) throws -> AskPackage.Ended {
        let usual = [
            "--question", "¿Qué es Docker Swarm?", "--model", model, "--base-url", server.address(engine.rawValue),
            "--backoff", "0.01", "--patience", "0.8", "--attempts=3",
        ]
        return try package.run(engine, usual + words, job: job, conversation: conversation, trusting: identity)
    }

    private func check(_ expected: AskCase, stream: Bool) throws {
        let all = try AskPackage.engines.map { try ask($0, expected.model, ["--stream", "\(stream)"]) }
        let line = expected.error.map { "error: \($0)\n".replacing("PLACE", with: "127.0.0.1:\(server.port)") } ?? ""
        for ended in all {
            #expect(ended.status == expected.status && ended.answer == expected.answer && ended.error == line)
            #expect(ended.metrics["attempts"] == .integer(Int64(expected.attempts)))
            let kind = expected.error?.split(separator: ":").first.map { JSONValue.string(String($0)) }
            #expect(ended.metrics["error"] == kind)
            #expect(ended == all[0])
        }
    }

    @Test(arguments: AskCase.either + AskCase.streams)
    func everyEngineReadsTheStreamAlike(_ expected: AskCase) throws { try check(expected, stream: true) }

    @Test(arguments: AskCase.either + AskCase.responses)
    func everyEngineReadsTheResponseAlike(_ expected: AskCase) throws { try check(expected, stream: false) }

    @Test(arguments: AskPackage.engines)
    func tellsTheFiguresOfTheAnswer(_ engine: AskPackage.Engine) throws {
        let ended = try ask(engine, "hello")
        #expect(
            ended.metrics == [
                "model": .string("gemini-test-001"), "prompt_tokens": .integer(7), "answer_tokens": .integer(42),
                "attempts": .integer(1), "finish_reason": .string("STOP"),
            ])
    }

    @Test(arguments: AskPackage.engines)
    func waitsAsLongAsTheServiceAsks(_ engine: AskPackage.Engine) throws {
        #expect(try ask(engine, "busy-once").seconds >= 1)
        #expect(try ask(engine, "busy-until").seconds >= 0.9)
        #expect(try ask(engine, "busy-delay").seconds >= 0.3)
    }

    @Test(arguments: AskPackage.engines)
    func sendsTheConversationSoFar(_ engine: AskPackage.Engine) throws {
        let earlier = """
            {"contents": [{"role": "user", "parts": [{"text": "ä \\"1\\""}]}, {"role": "model", "parts": [{"text": "b"}]}]}
            """
        let ended = try ask(engine, "echo", conversation: earlier)
        #expect(ended.answer == "user=ä \"1\"|model=b|user=¿Qué es Docker Swarm?\n")
        #expect(ended.metrics["prompt_tokens"] == .integer(3))
        let broken = try ask(engine, "echo", conversation: "{")
        #expect(broken.status == 2 && broken.error == "error: usage: conversation.json is no conversation\n")
    }

    @Test(arguments: AskPackage.engines)
    func sendsTheKeyInItsHeaderAlone(_ engine: AskPackage.Engine) throws {
        #expect(try ask(engine, "redirect").status == 17)
        let requests = server.requests
        #expect(requests.count == 1 && requests.allSatisfy { $0.key == GeminiServer.key })
        #expect(!requests.contains { $0.path.contains(GeminiServer.key) })
        #expect(requests.first?.path.hasSuffix("/v1beta/models/redirect:streamGenerateContent?alt=sse") == true)
    }

    @Test(arguments: [
        ("", "there is no key: the secret GEMINI_API_KEY is missing"),
        ("{\"secrets\": {}}", "there is no key: the secret GEMINI_API_KEY is missing"),
        ("{\"secrets\": {\"GEMINI_API_KEY\": \"a\\r\\nb: c\"}}", "the key holds characters that no key has"),
        (
            "{\"secrets\": {\"GEMINI_API_KEY\": \"another\"}}",
            "the key was refused (status 400): API key not valid. Please pass a valid API key."
        ),
    ])
    func refusesToAskWithoutAGoodKey(_ job: String, _ reason: String) throws {
        for engine in AskPackage.engines {
            let ended = try ask(engine, "hello", job: job)
            #expect(ended.status == 10 && ended.answer.isEmpty && ended.error == "error: key: \(reason)\n")
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1:1", "connection refused by 127.0.0.1:1"),
        ("http://no-such-host.invalid", "no address for no-such-host.invalid"),
    ])
    func tellsWhoCanNotBeReached(_ address: String, _ reason: String) throws {
        for engine in AskPackage.engines {
            // Who asks a name server that is silent waits for that, whatever the patience.
            let ended = try ask(engine, "hello", ["--base-url", address, "--patience", "30"])
            #expect(ended.status == 16 && ended.error == "error: network: \(reason)\n")
        }
    }

    @Test func trustsWhomTheMachineTrusts() throws {
        let identity = try GeminiServer.Identity()
        let secure = try GeminiServer(identity)
        let words = { ["--base-url", secure.address(), "--patience", "10"] }
        let all = try AskPackage.engines.map { try ask($0, "hello", words(), trusting: identity) }
        for ended in all { #expect(ended == all[0] && ended.status == 0 && ended.answer.hasPrefix("Docker Swarm es")) }
        #expect(secure.requests.count == all.count)
        for engine in AskPackage.engines {
            let ended = try ask(engine, "hello", words())
            let line = "error: network: no trusted connection to 127.0.0.1:\(secure.port)\n"
            #expect(ended.status == 16 && ended.error == line)
        }
        // The key was for the first ones alone.
        #expect(secure.requests.count == all.count)
    }

    @Test func sendsNoKeyWhereNobodySpeaksTLS() throws {
        for engine in AskPackage.engines {
            let address = server.address().replacing("http:", with: "https:")
            let ended = try ask(engine, "hello", ["--base-url", address])
            #expect(ended.status == 16 && ended.error.hasPrefix("error: network: "))
        }
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        "--attempts 0", "--patience 0", "--patience x", "--stream maybe", "--base-url ftp://x", "--model a?b",
        "--base-url http://u:p@x", "--colour red", "--model", "--simulate -1",
    ])
    func refusesBadParametersInTheSameWords(_ words: String) throws {
        let all = try AskPackage.engines.map {
            try ask($0, "hello", words.split(separator: " ").map(String.init))
        }
        for ended in all {
            #expect(ended.status == 2 && ended.error.hasPrefix("error: usage: ") && ended == all[0])
        }
    }

    @Test(arguments: AskPackage.engines)
    func simulatesWithoutAKey(_ engine: AskPackage.Engine) throws {
        let ended = try ask(engine, "hello", ["--simulate", "0.3"], job: "")
        #expect(ended.status == 0 && ended.answer == "simulated answer to: ¿Qué es Docker Swarm?\n")
        #expect(ended.metrics["attempts"] == .integer(0) && ended.seconds >= 0.3)
        #expect(server.requests.isEmpty)
    }

    @Test func buildsTheSameBytesInAnyFolder() throws {
        let other = try AskPackage()
        for built in ["ask", "classes/Ask.class"] {
            let bytes = [package, other].map { FileManager.default.contents(atPath: "\($0.path)/\(built)") }
            #expect(bytes[0] == bytes[1])
        }
    }
}
