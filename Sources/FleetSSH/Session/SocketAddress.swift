import FleetBase
import Glibc

/// An address that a socket can connect to.
struct SocketAddress: Sendable {
    private let storage: sockaddr_storage
    private let length: socklen_t
    let family: CInt

    private init(_ info: addrinfo) {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.copyBytes(from: UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen)))
        }
        self.storage = storage
        length = info.ai_addrlen
        family = info.ai_family
    }

    /// The number, such as `192.0.2.7` or `2001:db8::7`.
    var number: String {
        var copy = storage
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = withUnsafeBytes(of: &copy) { bytes in
            getnameinfo(
                bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, length, &text, socklen_t(text.count), nil, 0,
                NI_NUMERICHOST)
        }
        return code == 0 ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
    }

    /// connect(2), which on a non-blocking socket goes on in the background.
    func connect(_ socket: CInt) -> CInt {
        var copy = storage
        return withUnsafeBytes(of: &copy) { bytes in
            Glibc.connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
        }
    }

    /// Numbers are read at once; a name is looked up, which blocks, on a thread of its own: getaddrinfo(3) knows no
    /// deadline, so it is left behind when the time is over.
    static func resolve(
        _ name: String, port: Port, until deadline: Deadline
    ) async throws(Failure) -> [SocketAddress] {
        if let numeric = try? lookUp(name, port: port, flags: AI_NUMERICHOST) { return numeric }
        let result = await deadline.limiting {
            await ThreadExecutor.lookups.run {
                Result { () throws(LookupError) in try lookUp(name, port: port, flags: AI_ADDRCONFIG) }
            }
        }
        switch result {
        case .success(let addresses): return addresses
        case .failure(let error):
            let reason = error.reason
            throw Failure(
                .unreachable, Message("the name \(name) does not resolve: \(reason)"),
                hint: Message("is the address in the inventory right? Is this machine online?"))
        case nil where Task.isCancelled: throw Failure(.cancelled, Message("cancelled"))
        case nil:
            throw Failure(
                .unreachable, Message("the look-up of the name \(name) got no answer in time"),
                hint: Message("is the address in the inventory right? Is this machine online?"))
        }
    }

    private struct LookupError: Error { let reason: String }

    private static func lookUp(_ name: String, port: Port, flags: CInt) throws(LookupError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_flags = flags | AI_NUMERICSERV
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, port.description, &hints, &list)
        guard code == 0 else { throw LookupError(reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap {
            $0.map { SocketAddress($0.pointee) }
        }
    }
}
