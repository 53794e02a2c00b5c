import Foundation
import Glibc

/// A client of TCP that sends what it is told, and reads what comes.
package final class RawClient: @unchecked Sendable {
    // @unchecked holds because a descriptor is a number, and each test reads on one thread at a time.
    private let socket: CInt

    package init(_ port: UInt16) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let code = withUnsafeBytes(of: &address) { raw in
            connect(
                socket, raw.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard code == 0 else { throw Program.Failed(description: "can't connect to port \(port)") }
    }

    @discardableResult package func send(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Reads until a test has what it wants.
    package func read(_ isEnough: @escaping @Sendable (String) -> Bool) async -> String {
        await Self.offPool { self.collect(until: isEnough) }
    }

    package func read(until end: String) async -> String { await Self.offPool { self.collect { $0.hasSuffix(end) } } }

    package func readAll() async -> String { await Self.offPool { self.collect { _ in false } } }

    /// Threads of the pool are the server's, too: who blocks one keeps it from answering.
    package static func offPool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: body()) }.start()
        }
    }

    private func collect(until isEnough: (String) -> Bool) -> String {
        var (text, buffer) = ("", [UInt8](repeating: 0, count: 65536))
        while !isEnough(text) {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return text
    }

    package func close() { Glibc.close(socket) }
}
