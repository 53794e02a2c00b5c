import FleetBase
import FleetHTTP

/// How a browser comes in and goes.
struct Visits: Sendable {
    let visitors: Visitors
    let cookieName: String
    let isSecure: Bool

    var routes: [Route] {
        [
            Route("GET", "/login", .open) { Self.login($0.language) },
            Route("POST", "/login", .open) { asked in
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
    @Sendable static func login(_ language: Language) -> HTTPResponse {
        .text(401, Message("a token is needed: Authorization: Bearer TOKEN").text(in: language))
    }
}
