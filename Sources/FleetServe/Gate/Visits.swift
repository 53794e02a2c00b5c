import FleetBase
import FleetHTTP

/// How a browser comes in and goes.
struct Visits: Sendable {
    let visitors: Visitors
    let cookieName: String
    let isSecure: Bool
    /// What stands around a page, in a language.
    let frame: @Sendable (PageWords) -> PageFrame

    var routes: [Route] {
        [
            Route("GET", "/login", .open) { page(in: $0.language).asked },
            Route("POST", "/login", .open) { asked in
                guard asked.request.body.count <= 1024 else { throw Problem(413, Message("this word lets nobody in")) }
                guard let word = try asked.json()["word"]?.string, let cookie = try visitors.begin(word) else {
                    // Who guesses gets one try a moment on a connection.
                    try await Task.sleep(for: .milliseconds(500))
                    throw Problem(
                        401, Message("this word lets nobody in"),
                        hint: Message("a code is good once, for ten minutes; the token is good always"))
                }
                return try answer(asked, cookie: cookie, age: Int(Visitors.duration.seconds))
            },
            Route("POST", "/logout") { asked in
                if case .visitor(let visitor) = asked.caller { try visitors.end(visitor) }
                return try answer(asked, cookie: "", age: 0)
            },
        ]
    }

    private func answer(_ asked: Asked, cookie: String, age: Int) throws -> HTTPResponse {
        var response = try asked.answer(["in": age > 0])
        response.headers.append(
            (
                "Set-Cookie",
                "\(cookieName)=\(cookie); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict"
                    + (isSecure ? "; Secure" : "")
            ))
        return response
    }

    /// The page on which a browser tells its code or the token.
    @Sendable func login(_ language: Language) -> HTTPResponse { page(in: language).response }

    private func page(in language: Language) -> LoginPage { LoginPage(frame: frame(PageWords(language: language))) }
}
