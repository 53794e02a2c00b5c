import FleetBase
import Glibc
import Synchronization

/// Serves HTTP/1.1 on listening sockets, plain or over TLS.
package final class HTTPServer: Sendable {
    /// Answers one request. Its task is cancelled when the client closes the connection.
    package typealias Answer = @Sendable (HTTPRequest) async -> HTTPResponse

    package struct Settings: Sendable {
        package var limits = HTTPHead.Limits()
        package var deadlines = HTTPDeadlines()
        package var tls: TLSContext?
        /// How many connections there are at once; who comes later is told so, and cut.
        package var connections = 1024
        /// How what is no request is answered; its status and reason as text when nil.
        package var refusal: (@Sendable (HTTPRefusal) -> HTTPResponse)?
        /// How many of them come from one address.
        package var connectionsOfAddress = 512

        package init() {}
    }

    private struct State {
        var connections: [Int: HTTPConnection] = [:]
        var byPeer: [String: Int] = [:]
        var last = 0
        var isEnding = false
        var ended: [CheckedContinuation<Void, Never>] = []
    }

    private let settings: Settings
    private let answer: Answer
    private let state = Mutex(State())

    package init(_ settings: Settings = Settings(), _ answer: @escaping Answer) {
        (self.settings, self.answer) = (settings, answer)
    }

    /// How many connections there are.
    package var connections: Int { state.withLock { $0.connections.count } }

    /// Accepts connections until the task is cancelled.
    package func serve(_ socket: ListeningSocket) async {
        await HTTPListener(socket, on: .next()).accept { self.take($0, from: $1) }
    }

    /// Takes no further request, and waits until those that are being answered have their answers.
    ///
    /// - Returns: whether all had them within that time.
    package func end(within time: Duration) async -> Bool {
        let open = state.withLock { state in
            state.isEnding = true
            return Array(state.connections.values)
        }
        for connection in open { await connection.end() }
        return await Deadline.after(time).limiting { await self.hasEnded() } != nil
    }

    private func hasEnded() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.connections.isEmpty { state.ended.append(continuation) }
                return state.connections.isEmpty
            }
            if isOver { continuation.resume() }
        }
    }

    private func take(_ socket: CInt, from peer: String) {
        let isFull = state.withLock { state in
            state.isEnding || state.connections.count >= settings.connections
                || peer != ListeningSocket.unixPeer && state.byPeer[peer, default: 0] >= settings.connectionsOfAddress
        }
        let connection = isFull ? nil : HTTPConnection(socket, from: peer, on: .next(), settings, answer)
        guard let connection else { return refuse(socket) }
        let id = state.withLock { state in
            state.last += 1
            state.connections[state.last] = connection
            state.byPeer[peer, default: 0] += 1
            return state.last
        }
        Task {
            await connection.serve()
            forget(id, peer)
        }
    }

    /// One try; over TLS there is nothing to say it with.
    private func refuse(_ socket: CInt) {
        if settings.tls == nil {
            let bytes = HTTPResponse.text(503, "there are too many connections").head(isLast: true)
            _ = send(socket, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        }
        close(socket)
    }

    private func forget(_ id: Int, _ peer: String) {
        let waiting = state.withLock { state in
            state.connections[id] = nil
            let left = state.byPeer[peer, default: 1] - 1
            state.byPeer[peer] = left > 0 ? left : nil
            guard state.connections.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.ended = [] }
            return state.ended
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Accepts connections on a loop's thread.
private actor HTTPListener {
    private let loop: EventLoop
    private let socket: ListeningSocket
    private lazy var watch = SocketWatch(socket.descriptor, on: loop)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ socket: ListeningSocket, on loop: EventLoop) { (self.socket, self.loop) = (socket, loop) }

    func accept(_ take: (CInt, String) -> Void) async {
        defer { watch.remove() }
        while !Task.isCancelled {
            switch socket.accept() {
            case .connection(let descriptor, let peer): take(descriptor, peer)
            case .nobody: _ = await watch.wait(for: .read, until: .distant, isolation: self)
            // Without descriptors the next one waits in the system's queue until one is free.
            case .full: try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
