import FleetBase
import FleetHTTP

/// What can be asked for: a method, a path, who may, and what answers.
struct Route: Sendable {
    enum Access: Sendable {
        /// Anybody, and it says no more than that the server is up, or lets in who has the token.
        case open
        /// Who has the token, or a browser that came in.
        case known
    }

    /// A part of the path in braces takes any word, which is a parameter by that name.
    let path: [String]
    let method: String
    let access: Access
    /// One sentence for the description of the API; nil for pages.
    let help: String?
    let queries: [Query]
    let body: Body?
    let reply: Reply
    let answer: @Sendable (Asked) async throws -> HTTPResponse
    /// Whether it calls hosts though it is asked by GET, as the older networks had it: other pages may not ask it.
    var isWork = false

    /// A parameter of the address.
    struct Query: Sendable {
        enum Kind: Sendable {
            case text
            case flag
            case number(ClosedRange<Int>)
            case word([String])
        }

        let name: String
        let kind: Kind
        let help: String

        init(_ name: String, _ kind: Kind, _ help: String) { (self.name, self.kind, self.help) = (name, kind, help) }

        var schema: JSONValue {
            switch kind {
            case .text: ["type": "string", "pattern": .string(Field.plainText)]
            case .flag: ["type": "boolean"]
            case .number(let range):
                [
                    "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                    "maximum": .integer(Int64(range.upperBound)),
                ]
            case .word(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
            }
        }

        func check(_ value: String?) throws(FieldError) {
            guard let value else { return }
            switch kind {
            case .text: return
            case .flag where value == "true" || value == "false": return
            case .number(let range) where Int(value).map(range.contains) == true && value.allSatisfy(\.isNumber): return
            case .word(let words) where words.contains(value): return
            case .flag: throw FieldError("\(name) must be true or false")
            case .number(let range): throw FieldError("\(name) must be from \(range.lowerBound) to \(range.upperBound)")
            case .word(let words): throw FieldError("\(name) must be one of \(words.joined(separator: ", "))")
            }
        }
    }

    /// What the body of a request is.
    struct Body: Sendable {
        let schema: JSONValue
    }

    /// What the answer is when all is well.
    struct Reply: Sendable {
        let status: Int
        let type: String
        let schema: JSONValue

        static let events = Reply(status: 200, type: "text/event-stream", schema: ["type": "string"])
        static let page = Reply(status: 200, type: "text/html", schema: ["type": "string"])

        static func json(_ schema: JSONValue, status: Int = 200) -> Reply {
            Reply(status: status, type: "application/json", schema: schema)
        }

        /// What a command prints as JSON, by the name of its schema.
        static func view(_ name: String) -> Reply { .json(ViewSchemas.reference(name)) }
    }

    init(
        _ method: String, _ path: String, _ access: Access = .known, help: String? = nil, queries: [Query] = [],
        body: Body? = nil, reply: Reply = .page, _ answer: @escaping @Sendable (Asked) async throws -> HTTPResponse
    ) {
        self.path = path.split(separator: "/").map(String.init)
        (self.method, self.access, self.help, self.queries) = (method, access, help, queries)
        (self.body, self.reply, self.answer) = (body, reply, answer)
    }

    /// The words for its parameters; nil for another path.
    func match(_ words: [String]) -> [String: String]? {
        guard words.count == path.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, word) in zip(path, words) {
            if part.hasPrefix("{") {
                parameters[String(part.dropFirst().dropLast())] = word
            } else if part != word {
                return nil
            }
        }
        return parameters
    }
}

/// A request that has passed the gate.
struct Asked: Sendable {
    let request: HTTPRequest
    let caller: Gate.Caller
    let parameters: [String: String]
    let language: Language

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The body as JSON.
    func json() throws -> JSONValue {
        let type = request.header("content-type")?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        // A form of another page can send everything but this type.
        guard type == "application/json" else {
            throw Problem(415, Message("the body must be JSON: Content-Type: application/json"))
        }
        // What is read generically costs more the deeper it lies.
        guard Self.depth(of: request.body) <= 32 else { throw Problem(400, Message("the body is nested too deeply")) }
        do { return try JSONText.decode(JSONValue.self, from: request.body) } catch {
            throw Problem(400, Message("the body is no JSON"))
        }
    }

    /// How deep the brackets of a JSON text lie within each other.
    private static func depth(of bytes: [UInt8]) -> Int {
        var (depth, most, isText, isEscaped) = (0, 0, false, false)
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case 92 where isText: isEscaped = true
            case 34: isText.toggle()
            case 91 where !isText, 123 where !isText:
                depth += 1
                most = max(most, depth)
            case 93 where !isText, 125 where !isText: depth -= 1
            default: break
            }
        }
        return most
    }

    /// An answer in JSON, with its sentences in the caller's language.
    func answer(_ value: some Encodable, status: Int = 200) throws -> HTTPResponse {
        HTTPResponse(status, type: "application/json", Array((try JSONText.encode(value, in: language) + "\n").utf8))
    }
}
