import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetRuns
import FleetService
import Synchronization

/// What somebody asks.
struct ChatQuestion: Sendable {
    var text: String
    var model: String?
    var engine: String?
    var hosts: HostSelector?
    /// Goes to the worker's standard input, and nowhere else.
    var key: Secret?
    /// The package's other parameters, by name.
    var parameters: [String: String] = [:]

    /// The operation that asks it.
    ///
    /// - Parameter conversation: which one goes on, and knows what was said before.
    func operation(in conversation: String?) -> AskOperation {
        var operation = AskOperation(text, parameters: parameters, key: nil, on: hosts, command: ChatRoom.command)
        (operation.givenKey, operation.engine, operation.conversation) = (key, engine, conversation)
        if let model { operation.parameters["model"] = model }
        return operation
    }
}

/// Something that has changed in a chat.
struct ChatChange: Sendable {
    let chat: String
    /// The number of the message, from 0.
    let message: Int
    /// How the message stands; its text is left out while it grows.
    let standing: Chat.Message
    /// What the text has become longer by, and where that begins, in UTF-16 units as a page counts them.
    var growth: (start: Int, text: String)?
    /// How many questions are asked before this one; nil when it does not wait.
    var place: Int?
}

/// The chats of all visitors: takes their questions, asks one worker for each as soon as a host has room, and tells their
/// owners what comes.
///
/// An answer goes on when nobody looks. Who comes back finds what was written until then, and hears the rest.
actor ChatRoom {
    /// What the ledger says of runs of chats.
    static let command = "chat"
    /// Nobody has more questions on their way at once, nor more chats: the oldest are forgotten.
    private static let (mostOpen, mostChats) = (20, 500)
    /// An answer has no more bytes.
    private static let longest = 1 << 20

    private struct Waiting {
        let chat: String
        let question: ChatQuestion
    }

    let service: FleetService
    private let store: ChatStore
    private var chats: [String: Chat]
    private var queue: [Waiting] = []
    /// The operations that ask now, by the names of their chats.
    private var asking: [String: @Sendable () -> Void] = [:]
    private var stopped: Set<String> = []
    /// How long the answers are that come now, in UTF-16 units: counting anew would be quadratic.
    private var lengths: [String: Int] = [:]
    /// Whose answers are being ended because they have no end of their own.
    private var tooLong: Set<String> = []
    private var listeners: [Int: (owner: String, tell: @Sendable (ChatChange) -> Void)] = [:]
    private var lastListener = 0

    init(_ service: FleetService) {
        (self.service, store) = (service, ChatStore(service.project))
        chats = Dictionary(store.read().map { ($0.id, $0) }) { first, _ in first }
    }

    // MARK: What is there

    /// The chats of one visitor, the latest first.
    func chats(of owner: String) -> [Chat] {
        chats.values.filter { $0.owner == owner }.sorted { $0.updated > $1.updated }
    }

    /// - Throws: for a chat that there is not, or that is somebody else's: nobody learns which of both.
    func chat(_ id: String, of owner: String) throws -> Chat {
        guard let chat = chats[id], chat.owner == owner else { throw Problem(404, Message("there is no such chat")) }
        return chat
    }

    /// How many questions are asked before that of a chat; nil when it does not wait.
    func place(of id: String) -> Int? { queue.firstIndex { $0.chat == id } }

    /// - Returns: what has forgotten the questions in the ledger when it ends.
    @discardableResult func remove(_ id: String, of owner: String) throws -> Task<Void, any Error> {
        let chat = try chat(id, of: owner)
        try stop(id, of: owner)
        chats[id] = nil
        store.remove(id)
        // What is still asked has the conversation: its end forgets it.
        if asking[id] == nil { forgetConversation(id) }
        let forgetting = chat.messages.filter { $0.role == .model }.map { forget($0.operation, run: $0.run) }
        return Task { for task in forgetting { try await task.value } }
    }

    private func forgetConversation(_ id: String) {
        (try? Conversation(Self.conversation(id), in: service.project))?.forget()
    }

    /// What was asked, in the ledger, and what came home of it.
    @discardableResult private func forget(_ operation: String?, run: String?) -> Task<Void, any Error> {
        let results = "\(service.project.workFolder)/results"
        if let run { Disk.remove("\(results)/\(run)") }
        return Task { [service] in
            let runs = try await service.forget(parameter: "question", of: operation, runs: run.map { [$0] } ?? [])
            for run in runs { Disk.remove("\(results)/\(run)") }
        }
    }

    /// Hears of what changes in the chats of one visitor.
    func listen(as owner: String, _ tell: @escaping @Sendable (ChatChange) -> Void) -> Int {
        lastListener += 1
        listeners[lastListener] = (owner, tell)
        return lastListener
    }

    func stopListening(_ id: Int) { listeners[id] = nil }

    // MARK: Asking

    /// Takes a question.
    ///
    /// - Parameter id: the chat that it goes on with; a new one when nil.
    /// - Returns: the chat with the question, and the place of the answer that is to come.
    func ask(_ question: ChatQuestion, in id: String?, of owner: String) throws -> Chat {
        var chat: Chat
        if let id {
            chat = try self.chat(id, of: owner)
            guard !chat.isOpen else { throw Problem(409, Message("the answer before is not whole yet")) }
        } else {
            let title = question.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            chat = Chat(
                id: String(AccessToken.random().filter { $0 != "-" && $0 != "_" }.prefix(20)).lowercased(),
                owner: owner, title: String(title.prefix(80)), updated: .now)
        }
        let own = chats.values.filter { $0.owner == owner }
        guard own.count(where: \.isOpen) < Self.mostOpen else {
            throw Problem(429, Message("\(Self.mostOpen) questions of yours are on their way"))
        }
        for old in own.filter({ !$0.isOpen && $0.id != chat.id }).sorted(by: { $0.updated > $1.updated })
            .dropFirst(Self.mostChats - 1)
        {
            try remove(old.id, of: owner)
        }
        chat.updated = .now
        chat.messages.append(Chat.Message(role: .user, text: question.text, state: .done, time: .now))
        chat.messages.append(
            Chat.Message(role: .model, text: "", state: .waiting, time: .now, model: question.model))
        try store.write(chat)
        chats[chat.id] = chat
        queue.append(Waiting(chat: chat.id, question: question))
        tell(chat.id, chat.messages.count - 2)
        serveQueue()
        return chats[chat.id] ?? chat
    }

    /// Ends an answer; what came until now stays.
    func stop(_ id: String, of owner: String) throws {
        let chat = try chat(id, of: owner)
        guard chat.isOpen else { return }
        if let index = queue.firstIndex(where: { $0.chat == id }) {
            queue.remove(at: index)
            return finish(id) { $0.state = .stopped }
        }
        stopped.insert(id)
        asking[id]?()
    }

    /// As many as the hosts have slots ask at once; who comes later sees the place in the queue.
    private func serveQueue() {
        let width = queue.isEmpty ? 0 : width
        while !queue.isEmpty, asking.count < width {
            let next = queue.removeFirst()
            begin(next)
        }
        tellPlaces()
    }

    private var width: Int {
        let hosts = (try? service.currentInventory.hosts) ?? []
        let state = try? service.project.stateStore.read()
        let slots = hosts.map { host -> Int in
            guard let slots = host.slots else {
                guard case .integer(let cores)? = state?[host.name]?.facts["cores"] else { return 1 }
                return max(1, Int(clamping: cores))
            }
            return slots
        }
        return max(1, slots.reduce(0, +))
    }

    private func begin(_ waiting: Waiting) {
        let id = waiting.chat
        let operation = waiting.question.operation(in: Self.conversation(id))
        let characters = Mutex(WholeCharacters())
        // Room for what comes while this actor is busy; more of it waits on the host.
        let (pieces, feed) = AsyncStream.makeStream(of: Piece.self)
        let waitingBytes = Atomic<Int>(0)
        let output = OutputSink(isBehind: { waitingBytes.load(ordering: .relaxed) > 256 << 10 }) { _ in
            { host in
                feed.yield(.host(host.name.text))
                return { stream, bytes in
                    guard stream == .output else { return .more }
                    let text = String(decoding: characters.withLock { $0.take(bytes) }, as: UTF8.self)
                    waitingBytes.wrappingAdd(text.utf8.count, ordering: .relaxed)
                    feed.yield(.text(text))
                    return .more
                }
            }
        }
        let started = ContinuousClock.now
        do {
            let handle = try service.start(operation, command: Self.command, output: output)
            asking[id] = { handle.cancel() }
            change(id) { ($0.state, $0.operation) = (.writing, handle.id.text) }
            // A server that is killed finds the answer by it; without it the answer ends there.
            if let chat = chats[id] { try? store.write(chat) }
            Task {
                let writing = Task {
                    for await piece in pieces {
                        if case .text(let text) = piece {
                            waitingBytes.wrappingSubtract(text.utf8.count, ordering: .relaxed)
                        }
                        take(piece, id)
                    }
                }
                let result = await Swift.Result { try await handle.result }
                feed.finish()
                await writing.value
                end(id, handle.id, result, after: .now - started)
            }
        } catch {
            fail(id, error)
        }
    }

    /// Goes on with the answers that a server which was killed has left open: a worker that had begun has gone on by
    /// itself, and what it has written comes as a whole.
    func takeUp(_ left: [LeftOperation]) {
        let open = chats.values.filter(\.isOpen)
        for operation in left {
            let chat = open.first { $0.messages.last?.operation == operation.id.text }
            switch (chat, operation.run) {
            case (let chat?, let run?): goOn(with: run.text, of: chat, as: operation)
            // Killed before it had a run.
            case (_, nil): service.end(operation, because: Self.wasStopped)
            // Nobody waits for it: killed before the feed had its beginning, so before its worker had begun.
            case (nil, let run?): Task { try? await service.cancelLeft(run, of: operation, because: Self.wasStopped) }
            }
        }
        for chat in open where asking[chat.id] == nil {
            finish(chat.id) { ($0.state, $0.failure, $0.hint) = (.failed, Self.wasStopped, Message("ask once more")) }
        }
    }

    private static var wasStopped: Message { Message("the server was stopped before the answer was whole") }

    private func goOn(with run: String, of chat: Chat, as operation: LeftOperation) {
        let question = chat.messages.last { $0.role == .user }?.text ?? ""
        let work = ResumeAskOperation(run, question: question, in: Self.conversation(chat.id))
        do {
            let handle = try service.start(work, command: Self.command, id: operation.id)
            asking[chat.id] = { handle.cancel() }
            change(chat.id) { $0.state = .writing }
            Task {
                let result = await Swift.Result { try await handle.result }
                end(chat.id, handle.id, result, after: Timestamp.now.duration(since: operation.started))
            }
        } catch {
            fail(chat.id, error)
        }
    }

    private enum Piece: Sendable {
        case host(String)
        case text(String)
    }

    private func take(_ piece: Piece, _ id: String) {
        guard var chat = chats[id], let last = chat.messages.indices.last else { return }
        switch piece {
        case .host(let host):
            chat.messages[last].host = host
            chats[id] = chat
            tell(id, last)
        case .text(let text):
            guard !text.isEmpty, !tooLong.contains(id) else { return }
            let start = lengths[id] ?? 0
            if chat.messages[last].text.utf8.count > Self.longest {
                tooLong.insert(id)
                asking[id]?()
                return
            }
            // Taken out while it grows, so that it is not copied for each piece.
            chats[id] = nil
            chat.messages[last].text += text
            chats[id] = chat
            lengths[id] = start + text.utf16.count
            tell(id, last, growth: (start, text))
        }
    }

    private func end(
        _ id: String, _ operation: OperationID, _ result: Swift.Result<AskOperation.Result, any Error>,
        after time: Duration
    ) {
        let wasStopped = stopped.remove(id) != nil
        let run = try? result.get().answer?.run.text
        // The run of a chat that was forgotten meanwhile is forgotten as well.
        if chats[id] == nil { forget(operation.text, run: run) } else if let run { keep(run, id) }
        guard tooLong.remove(id) == nil else {
            return finish(id) { ($0.state, $0.failure) = (.failed, Message("the answer is longer than 1 MiB")) }
        }
        switch result {
        case .success(let result):
            guard let answer = result.answer else {
                let failure = result.absent.lazy.compactMap(\.failure).first
                return finish(id) { message in
                    message.state = wasStopped ? .stopped : .failed
                    message.failure = wasStopped ? nil : failure?.message ?? Message("no host can ask")
                    message.hint = wasStopped ? nil : failure?.hint
                }
            }
            let outcome = answer.outcome
            finish(id) { message in
                (message.host, message.engine) = (outcome.host.text, outcome.engine)
                message.seconds = outcome.duration?.seconds ?? time.seconds
                if case .string(let model)? = outcome.metrics?["model"] { message.model = model }
                // What came home is whole; what came as it was written need not be.
                if outcome.failure == nil { message.text = answer.text }
                message.state = wasStopped ? .stopped : outcome.failure == nil ? .done : .failed
                if !wasStopped { (message.failure, message.hint) = (outcome.failure?.message, outcome.failure?.hint) }
            }
        case .failure(let error): wasStopped ? finish(id) { $0.state = .stopped } : fail(id, error)
        }
    }

    private func keep(_ run: String, _ id: String) {
        guard var chat = chats[id], let last = chat.messages.indices.last else { return }
        chat.messages[last].run = run
        chats[id] = chat
    }

    private func fail(_ id: String, _ error: any Error) {
        let problem = Problem(error)
        finish(id) { ($0.state, $0.failure, $0.hint) = (.failed, problem.message, problem.hint) }
    }

    private func finish(_ id: String, _ body: (inout Chat.Message) -> Void) {
        asking[id] = nil
        lengths[id] = nil
        if chats[id] == nil { forgetConversation(id) }
        change(id, body)
        // A disk that is full costs what is remembered, not the answer that the page has.
        if let chat = chats[id] { try? store.write(chat) }
        serveQueue()
    }

    private func change(_ id: String, _ body: (inout Chat.Message) -> Void) {
        guard var chat = chats[id], let last = chat.messages.indices.last else { return }
        body(&chat.messages[last])
        chat.updated = .now
        chats[id] = chat
        tell(id, last)
    }

    // MARK: Telling

    private func tellPlaces() {
        for (place, waiting) in queue.enumerated() {
            tell(waiting.chat, (chats[waiting.chat]?.messages.count ?? 1) - 1, place: place)
        }
    }

    private func tell(
        _ id: String, _ message: Int, growth: (start: Int, text: String)? = nil, place: Int? = nil
    ) {
        guard let chat = chats[id], chat.messages.indices.contains(message) else { return }
        var standing = chat.messages[message]
        if growth != nil { standing.text = "" }
        let change = ChatChange(
            chat: id, message: message, standing: standing, growth: growth,
            place: standing.state == .waiting ? place ?? self.place(of: id) : nil)
        for listener in listeners.values where listener.owner == chat.owner { listener.tell(change) }
    }

    private static func conversation(_ id: String) -> String { "chat-\(id)" }
}
