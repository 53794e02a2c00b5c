import CLinux
import CSSH2
import FleetBase
import Glibc

/// What one libssh2 session takes from its socket and from the heap, and the bounds of both.
///
/// A call of libssh2 1.10 goes on reading as long as bytes come: while it looks for the server's identification, while
/// it waits for one kind of packet and gets others, and before it hands out what a channel has. A server that never
/// stops sending would hold the loop for ever. So the callbacks of a session deal out bytes by turns: at the end of a
/// turn the socket looks empty, and libssh2 answers EAGAIN. What is beyond a bound looks like a broken connection.
struct SessionTraffic {
    /// What a server did that no SSH server does.
    enum Violation {
        case noIdentification
        case tooMuchBeforeLogin
        case nothingAskedFor
        case tooMuchMemory
    }

    /// One call of libssh2 reads no more: about 2 ms of decryption.
    private static let turn = 1 << 20
    /// RFC 4253, 4.2 allows lines before the identification; OpenSSH gives up after 1,024 of them.
    private static let linesBeforeIdentification = 1024
    private static let bytesBeforeIdentification = 64 << 10
    /// Two key exchanges, the longest host key and the longest banner together take less.
    private static let bytesBeforeLogin = 512 << 10
    /// After the login: packets that bring no channel any further. A server has little to say by itself.
    private static let bytesWithoutProgress = 64 << 20
    /// What a session may hold beside its channels, and what each channel may add: its window in the smallest packets.
    private static let memoryOfSession = 64 << 20
    private static let memoryOfChannel = 16 << 20

    /// How many bytes have come: who reads for one channel may find what another waits for.
    private(set) var received = 0
    private(set) var violation: Violation?
    /// What the server said when it ended the session by SSH_MSG_DISCONNECT (RFC 4253, 11.1).
    private(set) var farewell: String?
    /// The server has closed the connection, or the network has.
    private(set) var isClosedByPeer = false
    /// Nothing may be read or sent any more.
    var isOver = false
    var isLoggedIn = false
    var channels = 1
    /// What the first hidden question of a server is answered with; nobody is asked twice.
    var password: Secret?
    /// The key that a call of libssh2 offers now.
    var offered: OfferedKey?

    private var leftInTurn = SessionTraffic.turn
    private var withoutProgress = 0
    private var identification = Identification()
    private var memory = 0

    /// Whether the server's identification was seen.
    var isIdentified: Bool { identification.isOver }
    /// Whether what has come is the identification, or may still become one.
    var mayBeSSH: Bool { identification.isOver || identification.isBeginning }
    /// The first line that came before it: the words of another kind of server, or why OpenSSH sends somebody away.
    var greeting: String { String(decoding: identification.firstLine, as: UTF8.self) }

    mutating func beginTurn() { leftInTurn = Self.turn }

    /// A channel has brought or taken bytes.
    mutating func progressed() { withoutProgress = 0 }

    // MARK: Bytes

    /// recv(2) as libssh2 calls it.
    ///
    /// - Returns: a count, 0 at the end of the stream, or a negative errno.
    mutating func receive(_ socket: CInt, _ buffer: UnsafeMutableRawPointer?, _ length: Int, _ flags: CInt) -> Int {
        guard !isOver, violation == nil else { return -Int(ECONNABORTED) }
        guard leftInTurn > 0 else { return -Int(EAGAIN) }
        let count = recv(socket, buffer, min(length, leftInTurn), flags)
        guard count > 0 || length == 0 else {
            let problem = count == 0 ? 0 : errno
            isClosedByPeer = problem != EAGAIN && problem != EINTR
            return -Int(problem)
        }
        received += count
        leftInTurn -= count
        withoutProgress += count
        if let buffer { look(at: UnsafeRawBufferPointer(start: buffer, count: count)) }
        return violation == nil ? count : -Int(ECONNABORTED)
    }

    private mutating func look(at bytes: UnsafeRawBufferPointer) {
        if !identification.isOver {
            identification.take(bytes)
            if identification.lines > Self.linesBeforeIdentification || received > Self.bytesBeforeIdentification {
                violation = .noIdentification
            }
        } else if !isLoggedIn, received > Self.bytesBeforeLogin {
            violation = .tooMuchBeforeLogin
        } else if withoutProgress > Self.bytesWithoutProgress {
            violation = .nothingAskedFor
        }
    }

    mutating func take(farewell text: String) { farewell = text }

    /// send(2) as libssh2 calls it: a reset may show there first.
    ///
    /// - Returns: a count, or a negative errno.
    mutating func send(_ socket: CInt, _ buffer: UnsafeRawPointer?, _ length: Int, _ flags: CInt) -> Int {
        guard !isOver else { return -Int(ECONNABORTED) }
        let count = Glibc.send(socket, buffer, length, flags | CInt(MSG_NOSIGNAL))
        guard count < 0 else { return count }
        let problem = errno
        if problem != EAGAIN, problem != EINTR { isClosedByPeer = true }
        return -Int(problem)
    }

    // MARK: Memory

    /// malloc(3), realloc(3) and free(3) within the session's bound; libssh2 takes a nil for the end of the memory.
    mutating func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
        offered?.memoryIsTaken(count)
        guard mayGrow(by: count), let pointer = malloc(count) else { return nil }
        memory += Int(fleet_allocated(pointer))
        return pointer
    }

    mutating func reallocate(_ old: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeMutableRawPointer? {
        let before = Int(fleet_allocated(old))
        guard mayGrow(by: count - before), let pointer = realloc(old, count) else { return nil }
        memory += Int(fleet_allocated(pointer)) - before
        return pointer
    }

    mutating func free(_ pointer: UnsafeMutableRawPointer?) {
        // A signature was allocated by its signer, and not counted.
        memory = max(0, memory - Int(fleet_allocated(pointer)))
        Glibc.free(pointer)
    }

    private mutating func mayGrow(by count: Int) -> Bool {
        guard memory + count > Self.memoryOfSession + channels * Self.memoryOfChannel else { return true }
        violation = violation ?? .tooMuchMemory
        return false
    }
}

/// Finds the end of the server's identification, the first line that begins with `SSH-` (RFC 4253, 4.2).
private struct Identification {
    private static let prefix = Array("SSH-".utf8)

    /// Nothing but the beginning of an identification has come.
    var isBeginning: Bool { lines == 0 && isSSH }
    /// What is kept of the first line.
    private static let longestGreeting = 80

    private(set) var isOver = false
    private(set) var lines = 0
    private(set) var firstLine: [UInt8] = []
    /// How many bytes of the line have come, and whether they are those of the prefix.
    private var count = 0
    private var isSSH = true

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes where !isOver {
            guard byte != UInt8(ascii: "\n") else {
                isOver = isSSH && count >= Self.prefix.count
                lines += 1
                (count, isSSH) = (0, true)
                continue
            }
            if lines == 0, count < Self.longestGreeting, byte != UInt8(ascii: "\r") { firstLine.append(byte) }
            if count < Self.prefix.count { isSSH = isSSH && byte == Self.prefix[count] }
            count += 1
        }
    }
}

/// The callbacks of a session; its abstract pointer leads to a ``SessionTraffic``.
enum SessionCallbacks {
    typealias Abstract = UnsafeMutablePointer<UnsafeMutableRawPointer?>

    private static func traffic(_ abstract: Abstract?) -> UnsafeMutablePointer<SessionTraffic>? {
        abstract?.pointee?.assumingMemoryBound(to: SessionTraffic.self)
    }

    static let allocate: @convention(c) (Int, Abstract?) -> UnsafeMutableRawPointer? = { count, abstract in
        // libssh2 allocates the session itself before it has stored the pointer.
        traffic(abstract).map { $0.pointee.allocate(count) } ?? malloc(count)
    }

    static let reallocate: @convention(c) (UnsafeMutableRawPointer?, Int, Abstract?) -> UnsafeMutableRawPointer? = {
        old, count, abstract in
        traffic(abstract).map { $0.pointee.reallocate(old, count) } ?? realloc(old, count)
    }

    static let free: @convention(c) (UnsafeMutableRawPointer?, Abstract?) -> Void = { pointer, abstract in
        guard let traffic = traffic(abstract) else { return Glibc.free(pointer) }
        traffic.pointee.free(pointer)
    }

    /// Answers the questions of keyboard-interactive: the hidden one with the password, any other with nothing.
    static let answerQuestions:
        @convention(c) (
            UnsafePointer<CChar>?, CInt, UnsafePointer<CChar>?, CInt, CInt,
            UnsafePointer<LIBSSH2_USERAUTH_KBDINT_PROMPT>?, UnsafeMutablePointer<LIBSSH2_USERAUTH_KBDINT_RESPONSE>?,
            Abstract?
        ) -> Void = { _, _, _, _, count, questions, answers, abstract in
            guard let questions, let answers, count > 0, let traffic = traffic(abstract) else { return }
            for index in 0..<Int(count) where questions[index].echo == 0 {
                guard let password = traffic.pointee.password else { return }
                traffic.pointee.password = nil
                let bytes = Array(password.reveal().utf8)
                // libssh2 frees it with the session's own function.
                guard !bytes.isEmpty, let copy = traffic.pointee.allocate(bytes.count) else { return }
                copy.copyMemory(from: bytes, byteCount: bytes.count)
                answers[index].text = copy.assumingMemoryBound(to: CChar.self)
                answers[index].length = UInt32(bytes.count)
            }
        }

    static let receive: @convention(c) (CInt, UnsafeMutableRawPointer?, Int, CInt, Abstract?) -> Int = {
        socket, buffer, length, flags, abstract in
        traffic(abstract).map { $0.pointee.receive(socket, buffer, length, flags) } ?? -Int(EBADF)
    }

    static let send: @convention(c) (CInt, UnsafeRawPointer?, Int, CInt, Abstract?) -> Int = {
        socket, buffer, length, flags, abstract in
        traffic(abstract).map { $0.pointee.send(socket, buffer, length, flags) } ?? -Int(EBADF)
    }

    static let disconnect:
        @convention(c) (
            OpaquePointer?, CInt, UnsafePointer<CChar>?, CInt, UnsafePointer<CChar>?, CInt, Abstract?
        ) -> Void = { _, _, message, length, _, _, abstract in
            guard let message, length > 0 else { return }
            let text = UnsafeRawBufferPointer(start: message, count: min(Int(length), 1024))
            traffic(abstract)?.pointee.take(farewell: String(decoding: text, as: UTF8.self))
        }
}
