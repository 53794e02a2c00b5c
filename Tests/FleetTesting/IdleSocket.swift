import FleetBase
import Foundation

/// A connection to a server that says nothing.
package final class IdleSocket: Sendable {
    private let socket: CInt

    package init(to server: SSHServer) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = server.port.number.bigEndian
        name.sin_addr.s_addr = inet_addr(server.address)
        let code = withUnsafeBytes(of: &name) { bytes in
            connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard code == 0 else { throw Program.Failed(description: "no connection to \(server.address)") }
    }

    deinit { close(socket) }

    package func end() { shutdown(socket, CInt(SHUT_RDWR)) }
}
