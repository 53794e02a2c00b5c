import CLinux
package import FleetBase
import Glibc

/// A socket on which connections come in: an address and a port, or a path in the file system.
package final class ListeningSocket: Sendable {
    let descriptor: CInt
    /// The port that it listens on; nil on a path.
    package let port: Port?
    private let path: String?

    /// - Parameters:
    ///   - address: a numeric IPv4 or IPv6 address.
    ///   - port: nil for any that is free.
    /// - Throws: when the address is none of this machine, or somebody listens there already.
    package init(_ address: String, port: Port?) throws(ValueError) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, port?.description ?? "0", &hints, &list) == 0, let info = list?.pointee else {
            throw ValueError(Message("\"\(address)\" is no IP address"))
        }
        defer { freeaddrinfo(list) }
        // `deinit` would close it once more if it were the value's own before all is done.
        let descriptor = try Self.socket(info.ai_family)
        var yes: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, 1024) == 0 else {
            let (code, place) = (errno, "\(address) port \(port?.description ?? "0")")
            close(descriptor)
            throw ValueError(
                code == EADDRINUSE
                    ? Message("another program listens on \(place) already")
                    : Message("can't listen on \(place): \(Message(systemError: code))"))
        }
        (self.descriptor, self.port, path) = (descriptor, Self.boundPort(descriptor), nil)
    }

    /// - Parameter path: where the socket appears, for its owner alone; what a server that was killed left there is
    ///   replaced.
    /// - Throws: when somebody listens there, when something else lies there, or when it can't be made.
    package init(path: String) throws(ValueError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < room else {
            throw ValueError(Message("the path of a socket has at most \(room - 1) bytes: \(path)"))
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = try Self.socket(AF_UNIX)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafeBytes(of: &address) { raw -> CInt in
            guard let own = raw.assumingMemoryBound(to: sockaddr.self).baseAddress else { return EINVAL }
            Self.removeLeft(path, own, size)
            // Nobody can connect before listen(2).
            return bind(descriptor, own, size) == 0 && chmod(path, 0o600) == 0 && listen(descriptor, 1024) == 0
                ? 0 : errno
        }
        guard code == 0 else {
            close(descriptor)
            throw ValueError(Message("can't listen on \(path): \(Message(systemError: code))"))
        }
        (self.descriptor, self.path, port) = (descriptor, path, nil)
    }

    /// A socket that nobody listens on any more.
    private static func removeLeft(_ path: String, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK, let probe = try? socket(AF_UNIX) else {
            return
        }
        defer { close(probe) }
        if connect(probe, address, size) != 0, errno == ECONNREFUSED { unlink(path) }
    }

    private static func socket(_ family: CInt) throws(ValueError) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(family, kind, 0)
        guard descriptor >= 0 else {
            throw ValueError(Message("can't make a socket: \(Message(systemError: errno))"))
        }
        return descriptor
    }

    private static func boundPort(_ descriptor: CInt) -> Port? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let text = withUnsafeMutableBytes(of: &address) { raw in
            raw.assumingMemoryBound(to: sockaddr.self).baseAddress.flatMap { own in
                getsockname(descriptor, own, &size) == 0 ? Self.name(own, size) : nil
            }
        }
        return text.flatMap { try? Port($0.port) }
    }

    /// Numeric, as getnameinfo(3) has it.
    static func name(
        _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> (address: String, port: String)? {
        var (host, port) = ([CChar](repeating: 0, count: 64), [CChar](repeating: 0, count: 8))
        let flags = NI_NUMERICHOST | NI_NUMERICSERV
        let code = getnameinfo(
            address, size, &host, socklen_t(host.count), &port, socklen_t(port.count), flags)
        guard code == 0 else { return nil }
        return (Self.text(host), Self.text(port))
    }

    private static func text(_ bytes: [CChar]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    enum Accepted {
        case connection(CInt, from: HTTPPeer)
        case nobody
        /// No descriptor is free.
        case full
    }

    func accept() -> Accepted {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var peer = HTTPPeer.local
        let accepted = withUnsafeMutableBytes(of: &address) { raw -> CInt in
            guard let own = raw.assumingMemoryBound(to: sockaddr.self).baseAddress else { return -1 }
            let accepted = fleet_accept(descriptor, own, &size)
            if accepted >= 0, path == nil { peer = HTTPPeer(own, size) }
            return accepted
        }
        guard accepted < 0 else {
            var yes: CInt = 1
            setsockopt(accepted, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<CInt>.size))
            return .connection(accepted, from: peer)
        }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .full : .nobody
    }

    deinit {
        close(descriptor)
        if let path { unlink(path) }
    }
}
