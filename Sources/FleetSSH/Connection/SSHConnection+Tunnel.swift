import CSSH2
import FleetBase
import Glibc

extension SSHConnection {
    /// A socket whose other end is `address` as the host of this connection sees it: a direct-tcpip channel (RFC 4254,
    /// 7.2) behind a pair of local sockets. It lives until one of its ends closes.
    ///
    /// - Throws: unreachable, lost; time-out and cancelled leave the connection to the tunnels that it carries: until the
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
                .timeOut, Message("the jump host \(jump) could not reach \(address) port \(port) in time"),
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
        let answer = try await perform(.opening, until: .distant) {
            addressOrError(
                libssh2_channel_direct_tcpip_ex(session.pointer, address, CInt(port.number), "127.0.0.1", 0))
        }
        guard answer > 0, let channel = OpaquePointer(bitPattern: answer) else {
            guard answer == Int(LIBSSH2_ERROR_CHANNEL_FAILURE) else { throw fail(lost) }
            let (jump, reason) = (endpoint.address, session.lastError)
            throw Failure(
                .unreachable, Message("the jump host \(jump) can't reach \(address) port \(port): \(reason)"),
                hint: Message("is it reachable from there, and does its sshd allow AllowTcpForwarding?"))
        }
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            let reason = String(cString: strerror(errno))
            throw Failure(.unreachable, Message("no sockets left: \(reason)"))
        }
        let near = ends[1]
        tunnels += 1
        Task {
            await carry(channel, near)
            tunnels -= 1
        }
        return ends[0]
    }

    /// Carries both directions. The end of either ends the other: here by closing the channel, there by closing the
    /// socket; the connection itself goes on, since others may go through it.
    private func carry(_ channel: OpaquePointer, _ socket: CInt) async {
        let watch = SocketWatch(socket, on: loop)
        let out = Task { try? await carryOut(channel, watch) }
        let back = Task { try? await carryIn(channel, watch) }
        _ = await out.value
        _ = try? await perform(until: .distant) { Int(libssh2_channel_close(channel)) }
        _ = await back.value
        _ = try? await perform(until: .distant) { Int(libssh2_channel_free(channel)) }
        watch.remove()
        Glibc.close(socket)
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
            guard count > 0 else { return }
            var sent = 0
            while sent < count {
                let code = try await perform(until: .distant) {
                    buffer.withUnsafeBytes { bytes in
                        libssh2_channel_write_ex(
                            channel, 0, bytes.baseAddress?.advanced(by: sent).assumingMemoryBound(to: CChar.self),
                            count - sent)
                    }
                }
                guard code >= 0 else { return }
                if code == 0 { try await wait(for: .read, until: .distant) }
                sent += code
            }
        }
    }

    private func carryIn(_ channel: OpaquePointer, _ watch: SocketWatch) async throws(Failure) {
        defer { shutdown(watch.fd, CInt(SHUT_RDWR)) }
        var buffer = [UInt8](repeating: 0, count: Self.tunnelBuffer)
        while true {
            let count = try await perform(until: .distant) {
                buffer.withUnsafeMutableBytes { bytes in
                    libssh2_channel_read_ex(
                        channel, 0, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
                }
            }
            guard count > 0 else { return }
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
