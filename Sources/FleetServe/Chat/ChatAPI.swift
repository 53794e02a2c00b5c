import FleetBase
import FleetConfig
import FleetHTTP

/// The routes of the chat.
struct ChatAPI: Sendable {
    let room: ChatRoom

    private static let fields = [
        Field("question", .text, isRequired: true, "what is asked"),
        Field("chat", .text, "the chat that it goes on with; a new one when left out"),
        Field("key", .text, "the key for the model: it goes to the worker and is kept nowhere"),
        Field("model", .text, "which model; the package's own when left out"),
        Field("engine", .text, "which engine of the package asks"),
        Field("host", .text, "from which host; the one with least to do when left out"),
        Field("base_url", .text, "where the model is"),
        Field("simulate", .duration, "wait so long instead of asking"),
    ]

    var routes: [Route] {
        [
            Route(
                "GET", "/api/chats", help: "the caller's own chats, the latest first",
                reply: .json(.schema(["chats": ["type": "array", "items": ChatsView.Row.schema]]))
            ) { asked in
                try asked.answer(ChatsView(chats: await room.chats(of: try asked.owner).map(ChatsView.Row.init)))
            },
            Route(
                "POST", "/api/chats", help: "ask a question, in a chat or in a new one",
                body: Route.Body(schema: Field.object(Self.fields)), reply: .json(ChatView.schema, status: 202)
            ) { asked in
                let values = try FieldValues(try asked.json(), Self.fields)
                let question = try question(values)
                try await room.service.check(question.operation(in: nil))
                let chat = try await room.ask(question, in: values.text("chat"), of: try asked.owner)
                return try asked.answer(ChatView(chat, place: await room.place(of: chat.id)), status: 202)
            },
            Route(
                "GET", "/api/chats/{chat}", help: "a chat with its questions and answers", reply: .json(ChatView.schema)
            ) { asked in
                let chat = try await room.chat(asked.parameter("chat"), of: try asked.owner)
                return try asked.answer(ChatView(chat, place: await room.place(of: chat.id)))
            },
            Route(
                "DELETE", "/api/chats/{chat}", help: "forget a chat",
                reply: .json(.schema(["removed": ["type": "string"]]))
            ) { asked in
                try await room.remove(asked.parameter("chat"), of: try asked.owner).value
                return try asked.answer(["removed": asked.parameter("chat")])
            },
            Route(
                "POST", "/api/chats/{chat}/stop", help: "end the answer that is on its way",
                reply: .json(.schema(["stopped": ["type": "string"]]), status: 202)
            ) { asked in
                try await room.stop(asked.parameter("chat"), of: try asked.owner)
                return try asked.answer(["stopped": asked.parameter("chat")], status: 202)
            },
            Route(
                "GET", "/api/chat-events", help: "what changes in the caller's chats, as it comes", reply: .events
            ) { asked in
                ChatStream(room: room, owner: try asked.owner, language: asked.language).response
            },
        ]
    }

    private func question(_ values: FieldValues) throws -> ChatQuestion {
        var question = ChatQuestion(text: values.text("question") ?? "")
        question.model = values.text("model")
        question.engine = values.text("engine")
        question.hosts = values.text("host").map { HostSelector(hosts: [$0]) }
        question.key = values.text("key").map { Secret($0) }
        question.parameters["base-url"] = values.text("base_url")
        // For the workers 0 is not to simulate.
        question.parameters["simulate"] = values.duration("simulate").map { "\(max($0.seconds, 0.001))" }
        guard question.key != nil || question.parameters["simulate"] != nil else {
            throw Problem(422, Message("there is no key for the model"), hint: Message("type it into the page"))
        }
        return question
    }
}

extension Asked {
    /// Whose chats are the caller's: a browser's visit, or all programs together.
    fileprivate var owner: String { get throws(Problem) { try caller.chatOwner } }
}

extension Gate.Caller {
    /// Whose chats are the caller's.
    var chatOwner: String {
        get throws(Problem) {
            switch self {
            case .visitor(let visitor): return visitor.id
            case .program, .owner: return "program"
            case .nobody: throw Problem(401, Message("a token is needed: Authorization: Bearer TOKEN"))
            }
        }
    }
}

/// The chats of a visitor, as JSON.
private struct ChatsView: Encodable {
    struct Row: Encodable {
        let chat: String
        let title: String
        let updated: Timestamp
        let open: Bool

        static let schema = JSONValue.schema([
            "chat": ["type": "string"], "title": ["type": "string"], "updated": ["type": "string"],
            "open": ["type": "boolean"],
        ])

        init(_ chat: Chat) {
            (self.chat, title, updated, open) = (chat.id, chat.title, chat.updated, chat.isOpen)
        }
    }

    let chats: [Row]
}

/// A chat, as JSON.
private struct ChatView: Encodable {
    let chat: String
    let title: String
    /// How many questions are asked before; null when none waits.
    @OrNull var place: Int?
    let messages: [ChatMessageView]

    static let schema = JSONValue.schema([
        "chat": ["type": "string"], "title": ["type": "string"], "place": .orNull("integer"),
        "messages": ["type": "array", "items": ChatMessageView.schema],
    ])

    init(_ chat: Chat, place: Int?) {
        (self.chat, title) = (chat.id, chat.title)
        messages = chat.messages.map { ChatMessageView($0, withText: true) }
        _place = OrNull(wrappedValue: place)
    }
}

/// A question or an answer, as JSON.
private struct ChatMessageView: Encodable {
    let role: String
    let state: String
    let time: Timestamp
    @OrNull var text: String?
    /// The text as a tree, once it is whole; see ``Markdown``.
    @OrNull var document: JSONValue?
    @OrNull var host: String?
    @OrNull var engine: String?
    @OrNull var model: String?
    @OrNull var seconds: Double?
    @OrNull var failure: Message?
    @OrNull var hint: Message?

    static let schema = JSONValue.schema([
        "role": ["enum": .array(Chat.Message.Role.allCases.map { .string($0.rawValue) })],
        "state": ["enum": .array(Chat.Message.State.allCases.map { .string($0.rawValue) })],
        "time": ["type": "string"], "text": .orNull("string"), "document": .orNull("object"),
        "host": .orNull("string"), "engine": .orNull("string"), "model": .orNull("string"),
        "seconds": .orNull("number"), "failure": .orNull("string"), "hint": .orNull("string"),
    ])

    init(_ message: Chat.Message, withText: Bool) {
        (role, state, time) = (message.role.rawValue, message.state.rawValue, message.time)
        let isWhole = message.role == .model && !message.state.isOpen
        _text = OrNull(wrappedValue: withText ? message.text : nil)
        _document = OrNull(wrappedValue: isWhole && withText ? Markdown(message.text).document : nil)
        _host = OrNull(wrappedValue: message.host)
        _engine = OrNull(wrappedValue: message.engine)
        _model = OrNull(wrappedValue: message.model)
        _seconds = OrNull(wrappedValue: message.seconds)
        _failure = OrNull(wrappedValue: message.failure)
        _hint = OrNull(wrappedValue: message.hint)
    }
}

/// What changes in a visitor's chats, as server-sent events.
private struct ChatStream: Sendable {
    let room: ChatRoom
    let owner: String
    let language: Language

    private struct Line: Encodable {
        let chat: String
        /// From 0.
        let index: Int
        let message: ChatMessageView
        /// How many questions are asked before.
        @OrNull var place: Int?
        /// What the text has become longer by.
        @OrNull var added: String?
        /// Where that begins, in UTF-16 units.
        @OrNull var start: Int?
    }

    var response: HTTPResponse {
        HTTPResponse(200, type: "text/event-stream") { writer in
            // Who does not read misses some, and asks for the chat as it is.
            let (changes, feed) = AsyncStream.makeStream(of: ChatChange.self, bufferingPolicy: .bufferingNewest(1024))
            let id = await room.listen(as: owner) { feed.yield($0) }
            let shared = SharedWriter(writer)
            // Whoever ends first ends the other: the browser is gone, or the server is.
            await withTaskGroup { group in
                group.addTask {
                    try? await shared.write("retry: 2000\n\n")
                    for await change in changes {
                        guard (try? await shared.write(text(of: change))) != nil else { return }
                    }
                }
                group.addTask { try? await shared.beat(": \n\n") }
                await group.next()
                group.cancelAll()
            }
            await room.stopListening(id)
        }
    }

    private func text(of change: ChatChange) throws -> String {
        let line = Line(
            chat: change.chat, index: change.message,
            message: ChatMessageView(change.standing, withText: change.growth == nil), place: change.place,
            added: change.growth?.text, start: change.growth?.start)
        return "event: chat\ndata: \(HostText.escape(json: try JSONText.encode(line, in: language)))\n\n"
    }
}
