/// A behaviour of the server, and what each worker makes of it.
struct AskCase: Sendable, CustomStringConvertible {
    static let text = "Docker Swarm es un orquestador 🐳 de contenedores: año, ñandú, 日本語.\nFin ✓\n"

    /// The model's name tells the server how to behave.
    let model: String
    var status: Int32 = 0
    var answer = ""
    /// The worker's line on standard error, without `error: ` and its end.
    var error: String?
    var attempts = 1

    var description: String { model }

    private static func good(_ model: String, _ answer: String = text, attempts: Int = 1) -> AskCase {
        AskCase(model: model, answer: answer, attempts: attempts)
    }

    private static func bad(
        _ model: String, _ status: Int32, _ error: String, after answer: String = "", attempts: Int = 1
    ) -> AskCase {
        AskCase(model: model, status: status, answer: answer, error: error, attempts: attempts)
    }

    /// As one response and as a stream the same.
    static let either: [AskCase] = [
        good("hello"), good("split"), good("crlf"), good("drips"), good("thoughts", "so: 42\n"),
        good("max-tokens", "half an ans\n"), good("halves", "😀 and half: \u{FFFD}.end\n"),
        good("busy-delay", attempts: 2), good("busy-twice", attempts: 3),
        bad("wrong-key", 10, "key: the key was refused (status 400): API key not valid. Please pass a valid API key."),
        bad(
            "unauthorized", 10,
            "key: the key was refused (status 401): Request had invalid authentication credentials."),
        bad("forbidden", 10, "key: the key was refused (status 403): Permission denied on resource."),
        bad("quota", 11, "quota: no quota is left (status 429): You exceeded your current quota", attempts: 3),
        bad(
            "quota-long", 11, "quota: no quota is left (status 429): Quota of the day; it asks for 3600 s of patience"),
        bad(
            "down", 12, "unavailable: the service is not available (status 500): An internal error has occurred",
            attempts: 3),
        bad(
            "overloaded", 12,
            "unavailable: the service is not available (status 503): The model is overloaded "
                + String(repeating: "x", count: 233), attempts: 3),
        bad("gateway", 12, "unavailable: the service is not available (status 502)", attempts: 3),
        bad("silent", 13, "time-out: no answer for 0.8 s"),
        bad("blocked-prompt", 14, "blocked: the question was blocked: PROHIBITED_CONTENT"),
        bad("blocked-answer", 14, "blocked: the answer was blocked: SAFETY", after: "well, \n"),
        bad("garbage", 15, "malformed: the answer is not JSON"),
        bad("list", 15, "malformed: the answer is no object"),
        bad("empty", 15, "malformed: there is no text in the answer"),
        bad("reset", 16, "network: the connection to PLACE broke"),
        bad("redirect", 17, "request: the request was refused (status 302)"),
        bad(
            "missing", 17,
            "request: the request was refused (status 404): models/missing is not found for API version v1beta"),
        bad("bad-request", 17, "request: the request was refused (status 400): Invalid value at 'contents'"),
        bad("leak", 17, "request: the request was refused (status 400): what is this [redacted] of yours"),
        // Where what is too long is cut off.
        bad(
            "leak-late", 17,
            "request: the request was refused (status 400): " + String(repeating: "y", count: 250) + "[redacted] o"),
    ]

    static let streams: [AskCase] = [
        good("busy-once", attempts: 2), good("busy-until", attempts: 2),
        bad("cut", 16, "network: the connection to PLACE broke", after: "Docker Swarm es un\n"),
        bad("broken-off", 16, "network: the connection to PLACE broke", after: "Docker Swarm es un\n"),
        bad("stalls", 13, "time-out: no answer for 0.8 s", after: "Docker Swarm es un\n"),
        bad(
            "fails-later", 12, "unavailable: the service is not available (status 503): The model is overloaded",
            after: "Docker Swarm es un\n"),
        bad("portal", 15, "malformed: the answer is no stream of events"),
    ]

    static let responses: [AskCase] = [
        bad("cut", 16, "network: the connection to PLACE broke"),
        bad("portal", 15, "malformed: the answer is not JSON"),
        bad("nothing", 15, "malformed: there is no text in the answer"),
        bad("odd", 15, "malformed: there is no text in the answer"),
    ]
}
