import CSSH2
import FleetBase
import Glibc

/// Moves the bytes of one command: its input from memory or a file, its output to the receiver.
///
/// Lives on the loop's thread; each call of `write` and `read` is one try of libssh2.
struct ChannelPump: ~Copyable {
    /// Measured: buffers of 256 KiB to 1 MiB are best on an exec channel.
    private static let bufferSize = 256 << 10
    /// What others on the same loop wait for at most: about 1 MiB of encryption.
    static let writesPerTurn = 32
    static let readsPerTurn = 32
    /// After the receiver has seen the end, the streams get this long to close: a background process may hold them.
    private static let graceAfterEnd = Duration.milliseconds(500)

    private let channel: OpaquePointer
    private let scratch: UnsafeMutableRawBufferPointer
    private let output: CommandLine.Output
    private let file: CInt?
    private var chunk: [UInt8]
    private var position = 0
    private var inputEnded = false
    private(set) var hasFinishedWriting = false
    private(set) var bytesSent: Int64 = 0
    private(set) var grace: Deadline?

    /// - Parameter scratch: the loop's buffer for reading.
    init(
        _ command: CommandLine, channel: OpaquePointer, scratch: UnsafeMutableRawBufferPointer
    ) throws(Failure) {
        self.channel = channel
        self.scratch = scratch
        output = command.output
        switch command.input {
        case .none:
            (chunk, file, inputEnded) = ([], nil, true)
        case .bytes(let bytes):
            (chunk, file, inputEnded) = (bytes, nil, true)
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                let reason = String(cString: strerror(errno))
                throw Failure(.push, Message("can't read \(path): \(reason)"))
            }
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
            (chunk, file) = ([], descriptor)
        }
    }

    deinit { if let file { close(file) } }

    /// One packet, or the end of the input.
    ///
    /// - Returns: what libssh2 answered; 0 from a write means that the window is used up.
    mutating func write() -> Int {
        guard refill() else { return -Int(EIO) }
        guard position < chunk.count else {
            let code = libssh2_channel_send_eof(channel)
            hasFinishedWriting = code == 0
            return Int(code)
        }
        let count = chunk.withUnsafeBytes { bytes in
            libssh2_channel_write_ex(
                channel, 0, bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self),
                bytes.count - position)
        }
        if count > 0 {
            position += count
            bytesSent += Int64(count)
        }
        return count
    }

    /// - Returns: false when the file can't be read any further.
    private mutating func refill() -> Bool {
        guard let file, !inputEnded, position == chunk.count else { return true }
        if chunk.isEmpty { chunk = [UInt8](repeating: 0, count: Self.bufferSize) }
        position = 0
        var count = -1
        repeat { count = Glibc.read(file, &chunk, Self.bufferSize) } while count < 0 && errno == EINTR
        guard count >= 0 else { return false }
        if count < chunk.count { chunk.removeLast(chunk.count - count) }
        // Only the end of the file reads as nothing; a short chunk keeps its size, which is right for a file's tail.
        inputEnded = count == 0
        return true
    }

    /// One read of one stream, handed to the receiver.
    ///
    /// - Returns: what libssh2 answered: a count, 0 for nothing there, or an error.
    mutating func read(_ stream: CommandLine.Stream) -> Int {
        let count = libssh2_channel_read_ex(
            channel, stream == .output ? 0 : SSH_EXTENDED_DATA_STDERR,
            scratch.baseAddress?.assumingMemoryBound(to: CChar.self), scratch.count)
        guard count > 0 else { return count }
        let demand = output(stream, UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        if demand == .finished, grace == nil { grace = .after(Self.graceAfterEnd) }
        return count
    }

    var hasClosedOutput: Bool { libssh2_channel_eof(channel) == 1 }
}
