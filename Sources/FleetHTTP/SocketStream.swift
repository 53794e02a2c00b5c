import FleetBase
import Glibc

/// What became of one try to move bytes.
enum SocketStep: Sendable, Equatable {
    case moved(Int)
    /// Not now: the socket has to be ready for this first.
    case wait(Interest)
    /// The other side sends no more.
    case end
    case failed
}

/// The bytes of a connection, plain or over TLS; each call is one try, and none blocks.
protocol SocketStream: AnyObject {
    /// Does what has to be done before the first byte; nothing for a plain socket.
    func begin() -> SocketStep
    func read(into buffer: UnsafeMutableRawBufferPointer) -> SocketStep
    func write(_ bytes: UnsafeRawBufferPointer) -> SocketStep
    /// Says that nothing more is sent.
    func endWriting()
}

final class PlainStream: SocketStream {
    private let socket: CInt

    init(_ socket: CInt) { self.socket = socket }

    func begin() -> SocketStep { .moved(0) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> SocketStep {
        step(recv(socket, buffer.baseAddress, buffer.count, 0), or: .read)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> SocketStep {
        step(send(socket, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL)), or: .write)
    }

    func endWriting() { shutdown(socket, CInt(SHUT_WR)) }

    private func step(_ count: Int, or interest: Interest) -> SocketStep {
        switch count {
        case 1...: .moved(count)
        case 0: .end
        default: errno == EAGAIN || errno == EINTR ? .wait(interest) : .failed
        }
    }
}
