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
        /// How many connections over TCP there are at once. Who comes later takes the place of the oldest one that waits
        /// for a request, and is told that there are too many when all are being answered. Those over a socket in the
        /// file system don't count: its owner gets in when the network has taken all.
        package var connections = 1024
        /// How what is no request is answered; its status and reason as text when nil.
        package var refusal: (@Sendable (HTTPRefusal) -> HTTPResponse)?
        /// How many of them come from one address of IPv4, or one /64 of IPv6.
        package var connectionsOfAddress = 512
        /// Why a request is refused that has this head, if it is: asked once for each, before its body has come.
        package var admits: (@Sendable (HTTPHead, _ isLocal: Bool) -> HTTPRefusal?)?

        package init() {}
    }

    private struct Member {
        let connection: HTTPConnection
        let peer: HTTPPeer
        /// Whether it takes a place; one that has given way takes none, though it is not closed yet.
        var isCounted = true
    }

    private struct State {
        var connections: [Int: Member] = [:]
        /// How many of them come over TCP, and how many of these from each network.
        var remote = 0
        var byNetwork: [[UInt8]: Int] = [:]
        var last = 0
        var isEnding = false
        var ended: [CheckedContinuation<Void, Never>] = []

        func hasRoom(for peer: HTTPPeer, _ settings: Settings) -> Bool {
            guard !isEnding else { return false }
            return peer.isLocal
                || remote < settings.connections && byNetwork[peer.network, default: 0] < settings.connectionsOfAddress
        }

        /// Has the oldest connection give way that nobody is answering, if there is no place: one of the same network if
        /// that has too many.
        mutating func makeRoom(for peer: HTTPPeer, _ settings: Settings) -> Bool {
            let isOwn = byNetwork[peer.network, default: 0] >= settings.connectionsOfAddress
            while !isEnding, !hasRoom(for: peer, settings) {
                let waiting = connections.filter { _, member in
                    member.isCounted && !member.peer.isLocal && member.connection.isWaiting
                        && (!isOwn || member.peer.network == peer.network)
                }
                guard let oldest = waiting.min(by: { $0.key < $1.key }) else { return false }
                // Its request may have come this moment.
                if oldest.value.connection.giveWay() { uncount(oldest.key) }
            }
            return !isEnding
        }

        mutating func uncount(_ id: Int) {
            guard let member = connections[id], member.isCounted else { return }
            connections[id]?.isCounted = false
            count(member.peer, -1)
        }

        mutating func count(_ peer: HTTPPeer, _ change: Int) {
            guard !peer.isLocal else { return }
            remote += change
            let left = byNetwork[peer.network, default: 0] + change
            byNetwork[peer.network] = left > 0 ? left : nil
        }
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

    /// Takes no further request, and waits until those that are being answered have their answers. A cancelled task waits
    /// as long as any other: it is how a server hears that it is to end.
    ///
    /// - Returns: whether all had them within that time.
    package func end(within time: Duration) async -> Bool {
        let open = state.withLock { state in
            state.isEnding = true
            return Array(state.connections.values)
        }
        for member in open { await member.connection.end() }
        let deadline = Deadline.after(time)
        return await Task { await deadline.limiting { await self.hasEnded() } != nil }.value
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

    private func take(_ socket: CInt, from peer: HTTPPeer) {
        guard state.withLock({ $0.makeRoom(for: peer, settings) }),
            let connection = HTTPConnection(socket, from: peer, on: .next(), settings, answer),
            let id = register(connection, of: peer)
        else { return refuse(socket) }
        Task {
            await connection.serve()
            forget(id)
        }
    }

    /// - Returns: nil when it came too late: `end` may have copied its list meanwhile, and another listener may have taken
    ///   the last place.
    private func register(_ connection: HTTPConnection, of peer: HTTPPeer) -> Int? {
        state.withLock { state in
            guard state.hasRoom(for: peer, settings) else { return nil }
            state.last += 1
            state.connections[state.last] = Member(connection: connection, peer: peer)
            state.count(peer, 1)
            return state.last
        }
    }

    /// One try; over TLS there is nothing to say it with.
    private func refuse(_ socket: CInt) {
        if settings.tls == nil {
            let text = "there are too many connections"
            let bytes = HTTPResponse.text(503, text).head(isLast: true) + Array((text + "\n").utf8)
            _ = send(socket, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        }
        close(socket)
    }

    private func forget(_ id: Int) {
        let waiting = state.withLock { state in
            state.uncount(id)
            state.connections[id] = nil
            guard state.connections.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.ended = [] }
            return state.ended
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Accepts connections on a loop's thread.
actor HTTPListener {
    private let loop: EventLoop
    private let socket: ListeningSocket
    private lazy var watch = SocketWatch(socket.descriptor, on: loop)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ socket: ListeningSocket, on loop: EventLoop) { (self.socket, self.loop) = (socket, loop) }

    /// So many are accepted before the loop's other work has its turn: a flood must not keep that from it.
    static let portion = 16

    func accept(_ take: (CInt, HTTPPeer) -> Void) async {
        defer { watch.remove() }
        var taken = 0
        while !Task.isCancelled {
            switch socket.accept() {
            case .connection(let descriptor, let peer):
                take(descriptor, peer)
                taken += 1
                if taken.isMultiple(of: Self.portion) { await Task.yield() }
            case .nobody: _ = await watch.wait(for: .read, until: .distant, isolation: self)
            // Without descriptors the next one waits in the system's queue until one is free.
            case .full: try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
