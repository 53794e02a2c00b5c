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
            Route("GET", "/login", .open) { page(for: $0.request, in: $0.language).asked },
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
    @Sendable func login(_ request: HTTPRequest, _ language: Language) -> HTTPResponse {
        page(for: request, in: language).response
    }

    private func page(for request: HTTPRequest, in language: Language) -> LoginPage {
        LoginPage(frame: frame(PageWords(language: language)), ending: ending(request))
    }

    /// Why somebody who was in is not any more; nil for who was not.
    private func ending(_ request: HTTPRequest) -> Message? {
        if let cookie = request.cookie(cookieName), !cookie.isEmpty {
            return visitors.visitor(with: cookie) == nil ? visitors.ending(of: cookie) : nil
        }
        // A tab that was open when another one left.
        guard request.query("ended") != nil else { return nil }
        return Message("Your visit has ended, because somebody logged out in this browser.")
    }
}
