import Glibc

/// The client at the other end of a connection.
struct HTTPPeer: Sendable, Hashable {
    /// For people to read, never to decide by: an IP address, `unix` on a socket in the file system, `?` when unknown.
    let name: String
    /// Whether the connection came over a socket in the file system, which its owner alone can open.
    let isLocal: Bool
    /// The bytes of the address whose connections are counted together; none when the address is unknown.
    let network: [UInt8]

    static let local = HTTPPeer(name: "unix", isLocal: true, network: [])
    static let unknown = HTTPPeer(name: "?", isLocal: false, network: [])

    private init(name: String, isLocal: Bool, network: [UInt8]) {
        (self.name, self.isLocal, self.network) = (name, isLocal, network)
    }

    /// A client over TCP.
    init(_ address: UnsafePointer<sockaddr>, _ size: socklen_t) {
        let name = ListeningSocket.name(address, size)?.address ?? Self.unknown.name
        self.init(name: name, isLocal: false, network: Self.network(address, size))
    }

    private static func network(_ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> [UInt8] {
        let raw = UnsafeRawPointer(address)
        switch (CInt(address.pointee.sa_family), Int(size)) {
        case (AF_INET, MemoryLayout<sockaddr_in>.size...):
            return withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
            let bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
            // One customer has a /64 and may use each address in it. A socket for both families has the clients of
            // IPv4 in ::ffff:0:0/96 (RFC 4291, section 2.5.5.2), all of them in one /64.
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
            return Array(isMapped ? bytes[12...] : bytes[..<8])
        default: return []
        }
    }
}
