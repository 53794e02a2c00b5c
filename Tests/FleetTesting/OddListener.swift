package import FleetBase
import Foundation
import Synchronization

/// A listener on a loopback address that behaves as a host gone wrong does.
package final class OddListener: Sendable {
    package enum Behaviour: Sendable {
        /// Accepts and says nothing.
        case silent
        /// Closes at once.
        case closes
        /// Names itself as an SSH server, then closes in the middle of the key exchange.
        case closesInHandshake
        /// Names itself as an SSH server and then says nothing.
        case stallsInHandshake
        /// Answers whatever comes as a web server does.
        case http
        /// Says one thing, then another without end.
        case floods(first: [UInt8], then: [UInt8])
        /// Names itself as an SSH server and sends back whatever it gets.
        case echoes
    }

    package let address: String
    package let port: FleetBase.Port
    private let socket: CInt
    private let accepted = Mutex<[CInt]>([])

    package init(_ behaviour: Behaviour) throws {
        let (address, port, socket) = try Self.listen()
        (self.address, self.port, self.socket) = (address, port, socket)
        Thread { [weak self] in
            while true {
                let peer = accept(socket, nil, nil)
                guard peer >= 0, let self else { return }
                self.serve(peer, behaviour)
            }
        }.start()
    }

    deinit {
        // Wakes the thread in accept(2).
        shutdown(socket, CInt(SHUT_RDWR))
        close(socket)
        for peer in accepted.withLock({ $0 }) { close(peer) }
    }

    package var count: Int { accepted.withLock(\.count) }

    private func serve(_ peer: CInt, _ behaviour: Behaviour) {
        accepted.withLock { $0.append(peer) }
        switch behaviour {
        case .silent: break
        case .closes: shutdown(peer, CInt(SHUT_RDWR))
        case .stallsInHandshake: say("SSH-2.0-OpenSSH_9.2\r\n", peer)
        case .closesInHandshake:
            say("SSH-2.0-OpenSSH_9.2\r\n", peer)
            drainOnce(peer)
            shutdown(peer, CInt(SHUT_RDWR))
        case .http:
            drainOnce(peer)
            say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", peer)
            shutdown(peer, CInt(SHUT_RDWR))
        case .floods(let first, let unit):
            let many = (0..<max(1, 65536 / max(1, unit.count))).flatMap { _ in unit }
            Thread {
                send(peer, first, first.count, CInt(MSG_NOSIGNAL))
                while !many.isEmpty, send(peer, many, many.count, CInt(MSG_NOSIGNAL)) > 0 {}
            }.start()
        case .echoes:
            Thread {
                let name = Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)
                send(peer, name, name.count, CInt(MSG_NOSIGNAL))
                var buffer = [UInt8](repeating: 0, count: 65536)
                while true {
                    let count = recv(peer, &buffer, buffer.count, 0)
                    guard count > 0, send(peer, buffer, count, CInt(MSG_NOSIGNAL)) > 0 else { return }
                }
            }.start()
        }
    }

    private func say(_ text: String, _ peer: CInt) { send(peer, text, text.utf8.count, CInt(MSG_NOSIGNAL)) }

    private func drainOnce(_ peer: CInt) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = recv(peer, &buffer, buffer.count, 0)
    }

    static func listen() throws -> (String, FleetBase.Port, CInt) {
        let address = "127.\(Int.random(in: 2...250)).\(Int.random(in: 0...250)).\(Int.random(in: 2...250))"
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr(address)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bytes in
                bind(socket, bytes, length) == 0 && Glibc.listen(socket, 64) == 0
                    && getsockname(socket, bytes, &length) == 0
            }
        }
        guard code else { throw Program.Failed(description: "no listener on \(address)") }
        return (address, try FleetBase.Port("\(UInt16(bigEndian: name.sin_port))"), socket)
    }
}
