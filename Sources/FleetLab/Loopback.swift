import Glibc

/// Ports on this machine's own addresses.
package enum Loopback {
    package static func isFree(_ address: String, port: Int) -> Bool {
        let socket = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return bind(socket, to: address, port: port)
    }

    /// bind(2) to an address of IPv4.
    static func bind(_ socket: CInt, to address: String, port: Int) -> Bool {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = UInt16(port).bigEndian
        name.sin_addr.s_addr = inet_addr(address)
        return withUnsafeBytes(of: &name) { bytes in
            Glibc.bind(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count)) == 0
        }
    }
}
