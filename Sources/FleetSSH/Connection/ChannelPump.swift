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
    /// After the receiver has seen the end, the streams are given up once nothing came for so long: a background process
    /// may hold them. The end may overtake what is left of the output, since standard error has its own packets.
    private static let graceAfterEnd = Duration.milliseconds(500)

    private static let longestGrace = Duration.seconds(10)

    private let channel: OpaquePointer
    private var enough: Deadline?
    private var hasFinished = false
    private let scratch: UnsafeMutableRawBufferPointer
    private let output: CommandLine.Output
    private let isBehind: (@Sendable () -> Bool)?
    private let sent: (@Sendable (Int64) -> Void)?
    private let file: InputFile?
    private var chunk: [UInt8]
    private var position = 0
    private var inputEnded = false
    private(set) var hasFinishedWriting = false
    private(set) var bytesSent: Int64 = 0
    private(set) var grace: Deadline?
    private let pace: Pace?
    private var nextWrite: Deadline?

    /// - Parameter scratch: the loop's buffer for reading.
    init(
        _ command: CommandLine, file: InputFile?, channel: OpaquePointer, scratch: UnsafeMutableRawBufferPointer
    ) {
        self.channel = channel
        self.scratch = scratch
        output = command.output
        isBehind = command.isBehind
        sent = command.sent
        pace = command.pace
        self.file = file
        inputEnded = file == nil
        chunk = command.prefix + command.input.bytes
    }

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
            sent?(bytesSent)
            nextWrite = pace?.take(count)
        }
        return count
    }

    /// Whether there is something to write, and its time has come.
    var maySend: Bool { !hasFinishedWriting && nextWrite?.hasPassed != false }
    /// Until when there is nothing to do but to wait for the far end.
    var pause: Deadline? { [grace, hasFinishedWriting ? nil : nextWrite].compactMap(\.self).min() }

    /// - Returns: false when the file can't be read any further.
    private mutating func refill() -> Bool {
        guard let file, !inputEnded, position == chunk.count else { return true }
        position = 0
        var count = -1
        chunk = [UInt8](unsafeUninitializedCapacity: Self.bufferSize) { buffer, initialized in
            repeat {
                count = Glibc.read(file.descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            initialized = max(0, count)
        }
        inputEnded = count == 0
        return count >= 0
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
        if demand == .finished { enough = enough ?? .after(Self.longestGrace) }
        hasFinished = hasFinished || demand == .finished
        // The rest of the output may still come; of a far end that goes on for ever the receiver has had enough.
        if hasFinished || grace != nil { grace = min(.after(Self.graceAfterEnd), enough ?? .distant) }
        return count
    }

    /// Takes from the socket what there is, answers what the server asks, and leaves the channel's bytes where they are:
    /// libssh2 opens the window in reads alone.
    ///
    /// - Returns: what libssh2 answered; 0 when the channel has come to its end.
    func listen() -> Int {
        let code = libssh2_channel_wait_eof(channel)
        guard code == 0 else { return Int(code) }
        // After the end of the output its own wait returns without a look at the socket.
        let closed = libssh2_channel_wait_closed(channel)
        return closed == LIBSSH2_ERROR_INVAL ? 0 : Int(closed)
    }

    /// Whether the far end goes on long after the receiver had all that it wants.
    var hasEnough: Bool { enough?.hasPassed == true }

    /// Whether the receiver takes nothing more for now.
    var isHeldUp: Bool { isBehind?() ?? false }

    /// Whether the receiver has seen the end, or the host has told a status or a signal.
    ///
    /// libssh2 reads 0 also where no status has come, so of a success only the receiver knows.
    var knowsEnd: Bool {
        if hasFinished || libssh2_channel_get_exit_status(channel) != 0 { return true }
        var length = 0
        libssh2_channel_get_exit_signal(channel, nil, &length, nil, nil, nil, nil)
        return length > 0
    }

    /// A command that has failed may leave a process in the background that holds the streams: nobody waits for it.
    mutating func noticeEnd() {
        if grace == nil, knowsEnd { grace = .after(Self.graceAfterEnd) }
    }

    var hasClosedOutput: Bool { libssh2_channel_eof(channel) == 1 }
}
