package import FleetBase
import Foundation
import Synchronization

/// Passes connections on to a server, and resets the first ones after so many bytes of the server's.
package final class CuttingProxy: Sendable {
    package let address: String
    package let port: FleetBase.Port
    private let socket: CInt
    private let left: Mutex<Int>

    /// - Parameters:
    ///   - connections: how many are cut.
    ///   - bytes: of the server's, which still come through.
    package init(to server: SSHServer, cutting connections: Int, after bytes: Int) throws {
        let (address, port, socket) = try OddListener.listen()
        (self.address, self.port, self.socket) = (address, port, socket)
        left = Mutex(connections)
        let (target, targetPort) = (server.address, server.port.number)
        Thread { [weak self] in
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0, let self else { return }
                let isCut = self.left.withLock { left in
                    left -= 1
                    return left >= 0
                }
                Self.carry(client, Self.connect(target, targetPort), limit: isCut ? bytes : .max)
            }
        }.start()
    }

    deinit {
        shutdown(socket, CInt(SHUT_RDWR))
        close(socket)
    }

    private static func connect(_ address: String, _ port: UInt16) -> CInt {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr(address)
        name.sin_port = port.bigEndian
        _ = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return socket
    }

    /// Both directions on one thread: a socket is reset by its last holder alone.
    private static func carry(_ client: CInt, _ server: CInt, limit: Int) {
        Thread {
            var (buffer, left) = ([UInt8](repeating: 0, count: 65536), limit)
            var polled = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            carrying: while left > 0, poll(&polled, 2, -1) > 0 {
                for (index, other) in [server, client].enumerated() where polled[index].revents != 0 {
                    let most = index == 1 ? min(buffer.count, left) : buffer.count
                    let count = recv(polled[index].fd, &buffer, most, 0)
                    guard count > 0, send(other, buffer, count, CInt(MSG_NOSIGNAL)) == count else { break carrying }
                    if index == 1 { left -= count }
                }
            }
            if left == 0 {
                // A reset instead of an orderly end: SO_LINGER with no time.
                var now = linger(l_onoff: 1, l_linger: 0)
                setsockopt(client, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            }
            close(client)
            close(server)
        }.start()
    }
}
