import Testing

@testable import FleetHTTP

@Suite struct HTTPReaderTests {
    private func read(_ text: String) throws(HTTPRefusal) -> HTTPRequest? {
        var reader = HTTPReader()
        reader.append(text.utf8)
        return try reader.next()
    }

    @Test func readsARequest() throws {
        let request = try read(
            "POST /api/runs/caf%C3%A9?after=1%202&x=a+b&flag HTTP/1.1\r\nHost: here:1\r\nContent-Length: 3\r\n"
                + "Cookie: a=1; fleet_7600=abc=\r\nX-Two:\t one  two \r\n\r\nabc")
        let found = try #require(request)
        #expect(found.method == "POST" && found.path == ["api", "runs", "café"])
        #expect(found.query("after") == "1 2" && found.query("x") == "a b" && found.query("flag") == "")
        #expect(found.header("x-two") == "one  two" && found.cookie("fleet_7600") == "abc=" && found.cookie("b") == nil)
        #expect(found.body == Array("abc".utf8) && found.head.keepsAlive)
    }

    @Test func readsByteByByteAndSeveralInARow() throws {
        let text = "GET / HTTP/1.1\r\nHost: a\r\n\r\nPUT /b/ HTTP/1.0\r\nContent-Length: 2\r\n\r\nxyGET /c HTTP/1.1\r\n"
        var reader = HTTPReader()
        var paths: [[String]] = []
        for byte in text.utf8 {
            reader.append([byte])
            while let request = try reader.next() { paths.append(request.path) }
        }
        #expect(paths == [[], ["b"]] && !reader.isIdle)
    }

    @Test func showsTheHeadBeforeTheBody() throws {
        var reader = HTTPReader()
        reader.append("PUT /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n".utf8)
        #expect(try reader.nextHead() == nil)
        reader.append("\r\nx".utf8)
        #expect(try reader.nextHead()?.target.path == ["b"])
        #expect(try reader.next() == nil)
        reader.append("y".utf8)
        #expect(try reader.next()?.body == Array("xy".utf8))
        #expect(try reader.nextHead() == nil && reader.isIdle)
    }

    @Test(arguments: [
        ("HTTP/1.1", "Connection: x\r\nConnection: Close", false), ("HTTP/1.1", "Connection: x, close", false),
        ("HTTP/1.1", "Connection: x\r\nConnection: y", true), ("HTTP/1.0", "Connection: x", false),
        ("HTTP/1.0", "Connection: x\r\nConnection: keep-alive", true),
    ]) func readsEachConnectionHeader(version: String, headers: String, keepsAlive: Bool) throws {
        #expect(try read("GET / \(version)\r\nHost: a\r\n\(headers)\r\n\r\n")?.head.keepsAlive == keepsAlive)
    }

    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 411),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX\0Y: a\r\n\r\n", 400),
        ("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nfoo\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: a\n\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 262145\r\n\r\n", 413),
        ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", 505),
        ("\u{16}\u{3}\u{1}\u{2}", 400), ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /static/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /static/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET //etc HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /?a=%0d%0a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /#top HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400),
    ]) func refuses(text: String, status: Int) {
        do {
            let request = try read(text)
            Issue.record("taken: \(String(describing: request))")
        } catch {
            #expect(error.status == status, "\(error)")
        }
    }

    @Test func refusesWhatHasNoEnd() throws {
        let words: [(String, Int)] = [
            ("GET / HTTP/1.1\r\nX: ", 431), ("GET /", 431), ("GET / HTTP/1.1\r\nX: a\r\nY", 431),
        ]
        for (start, status) in words {
            var reader = HTTPReader()
            reader.append(start.utf8)
            var refused: Int?
            for _ in 0..<1_000_000 where refused == nil {
                reader.append("a".utf8)
                do { _ = try reader.next() } catch { refused = error.status }
            }
            #expect(refused == status && reader.pending < 17 << 10)
        }
        let many = (0..<65).map { "X\($0): a\r\n" }.joined()
        #expect(throws: HTTPRefusal(431, "there are too many headers")) {
            try read("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n")
        }
        #expect(throws: HTTPRefusal(414, "the address is too long")) {
            try read("GET /\(String(repeating: "a", count: 4096)) HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }
}
