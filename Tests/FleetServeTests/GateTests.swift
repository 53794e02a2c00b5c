import FleetBase
import FleetConfig
import FleetTesting
import Testing

@testable import FleetServe

@Suite struct HostListTests {
    @Test(arguments: [
        ("127.0.0.1:7600", true), ("localhost:7600", true), ("LOCALHOST:7600", true), ("[::1]:7600", true),
        ("fleet.example.org", true), ("192.0.2.7", true), ("127.0.0.1:7601", false), ("evil.example.org:7600", false),
        ("localhost.evil.example.org:7600", false), ("localhost:7600.evil.example.org", false), ("", false),
        ("127.0.0.1.nip.io:7600", false), ("[::1:7600", false), ("a:b:c", false),
    ]) func takesItsOwnNames(host: String, isOwn: Bool) throws {
        #expect(HostList(["fleet.example.org"], port: try Port("7600")).takes(host) == isOwn)
    }
}

@Suite struct GateTests {
    private let project: WebProject

    init() throws { project = try WebProject() }

    @Test func letsNobodyInWithoutAToken() async throws {
        try await project.serving { client, _ in
            for path in ["/api/hosts", "/api/events", "/api/operations", "/ping_all", "/status", "/api/openapi.json"] {
                #expect(try await client.ask("GET \(path)", []).status == 401)
                #expect(try await client.ask("GET \(path)", ["Authorization: Bearer wrong"]).status == 401)
                #expect(try await client.ask("GET \(path)", ["Authorization: Basic \(client.token)"]).status == 401)
            }
            for path in ["/api/execute", "/execute", "/execute_tasks", "/api/operations"] {
                #expect(try await client.ask("POST \(path)", [], body: "{}").status == 401)
            }
            // What is open says no more than that it is up.
            for path in ["/ping", "/health", "/api/health"] {
                let answer = try await client.ask("GET \(path)", [])
                #expect(answer.status == 200 && answer.body.utf8.count < 40)
            }
            #expect(try await client.ask("GET /api/version").json["version"] == "1.2.3")
        }
    }

    @Test func refusesWhatOtherPagesSend() async throws {
        try await project.serving { client, _ in
            let bearer = "Authorization: Bearer \(client.token)"
            #expect(try await client.ask("GET /api/hosts", host: "evil.example.org").status == 400)
            #expect(try await client.ask("GET /ping", [], host: "evil.example.org:\(client.port)").status == 400)
            #expect(try await client.ask("GET /api/hosts", [bearer, "Origin: http://evil"]).status == 400)
            #expect(try await client.ask("GET /api/hosts", [bearer, "Origin: null"]).status == 400)
            #expect(try await client.ask("GET /api/hosts", [bearer, "Sec-Fetch-Site: cross-site"]).status == 400)
            #expect(try await client.ask("GET /api/hosts?token=\(client.token)", []).status == 400)
            #expect(try await client.ask("OPTIONS /api/operations").status == 405)
            let wrong = try await client.ask("PUT /api/operations", body: "{}")
            #expect(wrong.status == 405 && wrong.header("Allow") == "GET, POST, HEAD")
            #expect(try await client.ask("GET /execute").status == 405)
            // A form of another page can send no more than this.
            let form = ["Authorization: Bearer \(client.token)", "Content-Type: text/plain", "Content-Length: 0"]
            #expect(try await client.ask("POST /api/operations", form).status == 415)
            #expect(try await client.ask("GET /api/hosts/../../etc/passwd").status == 400)
            let answer = try await client.ask("GET /api/hosts")
            #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test func letsABrowserInOnce() async throws {
        try await project.serving { client, server in
            let code = try #require(server.makeInvitation().split(separator: "#").last)
            let come = { (word: Substring) in
                try await client.ask("POST /login", [], body: "{\"word\":\"\(word)\"}")
            }
            #expect(try await come("wrong").status == 401)
            let answer = try await come(code)
            let cookie = try #require(answer.header("Set-Cookie"))
            #expect(answer.status == 200 && cookie.contains("; HttpOnly; SameSite=Strict"))
            #expect(try await come(code).status == 401)
            let own = "Cookie: " + cookie.prefix { $0 != ";" }
            #expect(try await client.ask("GET /api/hosts", [own, "Sec-Fetch-Site: same-origin"]).status == 200)
            #expect(try await client.ask("GET /api/hosts", [own, "Sec-Fetch-Site: same-site"]).status == 400)
            let ping = "{\"operation\":\"ping\"}"
            #expect(try await client.ask("POST /api/operations", [own], body: ping).status == 400)
            let here = "Origin: http://127.0.0.1:\(client.port)"
            for word in [here, "Sec-Fetch-Site: same-origin"] {
                #expect(try await client.ask("POST /api/operations", [own, word], body: ping).status == 202)
            }
            #expect(try await client.ask("POST /logout", [own, here]).status == 200)
            #expect(try await client.ask("GET /api/hosts", [own]).status == 401)
        }
    }

    /// Who has the cookie of a visit hears why it has ended, and nobody else anything.
    @Test func loginSaysWhyAVisitHasEnded() async throws {
        let project = project
        try await project.serving { client, _ in
            let answer = try await client.ask("POST /login", [], body: "{\"word\":\"\(project.word)\"}")
            let own = "Cookie: " + (try #require(answer.header("Set-Cookie"))).prefix { $0 != ";" }
            #expect(!(try await client.ask("GET /login", [own]).body.contains("has ended")))
            #expect(!(try await client.ask("GET /packages", []).body.contains("has ended")))
            _ = try project.token.renew()
            let ended = try await client.ask("GET /packages", [own])
            #expect(ended.status == 401 && ended.body.contains("because the token was renewed or revoked."))
            let spanish = try await client.ask("GET /login?ended=yes", [own, "Accept-Language: es"])
            #expect(spanish.body.contains("porque el token se renovó o se revocó."))
            let stranger = try await client.ask("GET /packages", [own + "a"])
            #expect(stranger.body.contains("because the server does not know it any more."))
            let left = try await client.ask("GET /login?ended=yes", [])
            #expect(left.body.contains("because somebody logged out in this browser."))
        }
    }

    /// Cookies outlive a server, and not the token that they began with.
    @Test func forgetsVisitsWithTheirToken() async throws {
        let word = project.word
        let cookie = try await project.serving { client, _ in
            let answer = try await client.ask("POST /login", [], body: "{\"word\":\"\(word)\"}")
            return String(try #require(answer.header("Set-Cookie")).prefix { $0 != ";" }.drop { $0 != "=" }.dropFirst())
        }
        let visitors = Visitors(project.service.project, project.token)
        #expect(visitors.visitor(with: cookie) != nil && visitors.visitor(with: cookie + "a") == nil)
        let another = try project.token.renew()
        #expect(visitors.visitor(with: cookie) == nil && project.token.isRight(another))
        #expect(try project.token.revoke())
        #expect(!project.token.isRight(another) && !project.token.isRight(""))
        let text = try project.folder.read(".fleet/serve/visitors.json")
        #expect(!text.contains(cookie) && !text.contains(word))
    }

    /// What an old token or visit has opened ends with it, and a code of before opens nothing.
    @Test func endsStreamsOfAnOldToken() async throws {
        let project = project
        try await project.serving { client, server in
            let code = try #require(server.makeInvitation().split(separator: "#").last)
            let stream = try client.open("GET /api/events")
            #expect(await stream.read { $0.contains("retry:") }.contains("200 OK"))
            _ = try project.token.renew()
            // Ends by itself: the server closes it.
            _ = await stream.readAll()
            #expect(try await client.ask("POST /login", [], body: "{\"word\":\"\(code)\"}").status == 401)
        }
    }

    @Test func readsNoBodyThatIsMadeToBeSlow() async throws {
        try await project.serving { client, _ in
            let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
            let slow = try await client.ask("POST /login", [], body: deep)
            #expect(slow.status == 400)
            let long = "{\"word\":\"" + String(repeating: "a", count: 2000) + "\"}"
            let large = try await client.ask("POST /login", [], body: long)
            #expect(large.status == 401)
        }
    }

    /// Over TLS a long body from a page of its own passes, and one from another page does not.
    @Test func takesLongBodiesOverTLS() async throws {
        let files = (project.folder.path + "/certificate", project.folder.path + "/key")
        _ = try Program.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=here", "-keyout", files.1, "-out", files.0,
        ])
        let body = "{\"operation\":\"exec\",\"command\":\"true\",\"stdin\":\"\(String(repeating: "a", count: 5000))\"}"
        try project.folder.write(body, to: "body")
        let (file, token) = (project.folder.path + "/body", project.word)
        try await project.serving({ $0.tls = files }) { client, _ in
            let ask = { (origin: String, token: String) in
                try await RawClient.offPool {
                    Result {
                        String(
                            decoding: try Program.run([
                                "curl", "-sSk", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Origin: \(origin)",
                                "-H",
                                "Authorization: Bearer \(token)", "-H", "Content-Type: application/json", "--data",
                                "@\(file)", "https://127.0.0.1:\(client.port)/api/operations",
                            ]), as: UTF8.self)
                    }
                }.get()
            }
            let own = "https://127.0.0.1:\(client.port)"
            let answers = (
                try await ask(own, token), try await ask("https://evil.example.org", token), try await ask(own, "wrong")
            )
            #expect(answers == ("202", "400", "401"))
        }
    }

    /// Over the socket in the file system its owner needs no token.
    @Test func letsItsOwnerInBySocket() async throws {
        let path = project.folder.path + "/socket"
        try await project.serving({ $0.socket = path }) { _, _ in
            let words = ["curl", "-sS", "--unix-socket", path, "http://localhost/api/version"]
            let answer = try await RawClient.offPool { Result { try Program.run(words) } }.get()
            #expect(try JSONText.decode(JSONValue.self, from: answer)["version"] == "1.2.3")
        }
    }

    @Test func takesATokenOfTheUsersOwn() throws {
        try project.folder.write("0123456789abcdef\n", to: "token")
        let token = AccessToken(project.service.project, file: project.folder.path + "/token")
        try token.check()
        #expect(token.isRight("0123456789abcdef") && !token.isRight(project.word))
        for text in ["", "short", "two words that are long"] {
            try project.folder.write(text, to: "bad")
            let bad = AccessToken(project.service.project, file: project.folder.path + "/bad")
            #expect(throws: ConfigError.self) { try bad.check() }
        }
    }
}
