/// Makes requests of the bytes of one connection. A value that touches no socket, so that it can be fuzzed.
package struct HTTPReader: Sendable {
    private let limits: HTTPHead.Limits
    private var buffer: [UInt8] = []
    /// Where the search for the empty line goes on.
    private var scanned = 0
    private var head: HTTPHead?

    package init(_ limits: HTTPHead.Limits = HTTPHead.Limits()) { self.limits = limits }

    /// Whether nothing of a request has come yet.
    package var isIdle: Bool { buffer.isEmpty && head == nil }

    /// Whether the request that comes now asks for the head of an answer alone, also one that is no whole request.
    package var asksForHead: Bool { head.map { $0.method == "HEAD" } ?? buffer.starts(with: "HEAD ".utf8) }

    /// How many bytes wait that are no request yet, or are the next one.
    package var pending: Int { buffer.count }

    /// Whether the client waits to be told that it may send the body (RFC 9110, section 10.1.1).
    package var wantsContinue: Bool {
        guard let head, head.minorVersion == 1, buffer.count < head.bodyLength else { return false }
        return head.header("expect")?.lowercased() == "100-continue"
    }

    package mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The head of the next request, which may stand here before its body; nil when more bytes are needed.
    package mutating func nextHead() throws(HTTPRefusal) -> HTTPHead? {
        if head == nil { head = try readHead() }
        return head
    }

    /// The next whole request; nil when more bytes are needed.
    package mutating func next() throws(HTTPRefusal) -> HTTPRequest? {
        guard let head = try nextHead(), buffer.count >= head.bodyLength else { return nil }
        let body = Array(buffer[..<head.bodyLength])
        buffer.removeFirst(head.bodyLength)
        self.head = nil
        return HTTPRequest(head: head, body: body)
    }

    private mutating func readHead() throws(HTTPRefusal) -> HTTPHead? {
        if let first = buffer.first, !(65...90).contains(first) { throw .malformed("this is no HTTP request") }
        while scanned < buffer.count {
            guard buffer[scanned] == 10 else {
                scanned += 1
                continue
            }
            guard scanned > 0, buffer[scanned - 1] == 13 else {
                throw .malformed("a line ends without a carriage return")
            }
            let isEmpty = scanned >= 3 && buffer[scanned - 2] == 10
            scanned += 1
            guard isEmpty else { continue }
            guard scanned <= limits.head else { break }
            let head = try HTTPHead(reading: buffer[..<(scanned - 4)], limits: limits)
            buffer.removeFirst(scanned)
            scanned = 0
            return head
        }
        guard scanned <= limits.head else { throw HTTPRefusal(431, "the headers are too large") }
        return nil
    }
}
