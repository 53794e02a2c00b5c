import FleetBase
import FleetTesting
import Foundation
import Glibc
import Synchronization
import Testing

@testable import FleetHTTP

/// A server on a free port of this machine, real sockets, and clients that do what browsers don't.
@Suite struct HTTPServerTests {
    /// Answers with what it was asked.
    private static let echo: HTTPServer.Answer = { request in
        .text(200, "\(request.method) /\(request.path.joined(separator: "/")) \(request.body.count)")
    }

    private static func text(_ words: [String]) async throws -> String {
        try await RawClient.offPool { Result { String(decoding: try Program.run(words), as: UTF8.self) } }.get()
    }

    private func serving<Value>(
        _ settings: HTTPServer.Settings = HTTPServer.Settings(), _ answer: @escaping HTTPServer.Answer = echo,
        _ body: (UInt16, HTTPServer) async throws -> Value
    ) async throws -> Value {
        let socket = try ListeningSocket("127.0.0.1", port: nil)
        let port = try #require(socket.port)
        let server = HTTPServer(settings, answer)
        let serving = Task { await server.serve(socket) }
        defer { serving.cancel() }
        return try await body(port.number, server)
    }

    @Test func servesOneRequestAfterTheOther() async throws {
        try await serving { port, _ in
            let client = try RawClient(port)
            for path in ["a", "b"] {
                client.send("GET /\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.read(until: "0\n").contains("GET /\(path) 0"))
            }
            client.send("POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue"))
            client.send("abcHEAD /d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let rest = await client.readAll()
            #expect(rest.contains("POST /c 3\n") && rest.contains("Content-Length: 10\r\n"))
            #expect(rest.hasSuffix("Connection: close\r\n\r\n"), "\(rest)")
        }
    }

    /// Nothing behind a refused request is read as another one, and the refusal arrives though bytes were unread.
    @Test func refusesAndCloses() async throws {
        let asked = Mutex<[String]>([])
        try await serving(
            HTTPServer.Settings(),
            { request in
                asked.withLock { $0.append(request.path.joined()) }
                return .text(200, "")
            }
        ) { port, _ in
            let bad = "Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            for text in [
                "POST / HTTP/1.1\r\n\(bad)GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 1_000_000) + "\r\n\r\n",
            ] {
                let client = try RawClient(port)
                client.send(text)
                let answer = await client.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 4") && !answer.contains("200 OK"), "\(answer.prefix(80))")
            }
            let client = try RawClient(port)
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n")
            let answer = await client.readAll()
            #expect(answer.contains("200 OK") && answer.contains("400 Bad Request"))
        }
        #expect(asked.withLock(\.self) == ["first"])
    }

    @Test func cutsWhoIsSlow() async throws {
        var settings = HTTPServer.Settings()
        settings.deadlines.request = .milliseconds(300)
        settings.deadlines.idle = .milliseconds(300)
        settings.deadlines.reading = .milliseconds(300)
        let large = HTTPResponse(200, type: "text/plain", [UInt8](repeating: 65, count: 64 << 20))
        try await serving(settings, { _ in large }) { port, server in
            let silent = try RawClient(port)
            #expect(await silent.readAll().isEmpty)
            let slow = try RawClient(port)
            slow.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
            let dripping = Task {
                while slow.send("a") { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(await slow.readAll().hasPrefix("HTTP/1.1 408"))
            dripping.cancel()
            let short = try RawClient(port)
            short.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            #expect(await short.readAll().hasPrefix("HTTP/1.1 408"))
            // Asks and never reads: it is cut though it has not closed.
            let deaf = try RawClient(port)
            deaf.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await eventually { server.connections == 0 })
            withExtendedLifetime(deaf) {}
        }
    }

    @Test func tellsAStreamThatItsClientHasGone() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let answer: HTTPServer.Answer = { _ in
            HTTPResponse(200, type: "text/event-stream") { writer in
                try await writer.write("data: 1\n\n")
                try? await Task.sleep(for: .seconds(600))
                end.yield(Task.isCancelled)
            }
        }
        try await serving(HTTPServer.Settings(), answer) { port, _ in
            let client = try RawClient(port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await client.read(until: "data: 1\n\n").contains("200 OK"))
            client.close()
            for await wasCancelled in ended {
                #expect(wasCancelled)
                break
            }
        }
    }

    /// Who is being answered keeps the place, also while a body is on its way.
    @Test func refusesMoreThanItWants() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (release, free) = AsyncStream.makeStream(of: Void.self)
        var settings = HTTPServer.Settings()
        settings.connectionsOfAddress = 2
        settings.admits = { head, _ in
            begin.yield()
            return nil
        }
        let answer: HTTPServer.Answer = { _ in
            for await _ in release { break }
            return .text(200, "late")
        }
        try await serving(settings, answer) { port, _ in
            let (held, half) = (try RawClient(port), try RawClient(port))
            held.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            half.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
            var heads = begun.makeAsyncIterator()
            for _ in 0..<2 { await heads.next() }
            let refusal = await (try RawClient(port)).readAll()
            #expect(refusal.hasPrefix("HTTP/1.1 503") && refusal.hasSuffix("too many connections\n"), "\(refusal)")
            half.send("c")
            free.finish()
            #expect(await held.read(until: "late\n").contains("200 OK"))
            #expect(await half.read(until: "late\n").contains("200 OK"))
        }
    }

    /// The oldest of those that wait is closed for who comes: one that says nothing, one that says half a head, one that
    /// had an answer. None hears a word that it could take for an answer.
    @Test(arguments: [true, false]) func closesTheOldestThatWaits(ofOneAddress: Bool) async throws {
        var settings = HTTPServer.Settings()
        if ofOneAddress { settings.connectionsOfAddress = 3 } else { settings.connections = 3 }
        try await serving(settings) { port, server in
            let (idle, silent, half) = (try RawClient(port), try RawClient(port), try RawClient(port))
            idle.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await idle.read(until: "0\n").contains("200 OK"))
            half.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
            #expect(await eventually { server.connections == 3 })
            var taken: [RawClient] = []
            for old in [idle, silent, half] {
                let client = try RawClient(port)
                client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.read(until: "0\n").contains("200 OK"))
                #expect(await old.readAll().isEmpty)
                taken.append(client)
            }
            // Each is one of the last three now, and takes a further request.
            for client in taken {
                client.send("GET /c HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await client.read(until: "0\n").contains("GET /c 0"))
            }
        }
    }

    /// RFC 9110, section 9.3.2: an answer to HEAD has no body, also one that refuses.
    @Test(arguments: [
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/3.0\r\nHost: a\r\n\r\n", "HEAD /\r\n\r\n",
    ]) func refusesWithoutABodyWhoAsksForTheHead(request: String) async throws {
        var settings = HTTPServer.Settings()
        settings.admits = { _, _ in HTTPRefusal(401, "who are you?") }
        try await serving(settings) { port, _ in
            let client = try RawClient(port)
            client.send(request)
            let answer = await client.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 ") && answer.hasSuffix("\r\n\r\n"), "\(answer)")
            #expect(answer.contains("\r\nContent-Length: ") && !answer.contains("Content-Length: 0"), "\(answer)")
        }
    }

    /// Nothing of a request has come before the handshake is over, so nobody waits for it.
    @Test func endsDuringAHandshake() async throws {
        let folder = try TemporaryFolder()
        var settings = HTTPServer.Settings()
        settings.tls = try Self.certificate(in: folder)
        settings.deadlines.request = .seconds(600)
        try await serving(settings) { port, server in
            let silent = try RawClient(port)
            #expect(await eventually { server.connections == 1 })
            #expect(await server.end(within: .seconds(60)))
            #expect(await silent.readAll().isEmpty)
        }
    }

    /// - Returns: a new certificate in the folder's files `certificate` and `key`.
    @discardableResult private static func certificate(in folder: TemporaryFolder) throws -> TLSContext {
        _ = try Program.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
            "2",
            "-subj", "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.path + "/key",
            "-out", folder.path + "/certificate",
        ])
        return try TLSContext(certificate: folder.path + "/certificate", key: folder.path + "/key")
    }

    /// Connections over the socket in the file system are neither counted nor refused.
    @Test func letsTheOwnerInWhenTheNetworkIsFull() async throws {
        var settings = HTTPServer.Settings()
        settings.connections = 1
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (release, free) = AsyncStream.makeStream(of: Void.self)
        let answer: HTTPServer.Answer = { request in
            if request.path == ["held"] {
                enter.yield()
                for await _ in release { break }
            }
            return .text(200, "\(request.peer) \(request.isLocal)")
        }
        try await serving(settings, answer) { port, server in
            let socket = try ListeningSocket(path: path)
            let serving = Task { await server.serve(socket) }
            defer { serving.cancel() }
            async let held = Self.text(["curl", "-sS", "--unix-socket", path, "http://localhost/held"])
            defer { free.finish() }
            for await _ in entered { break }
            let client = try RawClient(port)
            client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in entered { break }
            #expect(await (try RawClient(port)).readAll().hasPrefix("HTTP/1.1 503"))
            #expect(try await Self.text(["curl", "-sS", "--unix-socket", path, "http://localhost/"]) == "unix true\n")
            free.finish()
            #expect(try await held == "unix true\n")
            #expect(await client.read(until: "e\n").hasSuffix("127.0.0.1 false\n"))
            // The place of one that has gone is free again.
            client.close()
            #expect(await eventually { server.connections == 0 })
            let next = try RawClient(port)
            next.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(await next.readAll().hasSuffix("127.0.0.1 false\n"))
        }
    }

    /// The body never comes, and is not asked for.
    @Test func refusesByTheHeadAlone() async throws {
        let heads = Mutex<[String]>([])
        var settings = HTTPServer.Settings()
        settings.admits = { head, isLocal in
            heads.withLock { $0.append("\(head.target.path.joined()) \(isLocal)") }
            return head.header("authorization") == nil ? HTTPRefusal(401, "who are you?") : nil
        }
        try await serving(settings) { port, _ in
            let client = try RawClient(port)
            let token = "Host: a\r\nAuthorization: Bearer a\r\n"
            client.send("POST /known HTTP/1.1\r\n\(token)Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            client.send("abc")
            #expect(await client.read(until: "3\n").contains("POST /known 3\n"))
            client.send("POST /unknown HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            let answer = await client.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 401") && answer.hasSuffix("who are you?\n"), "\(answer)")
        }
        #expect(heads.withLock(\.self) == ["known false", "unknown false"])
    }

    /// Cancellation is how a server hears that it is to end, so what ends it runs in a cancelled task.
    @Test func endsInGoodOrderWhenItsTaskIsCancelled() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (release, free) = AsyncStream.makeStream(of: Void.self)
        let answer: HTTPServer.Answer = { _ in
            begin.yield()
            for await _ in release { break }
            return .text(200, "late")
        }
        try await serving(HTTPServer.Settings(), answer) { port, server in
            let (busy, idle) = (try RawClient(port), try RawClient(port))
            busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in begun { break }
            #expect(await eventually { server.connections == 2 })
            let ending = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                let isOver = await server.end(within: .seconds(60))
                return isOver && Task.isCancelled
            }
            // The end has begun when it has closed the one that waits for nothing.
            #expect(await idle.readAll().isEmpty)
            free.yield()
            #expect(await busy.readAll().hasSuffix("late\n"))
            #expect(await ending.value)
        }
    }

    /// What is being answered has its answer; who waits for nothing is closed at once.
    @Test func endsInGoodOrder() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (release, free) = AsyncStream.makeStream(of: Void.self)
        let answer: HTTPServer.Answer = { request in
            guard request.path == ["slow"] else { return .text(200, "quick") }
            begin.yield()
            for await _ in release { break }
            return .text(200, "late")
        }
        try await serving(HTTPServer.Settings(), answer) { port, server in
            let (idle, busy) = (try RawClient(port), try RawClient(port))
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await idle.read(until: "quick\n").contains("200 OK"))
            busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in begun { break }
            async let isOver = server.end(within: .seconds(60))
            #expect(await idle.readAll().isEmpty)
            free.yield()
            #expect(await busy.readAll().hasSuffix("late\n"))
            #expect(await isOver)
        }
    }

    /// With a certificate that is renewed in between; curl is the client.
    @Test func speaksTLS() async throws {
        let folder = try TemporaryFolder()
        var settings = HTTPServer.Settings()
        settings.tls = try Self.certificate(in: folder)
        try await serving(settings) { port, _ in
            for _ in 0..<2 {
                let answer = try await Self.text([
                    "curl", "-sS", "--cacert", folder.path + "/certificate", "https://127.0.0.1:\(port)/over/tls",
                ])
                #expect(answer == "GET /over/tls 0\n")
                try Self.certificate(in: folder)
            }
            await #expect(throws: (any Error).self) {
                try await Self.text(["curl", "-sS", "--tls-max", "1.1", "-k", "https://127.0.0.1:\(port)/"])
            }
            // Plain words where a handshake should be.
            let plain = try RawClient(port)
            plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = await plain.readAll()
            #expect(!answer.contains("200"))
        }
        #expect(throws: ValueError.self) { try TLSContext(certificate: "/nothing", key: folder.path + "/key") }
    }

    @Test func saysWhoHasThePort() throws {
        let socket = try ListeningSocket("127.0.0.1", port: nil)
        let port = try #require(socket.port)
        let taken = ValueError(Message("another program listens on \("127.0.0.1 port \(port)") already"))
        #expect(throws: taken) { try ListeningSocket("127.0.0.1", port: port) }
        #expect(throws: ValueError.self) { try ListeningSocket("192.0.2.1", port: nil) }
    }

    @Test func listensOnAPath() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        do {
            let socket = try ListeningSocket(path: path)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(throws: ValueError.self) { try ListeningSocket(path: path) }
            let server = HTTPServer { .text(200, $0.peer) }
            let serving = Task { await server.serve(socket) }
            #expect(try await Self.text(["curl", "-sS", "--unix-socket", path, "http://localhost/"]) == "unix\n")
            serving.cancel()
            await serving.value
        }
        try folder.write("mine", to: "file")
        #expect(throws: ValueError.self) { try ListeningSocket(path: folder.path + "/file") }
        #expect(try folder.read("file") == "mine")
    }
}
