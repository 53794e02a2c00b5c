package import FleetBase
import Foundation

/// A listener whose queue of connections is full: a further connect(2) stays under way.
package final class FullListener: Sendable {
    package let address: String
    package let port: FleetBase.Port
    private let listener: CInt
    private let fillers: [CInt]

    package init() throws {
        address = "127.\(Int.random(in: 2...250)).\(Int.random(in: 0...250)).\(Int.random(in: 2...250))"
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let listener = socket(AF_INET, kind, 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr(address)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var fillers: [CInt] = []
        withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bytes in
                _ = bind(listener, bytes, length)
                _ = listen(listener, 0)
                getsockname(listener, bytes, &length)
                // A queue of length 0 takes one connection; a few more make sure of it.
                fillers = (0..<4).map { _ in
                    let filler = socket(AF_INET, kind, 0)
                    _ = connect(filler, bytes, length)
                    return filler
                }
            }
        }
        (self.listener, self.fillers) = (listener, fillers)
        port = try FleetBase.Port("\(UInt16(bigEndian: name.sin_port))")
    }

    deinit { for fd in fillers + [listener] { close(fd) } }

    /// Whether a socket that is not one of the fillers is in SYN_SENT to this listener (/proc/net/tcp, state 02).
    package var isBeingTried: Bool {
        let number = String(port.number, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: 4 - number.count) + number
        let trying = Self.table.split(separator: "\n").filter { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[2].hasSuffix(suffix) && fields[3] == "02"
        }
        return trying.count > fillers.count - 1
    }

    /// The TCP sockets of this machine.
    package static var table: String {
        ProcFile.contents("/proc/net/tcp") ?? ""
    }
}
