import FleetBase
import Glibc

/// Connects sockets on a loop's thread: libssh2 knows nothing of time, so the connection is made for it.
actor SocketConnector {
    private let loop: EventLoop

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: EventLoop) { self.loop = loop }

    /// Tries the addresses of a name in order.
    ///
    /// - Returns: a connected, non-blocking socket.
    /// - Throws: unreachable, refused or cancelled.
    func connect(to endpoint: SSHEndpoint, until deadline: Deadline) async throws(Failure) -> CInt {
        let addresses = try await SocketAddress.resolve(endpoint.address, port: endpoint.port, until: deadline)
        var lastError = ETIMEDOUT
        for (index, address) in addresses.enumerated() {
            // What is left is shared out, so that a dead first address leaves time for the second.
            let share = deadline.remaining / (addresses.count - index)
            switch try await connect(address, until: min(deadline, .after(share))) {
            case .success(let socket): return socket
            case .failure(let error): lastError = error.code
            }
        }
        throw failure(lastError, endpoint)
    }

    private struct SocketError: Error { let code: CInt }

    private func connect(
        _ address: SocketAddress, until deadline: Deadline
    ) async throws(Failure) -> Result<CInt, SocketError> {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let socket = socket(address.family, kind, 0)
        guard socket >= 0 else { return .failure(SocketError(code: errno)) }
        tune(socket)
        do {
            let problem = try await finish(socket, address.connect(socket) == 0 ? 0 : errno, until: deadline)
            guard problem != 0 else { return .success(socket) }
            close(socket)
            return .failure(SocketError(code: problem))
        } catch {
            close(socket)
            throw error
        }
    }

    /// Waits for a connection under way.
    ///
    /// - Returns: 0 or the errno of the connection.
    private func finish(_ socket: CInt, _ code: CInt, until deadline: Deadline) async throws(Failure) -> CInt {
        guard code == EINPROGRESS else { return code }
        let watch = SocketWatch(socket, on: loop)
        defer { watch.remove() }
        switch await watch.wait(for: .write, until: deadline, isolation: self) {
        // This program itself may have slept while the connection was made.
        case .timedOut where !isConnected(socket): return ETIMEDOUT
        case .cancelled: throw Failure(.cancelled, Message("cancelled"))
        case .ready, .timedOut:
            var problem: CInt = 0
            var length = socklen_t(MemoryLayout<CInt>.size)
            getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &length)
            return problem
        }
    }

    private func isConnected(_ socket: CInt) -> Bool {
        var question = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        return poll(&question, 1, 0) == 1
    }

    /// Small packets go at once, and a peer that is gone is noticed within about a minute.
    private func tune(_ socket: CInt) {
        let options: [(level: CInt, name: CInt, value: CInt)] = [
            (CInt(IPPROTO_TCP), TCP_NODELAY, 1), (SOL_SOCKET, SO_KEEPALIVE, 1), (CInt(IPPROTO_TCP), TCP_KEEPIDLE, 20),
            (CInt(IPPROTO_TCP), TCP_KEEPINTVL, 10), (CInt(IPPROTO_TCP), TCP_KEEPCNT, 3),
            (CInt(IPPROTO_TCP), TCP_USER_TIMEOUT, 60_000),
        ]
        for option in options {
            var value = option.value
            setsockopt(socket, option.level, option.name, &value, socklen_t(MemoryLayout<CInt>.size))
        }
    }

    private func failure(_ code: CInt, _ endpoint: SSHEndpoint) -> Failure {
        let (address, port) = (endpoint.address, endpoint.port)
        let reason = Message(systemError: code)
        switch code {
        case ECONNREFUSED:
            return Failure(
                .refused, Message("\(address) port \(port) refused the connection: nothing listens there"),
                hint: Message("is sshd running on it, and is the port right?"))
        case ETIMEDOUT:
            return Failure(
                .unreachable, Message("no answer from \(address) port \(port)"),
                hint: Message("is it on and on this network? A firewall, a wrong address or a VPN may be in the way"))
        default:
            return Failure(
                .unreachable, Message("can't reach \(address) port \(port): \(reason)"),
                hint: Message("is it on and on this network? A firewall, a wrong address or a VPN may be in the way"))
        }
    }
}
