import FleetBase
import Glibc
import Synchronization

/// How long a client may take.
package struct HTTPDeadlines: Sendable {
    /// For the handshake of TLS and a whole request, head and body together: a client that sends a byte a second is cut.
    package var request = Duration.seconds(15)
    /// Until the next request begins.
    package var idle = Duration.seconds(60)
    /// Without a byte taken of the answer.
    package var reading = Duration.seconds(30)

    package init() {}
}

/// One connection of a client: reads a request, has it answered, and so on until one of both has enough.
actor HTTPConnection {
    private let loop: EventLoop
    private let socket: CInt
    private let stream: any SocketStream
    private lazy var watch = SocketWatch(socket, on: loop)
    private let peer: HTTPPeer
    private let settings: HTTPServer.Settings
    private let answer: HTTPServer.Answer
    private var reader: HTTPReader
    private var isAnswering = false
    private var isEnding = false
    private var isOpen = true

    private enum Turn: UInt8, AtomicRepresentable {
        /// For the head of a request.
        case waiting
        case answering
        /// The server has given the place to another connection.
        case givenWay
    }

    /// Both the server and the connection decide by it, each on a thread of its own.
    private let turn = Atomic<Turn>(.waiting)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// No more than this is sent at once, so that a large answer leaves the loop to others now and then.
    private static let portion = 256 << 10
    /// How much is kept of what comes while a request is answered.
    private static let ahead = 64 << 10

    /// Takes over a connected, non-blocking socket, and closes it at the end.
    init?(
        _ socket: CInt, from peer: HTTPPeer, on loop: EventLoop, _ settings: HTTPServer.Settings,
        _ answer: @escaping HTTPServer.Answer
    ) {
        let stream: (any SocketStream)? = settings.tls.map { $0.stream(over: socket) } ?? PlainStream(socket)
        guard let stream else { return nil }
        (self.loop, self.socket, self.peer, self.stream) = (loop, socket, peer, stream)
        (self.settings, self.answer, reader) = (settings, answer, HTTPReader(settings.limits))
    }

    /// Serves the client until one of both has enough.
    func serve() async {
        if await begin() {
            while await serveOne() {}
        }
        isOpen = false
        watch.remove()
        close(socket)
    }

    /// Ends it where no request is lost by that: at once between two, else after the answer.
    func end() {
        isEnding = true
        if isResting { wake() }
    }

    /// Whether no whole head of a request has come since the last answer.
    nonisolated var isWaiting: Bool { turn.load(ordering: .sequentiallyConsistent) == .waiting }

    /// Closes it, unless a request has come.
    ///
    /// - Returns: whether it is closed.
    nonisolated func giveWay() -> Bool {
        guard change(from: .waiting, to: .givenWay) else { return false }
        Task { await wake() }
        return true
    }

    private nonisolated func change(from old: Turn, to new: Turn) -> Bool {
        turn.compareExchange(expected: old, desired: new, ordering: .sequentiallyConsistent).exchanged
    }

    private func wake() { if isOpen { watch.wakeAll() } }

    private var hasGivenWay: Bool { turn.load(ordering: .sequentiallyConsistent) == .givenWay }

    /// Whether it is to be closed now.
    private var isLeaving: Bool { isEnding && isResting || hasGivenWay }

    /// Whether nothing of a request has come, so that nothing is lost when it is closed.
    private var isResting: Bool { reader.isIdle && !isAnswering }

    // MARK: Requests

    /// Does what has to be done before the first byte, such as the handshake of TLS.
    private func begin() async -> Bool {
        let deadline = Deadline.after(settings.deadlines.request)
        while !isLeaving {
            switch stream.begin() {
            case .moved: return true
            case .end, .failed: return false
            case .wait(let interest):
                guard await watch.wait(for: interest, until: deadline, isolation: self) == .ready else { return false }
            }
        }
        return false
    }

    /// - Returns: whether another request may follow.
    private func serveOne() async -> Bool {
        defer { _ = change(from: .answering, to: .waiting) }
        do {
            guard let request = try await readRequest() else { return false }
            isAnswering = true
            defer { isAnswering = false }
            let response = await response(to: request)
            let isLast = isEnding || !request.head.keepsAlive
            return try await send(response, isLast: isLast, headOnly: request.method == "HEAD")
        } catch let refusal as HTTPRefusal {
            _ = change(from: .waiting, to: .answering)
            guard !hasGivenWay else { return false }
            let response = settings.refusal?(refusal) ?? .text(refusal.status, refusal.reason)
            _ = try? await send(response, isLast: true, headOnly: reader.asksForHead)
            await linger()
            return false
        } catch {
            return false
        }
    }

    /// - Returns: nil when the client closed the connection, or began nothing in time.
    private func readRequest() async throws -> HTTPRequest? {
        var deadline = Deadline.after(reader.isIdle ? settings.deadlines.idle : settings.deadlines.request)
        var (isAdmitted, isExpected) = (false, false)
        while true {
            // Before a byte of the body is waited for: who is refused must not have it kept here.
            if !isAdmitted, let head = try reader.nextHead() {
                isAdmitted = true
                guard change(from: .waiting, to: .answering) else { return nil }
                if let refusal = settings.admits?(head, peer.isLocal) { throw refusal }
            }
            if var request = try reader.next() {
                (request.peer, request.isLocal, request.isSecure) = (peer.name, peer.isLocal, settings.tls != nil)
                return request
            }
            if reader.wantsContinue, !isExpected {
                isExpected = true
                try await write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            }
            let wasIdle = reader.isIdle
            switch await read(until: deadline) {
            case .moved: if wasIdle { deadline = .after(settings.deadlines.request) }
            case .wait where hasGivenWay: return nil
            case .wait where !wasIdle: throw HTTPRefusal(408, "the request took too long")
            case .wait, .end, .failed: return nil
            }
        }
    }

    /// The answer; nothing more is worked on for a client that has gone meanwhile.
    private func response(to request: HTTPRequest) async -> HTTPResponse {
        let answer = answer
        return await untilClientLeaves { await answer(request) }
    }

    /// Performs work, and cancels it when the client closes the connection.
    private func untilClientLeaves<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        let listening = Task { if await hearsEnd() { task.cancel() } }
        let value = await task.value
        listening.cancel()
        await listening.value
        return value
    }

    /// Takes in what comes meanwhile, within bounds.
    ///
    /// - Returns: whether the client has closed the connection; false when the task is cancelled, or when the client sends
    ///   so much that it is not listened to any longer.
    private func hearsEnd() async -> Bool {
        while reader.pending < Self.ahead, !Task.isCancelled {
            switch await read(until: .distant) {
            case .moved: continue
            case .wait: return false
            case .end, .failed: return true
            }
        }
        return false
    }

    // MARK: Answers

    private func send(_ response: HTTPResponse, isLast: Bool, headOnly: Bool) async throws -> Bool {
        switch response.body {
        case .bytes(let bytes):
            try await write(response.head(isLast: isLast) + (headOnly ? [] : bytes))
            if isLast { stream.endWriting() }
            return !isLast
        case .stream(let body):
            try await write(response.head(isLast: true))
            guard !headOnly else { return false }
            let writer = HTTPWriter { bytes throws(ClientGone) in try await self.write(bytes) }
            await untilClientLeaves { try? await body(writer) }
            stream.endWriting()
            return false
        }
    }

    /// Closing a socket that has unread bytes would reset the connection, and the client would never read the answer.
    private func linger() async {
        stream.endWriting()
        let deadline = Deadline.after(.seconds(1))
        var taken = 0
        while taken < 1 << 20, case .moved(let count) = await read(until: deadline, keep: false) { taken += count }
    }

    // MARK: Bytes

    /// - Returns: `wait` when the deadline has passed, the task was cancelled, or the connection is to end.
    private func read(until deadline: Deadline, keep: Bool = true) async -> SocketStep {
        while true {
            let step = stream.read(into: loop.scratch)
            guard case .wait(let interest) = step else {
                if case .moved(let count) = step, keep { reader.append(loop.scratch[..<count]) }
                return step
            }
            if isLeaving { return step }
            guard await watch.wait(for: interest, until: deadline, isolation: self) == .ready else { return step }
        }
    }

    private func write(_ bytes: [UInt8]) async throws(ClientGone) {
        var sent = 0
        while sent < bytes.count {
            let end = min(bytes.count, sent + Self.portion)
            var count = 0
            let deadline = Deadline.after(settings.deadlines.reading)
            guard
                await move(
                    until: deadline,
                    { stream in
                        let step = bytes[sent..<end].withUnsafeBytes { stream.write($0) }
                        if case .moved(let moved) = step { count = moved }
                        return step
                    })
            else { throw ClientGone() }
            sent += count
            if sent < bytes.count { await Task.yield() }
        }
    }

    /// Tries until something has moved.
    private func move(until deadline: Deadline, _ attempt: (any SocketStream) -> SocketStep) async -> Bool {
        while true {
            switch attempt(stream) {
            case .moved: return true
            case .end, .failed: return false
            case .wait(let interest):
                guard await watch.wait(for: interest, until: deadline, isolation: self) == .ready else { return false }
            }
        }
    }
}
