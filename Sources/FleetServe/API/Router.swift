import FleetBase
import FleetHTTP

/// Takes requests through the gate to their routes, and makes an answer of what goes wrong.
struct Router: Sendable {
    let gate: Gate
    let routes: [Route]
    /// Ends what is streamed.
    let closing: Closing
    /// What answers a visitor without a token who asks for a page.
    let login: @Sendable (HTTPRequest, Language) -> HTTPResponse
    /// What answers a browser that asks for a page and can't have it.
    let problem: @Sendable (Problem, Language) -> HTTPResponse

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let language =
            request.cookie(Pages.languageCookie).flatMap(Language.init)
            ?? Language(accepted: request.header("accept-language"))
        do {
            return Self.guarded(try await route(request, language))
        } catch {
            let problem = Problem(error)
            return Self.guarded(
                Self.wantsPage(request) ? self.problem(problem, language) : Self.response(to: problem, language))
        }
    }

    /// What is no request, before any route could see it.
    static func answer(to refusal: HTTPRefusal) -> HTTPResponse {
        guarded(response(to: Problem(refusal), .english))
    }

    private static func guarded(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        for (name, value) in Self.headers where !response.headers.contains(where: { $0.name == name }) {
            response.headers.append((name, value))
        }
        return response
    }

    private func route(_ request: HTTPRequest, _ language: Language) async throws -> HTTPResponse {
        try gate.checkHost(request)
        let candidates = routes.compactMap { route in route.match(request.path).map { (route, $0) } }
        guard !candidates.isEmpty else { throw Problem(404, Message("there is nothing by this address")) }
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, parameters) = candidates.first(where: { $0.0.method == method }) else {
            var response = Self.response(to: Problem(405, Message("this can't be asked in that way")), language)
            let methods = candidates.map(\.0.method)
            response.headers.append(
                ("Allow", (methods + (methods.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")))
            return response
        }
        let caller = try gate.caller(of: request, changing: method != "GET" || route.isWork)
        if case .known = route.access, case .nobody = caller {
            if route.help == nil, method == "GET" { return login(request, language) }
            throw Problem(401, Message("a token is needed: Authorization: Bearer TOKEN"))
        }
        for query in route.queries { try query.check(request.query(query.name)) }
        return watched(
            try await route.answer(
                Asked(request: request, caller: caller, parameters: parameters, language: language)), for: caller)
    }

    /// A stream ends with the server, and when who opened it is let in no longer.
    private func watched(_ response: HTTPResponse, for caller: Gate.Caller) -> HTTPResponse {
        guard case .stream(let body) = response.body else { return response }
        var response = response
        response.body = .stream { [gate, closing] writer in
            let work = Task { try await body(writer) }
            let ending = closing.whenItComes { work.cancel() }
            let watching = Task {
                while gate.holds(caller) { try await Task.sleep(for: Self.watching) }
                work.cancel()
            }
            defer {
                watching.cancel()
                closing.forget(ending)
            }
            try await withTaskCancellationHandler {
                try await work.value
            } onCancel: {
                work.cancel()
            }
        }
        return response
    }

    private static let watching = Duration.seconds(2)

    /// Whether a person reads the answer.
    private static func wantsPage(_ request: HTTPRequest) -> Bool {
        request.method == "GET" && request.path.first != "api"
            && request.header("accept")?.contains("text/html") == true
    }

    private static func response(to problem: Problem, _ language: Language) -> HTTPResponse {
        let text = (try? JSONText.encode(problem, in: language)) ?? "{}"
        var response = HTTPResponse(problem.status, type: "application/json", Array((text + "\n").utf8))
        if problem.status == 401 { response.headers.append(("WWW-Authenticate", "Bearer")) }
        return response
    }

    /// Nothing is loaded from elsewhere, nothing runs but the server's own file, and no other page may show this one.
    private static let headers = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        ),
        ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
}

extension Language {
    /// The first of fleet's languages that a browser wants (RFC 9110, section 12.5.4, without its weights: browsers send
    /// the best first).
    init(accepted header: String?) {
        let words = (header ?? "").lowercased().split(separator: ",").map { $0.drop(while: { $0 == " " }).prefix(2) }
        self = words.lazy.compactMap { Language(rawValue: String($0)) }.first ?? .english
    }
}
