/// The request line and the headers of a request, read as RFC 9112 has them and no more kindly.
///
/// Two readers that understand one request differently are how requests are smuggled past a gate. So what the RFC lets a
/// server repair is refused here: bare line feeds, folded lines, white space before a colon, control characters, two
/// values where one may stand, a length beside a transfer encoding.
package struct HTTPHead: Sendable, Hashable {
    /// In capitals; whether it is known is for who takes the request.
    package let method: String
    package let target: HTTPTarget
    /// 0 or 1, the number behind HTTP/1.
    package let minorVersion: Int
    /// The names in small letters, in the order in which they came.
    package let headers: [Header]
    /// How many bytes of body follow.
    package let bodyLength: Int

    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// The value of a header, by its name in small letters.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Whether another request may follow on the connection.
    var keepsAlive: Bool {
        // A header that may stand several times means its values in a row (RFC 9110, section 5.3).
        let words = headers.filter { $0.name == "connection" }
            .flatMap { $0.value.lowercased().split(separator: ",").map { String($0.trimmed) } }
        return minorVersion == 1 ? !words.contains("close") : words.contains("keep-alive")
    }
}

extension HTTPHead {
    /// How large a request may be.
    package struct Limits: Sendable {
        /// Bytes of the request line and the headers.
        package var head = 16 << 10
        package var headers = 64
        package var body = 256 << 10

        package init() {}
    }

    /// Headers that stand once or not at all.
    private static let single: Set<String> = [
        "host", "content-length", "content-type", "authorization", "cookie", "origin", "sec-fetch-site", "expect",
        "last-event-id", "transfer-encoding",
    ]

    /// Reads what stands before the body.
    ///
    /// - Parameter bytes: up to the empty line, without it: lines with a CRLF between them.
    init(reading bytes: ArraySlice<UInt8>, limits: Limits) throws(HTTPRefusal) {
        var lines = try Self.lines(of: bytes)[...]
        guard let first = lines.popFirst() else { throw .malformed("there is no request line") }
        (method, target, minorVersion) = try Self.readRequestLine(first)
        guard lines.count <= limits.headers else { throw HTTPRefusal(431, "there are too many headers") }
        var headers: [Header] = []
        for line in lines {
            let header = try Self.readHeader(line)
            guard !Self.single.contains(header.name) || !headers.contains(where: { $0.name == header.name }) else {
                throw .malformed("the header \(header.name) stands there twice")
            }
            headers.append(header)
        }
        self.headers = headers
        bodyLength = try Self.bodyLength(headers, limits)
        guard minorVersion == 0 || headers.contains(where: { $0.name == "host" }) else {
            throw .malformed("there is no Host header")
        }
    }

    /// The lines, each ended by CRLF and nothing else.
    private static func lines(of bytes: ArraySlice<UInt8>) throws(HTTPRefusal) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            switch bytes[index] {
            case 10: throw .malformed("a line ends without a carriage return")
            case 13:
                guard index + 1 < bytes.endIndex, bytes[index + 1] == 10 else {
                    throw .malformed("a carriage return stands within a line")
                }
                lines.append(bytes[start..<index])
                index += 2
                start = index
            default: index += 1
            }
        }
        lines.append(bytes[start...])
        return lines
    }

    private static func readRequestLine(
        _ line: ArraySlice<UInt8>
    ) throws(HTTPRefusal) -> (String, HTTPTarget, Int) {
        let words = line.split(separator: 32, omittingEmptySubsequences: false)
        guard words.count == 3 else { throw .malformed("a request line has three words") }
        let method = words[0]
        guard (1...16).contains(method.count), method.allSatisfy({ (65...90).contains($0) }) else {
            throw .malformed("this is no method")
        }
        let minorVersion: Int
        switch String(decoding: words[2], as: UTF8.self) {
        case "HTTP/1.1": minorVersion = 1
        case "HTTP/1.0": minorVersion = 0
        default: throw HTTPRefusal(505, "HTTP/1.1 is spoken here")
        }
        return (String(decoding: method, as: UTF8.self), try HTTPTarget(reading: words[1]), minorVersion)
    }

    private static func readHeader(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> Header {
        guard let colon = line.firstIndex(of: 58) else { throw .malformed("a header has no colon") }
        let name = line[..<colon]
        // A folded line begins with white space, which no name has.
        guard !name.isEmpty, name.allSatisfy(\.isToken) else { throw .malformed("a header has no name") }
        let value = line[(colon + 1)...]
        guard value.allSatisfy({ $0 == 9 || $0 >= 32 && $0 != 127 }) else {
            throw .malformed("a header has control characters")
        }
        guard let text = String(validating: value, as: UTF8.self) else { throw .malformed("a header is no UTF-8") }
        return Header(name: String(decoding: name, as: UTF8.self).lowercased(), value: String(text.trimmed))
    }

    private static func bodyLength(_ headers: [Header], _ limits: Limits) throws(HTTPRefusal) -> Int {
        guard !headers.contains(where: { $0.name == "transfer-encoding" }) else {
            throw HTTPRefusal(411, "a body needs a Content-Length here, and no transfer encoding")
        }
        guard let text = headers.first(where: { $0.name == "content-length" })?.value else { return 0 }
        guard (1...19).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let length = Int(text)
        else { throw .malformed("this Content-Length is no number") }
        guard length <= limits.body else { throw HTTPRefusal(413, "a body may have \(limits.body) bytes") }
        return length
    }
}

extension UInt8 {
    /// Whether it may stand in a token (RFC 9110, section 5.6.2).
    fileprivate var isToken: Bool {
        switch self {
        case 48...57, 65...90, 97...122: true
        case 33, 35, 36, 37, 38, 39, 42, 43, 45, 46, 94, 95, 96, 124, 126: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Without the spaces and tabs around it.
    fileprivate var trimmed: SubSequence {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = firstIndex { !isBlank($0) } ?? endIndex
        let end = lastIndex { !isBlank($0) }.map(index(after:)) ?? start
        return self[start..<end]
    }
}
