import CSSH2
import FleetBase
import Glibc

extension SSHConnection {
    /// A socket whose other end is `address` as the host of this connection sees it: a direct-tcpip channel (RFC 4254,
    /// 7.2) behind a pair of local sockets. It lives until one of its ends closes.
    ///
    /// - Throws: unreachable, lost; no-answer and cancelled leave the connection to the tunnels that it carries: until the
    ///   opening has ended it can open no further one.
    func tunnel(to address: String, port: Port, until deadline: Deadline) async throws(Failure) -> CInt {
        let turn = Turn<Result<CInt, Failure>>(until: deadline)
        Task {
            let result = await opened(address, port)
            if !turn.give(result), case .success(let socket) = result { Glibc.close(socket) }
        }
        switch await turn.outcome() {
        case .given(let result): return try result.get()
        case .cancelled:
            if tunnels == 0 { close() }
            throw Failure(.cancelled, Message("cancelled"))
        case .timedOut:
            if tunnels == 0 { close() }
            let jump = endpoint.address
            throw Failure(
                .noAnswer, Message("the jump host \(jump) could not reach \(address) port \(port) in time"),
                hint: Message("is it reachable from there, and does its sshd allow AllowTcpForwarding?"))
        }
    }

    private func opened(_ address: String, _ port: Port) async -> Result<CInt, Failure> {
        do throws(Failure) {
            return .success(try await openTunnel(address, port))
        } catch {
            return .failure(error)
        }
    }

    private func openTunnel(_ address: String, _ port: Port) async throws(Failure) -> CInt {
        // Before the channel, which would have to be closed again without them.
        let (far, near) = try socketPair()
        let channel: OpaquePointer
        do throws(Failure) {
            channel = try await openChannel(to: address, port)
        } catch {
            for end in [far, near] { Glibc.close(end) }
            throw error
        }
        tunnels += 1
        session.traffic.pointee.channels += 1
        Task {
            await carry(channel, near)
            tunnels -= 1
            session.traffic.pointee.channels -= 1
        }
        return far
    }

    private func socketPair() throws(Failure) -> (CInt, CInt) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            let reason = Message(systemError: errno)
            throw Failure(.unreachable, Message("no sockets left: \(reason)"))
        }
        return (ends[0], ends[1])
    }

    private func openChannel(to address: String, _ port: Port) async throws(Failure) -> OpaquePointer {
        let answer = try await perform(.opening, until: .distant) {
            addressOrError(
                libssh2_channel_direct_tcpip_ex(session.pointer, address, CInt(port.number), "127.0.0.1", 0))
        }
        guard answer > 0, let channel = OpaquePointer(bitPattern: answer) else {
            guard answer == Int(LIBSSH2_ERROR_CHANNEL_FAILURE) else { throw fail(lost) }
            let (jump, reason) = (endpoint.address, session.problem)
            throw Failure(
                .unreachable, Message("the jump host \(jump) can't reach \(address) port \(port): \(reason)"),
                hint: Message("is it reachable from there, and does its sshd allow AllowTcpForwarding?"))
        }
        return channel
    }

    /// Carries both directions. The end of either ends the other: here by closing the channel, there by closing the
    /// socket; the connection itself goes on, since others may go through it.
    private func carry(_ channel: OpaquePointer, _ socket: CInt) async {
        let watch = SocketWatch(socket, on: loop)
        let out = Task { try? await carryOut(channel, watch) }
        let back = Task { try? await carryIn(channel, watch) }
        _ = await out.value
        let isClosed = (try? await closeTunnel(channel)) == true
        _ = await back.value
        // libssh2 waits for the far end here too; what is left is freed with the session.
        if isClosed { _ = try? await perform(until: .distant) { Int(libssh2_channel_free(channel)) } }
        watch.remove()
        Glibc.close(socket)
    }

    /// How long the far end may take to close its side: sshd does so once the target has taken all that was sent to it,
    /// and one that hangs never has.
    static let farewell = Duration.seconds(5)

    private func closeTunnel(_ channel: OpaquePointer) async throws(Failure) -> Bool {
        guard try await !closeInTime(channel) else { return true }
        forsaken.insert(channel)
        wakeAll()
        return false
    }

    /// Closes this side of a channel and gives the far one some time. What is too late leaves the connection to the others
    /// that go through it.
    ///
    /// - Returns: whether the far end has closed, too.
    func closeInTime(_ channel: OpaquePointer) async throws(Failure) -> Bool {
        let closing = newOperation()
        var deadline = Deadline.after(Self.farewell)
        while true {
            var interest: Interest = []
            if try attempt(closing, &interest, { Int(libssh2_channel_close(channel)) }) != nil { return true }
            guard try await wakeup(for: interest, until: deadline) == .timedOut else { continue }
            guard halfSent == closing else { return false }
            // Nobody else may send before the rest of this packet is through.
            deadline = .after(Self.farewell)
        }
    }

    private static let tunnelBuffer = 64 << 10

    private func carryOut(_ channel: OpaquePointer, _ watch: SocketWatch) async throws(Failure) {
        var buffer = [UInt8](repeating: 0, count: Self.tunnelBuffer)
        while true {
            let count = read(watch.fd, &buffer, buffer.count)
            if count < 0, errno == EAGAIN {
                _ = await watch.wait(for: .read, until: .distant, isolation: self)
                continue
            }
            guard count > 0, try await write(buffer[..<count], to: channel, from: watch.fd) else { return }
        }
    }

    /// - Returns: false when the far end takes no more, or has taken nothing for some time and nobody is left at the near
    ///   one.
    private func write(
        _ bytes: ArraySlice<UInt8>, to channel: OpaquePointer, from socket: CInt
    ) async throws(Failure) -> Bool {
        let writing = newOperation()
        var deadline = Deadline.after(Self.farewell)
        var rest = bytes
        while !rest.isEmpty {
            // What opens the window comes in.
            var interest = Interest.read
            let code = try attempt(writing, &interest) {
                rest.withUnsafeBytes { bytes in
                    libssh2_channel_write_ex(
                        channel, 0, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
                }
            }
            guard code ?? 0 >= 0 else { return false }
            if let code, code > 0 {
                session.traffic.pointee.progressed()
                rest = rest.dropFirst(code)
                deadline = .after(Self.farewell)
            } else if try await wakeup(for: interest, until: deadline) == .timedOut {
                guard halfSent == writing || !isDeserted(socket) else { return false }
                deadline = .after(Self.farewell)
            }
        }
        return true
    }

    private func isDeserted(_ socket: CInt) -> Bool {
        var question = pollfd(fd: socket, events: 0, revents: 0)
        return poll(&question, 1, 0) == 1 && question.revents & Int16(POLLHUP) != 0
    }

    private func carryIn(_ channel: OpaquePointer, _ watch: SocketWatch) async throws(Failure) {
        defer { shutdown(watch.fd, CInt(SHUT_RDWR)) }
        var buffer = [UInt8](repeating: 0, count: Self.tunnelBuffer)
        while true {
            let count = try await perform(until: .distant) {
                guard !forsaken.contains(channel) else { return 0 }
                return buffer.withUnsafeMutableBytes { bytes in
                    libssh2_channel_read_ex(
                        channel, 0, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
                }
            }
            guard count > 0 else { return }
            session.traffic.pointee.progressed()
            var written = 0
            while written < count {
                let code = buffer.withUnsafeBytes {
                    send(watch.fd, $0.baseAddress?.advanced(by: written), count - written, CInt(MSG_NOSIGNAL))
                }
                if code < 0, errno == EAGAIN {
                    _ = await watch.wait(for: .write, until: .distant, isolation: self)
                    continue
                }
                guard code >= 0 else { return }
                written += code
            }
        }
    }
}
