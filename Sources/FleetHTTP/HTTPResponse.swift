import FleetBase
import Glibc

/// The answer to a request.
package struct HTTPResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Written bit by bit, until the function returns or the client is gone; its task is cancelled then.
        case stream(@Sendable (HTTPWriter) async throws -> Void)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(_ status: Int, type: String? = nil, _ bytes: [UInt8] = []) {
        self.status = status
        headers = type.map { [("Content-Type", $0)] } ?? []
        body = .bytes(bytes)
    }

    package init(_ status: Int, type: String, stream: @escaping @Sendable (HTTPWriter) async throws -> Void) {
        self.status = status
        headers = [("Content-Type", type)]
        body = .stream(stream)
    }

    package static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status, type: "text/plain; charset=utf-8", Array((text + "\n").utf8))
    }

    /// - Parameter isLast: whether the connection is closed afterwards.
    func head(isLast: Bool) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) \(Self.phrases[status] ?? "Status")", "Date: \(Self.date)"]
        for (name, value) in headers {
            lines.append("\(name): \(String(value.unicodeScalars.filter { $0.value >= 32 }))")
        }
        // A body that is streamed ends with the connection.
        if case .bytes(let bytes) = body, status != 204, status != 304 {
            lines.append("Content-Length: \(bytes.count)")
        }
        if isLast { lines.append("Connection: close") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// As RFC 9110, section 5.6.7, has it.
    private static var date: String {
        var (now, parts) = (time(nil), tm())
        gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: CInt) in number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }

    private static let phrases = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 303: "See Other", 304: "Not Modified",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        408: "Request Timeout", 409: "Conflict", 411: "Length Required", 413: "Content Too Large", 414: "URI Too Long",
        415: "Unsupported Media Type", 421: "Misdirected Request", 422: "Unprocessable Content",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        505: "HTTP Version Not Supported",
    ]
}

/// The client is gone, or it has not read for too long.
package struct ClientGone: Error {}

/// Writes the body of one response.
package struct HTTPWriter: Sendable {
    let send: @Sendable ([UInt8]) async throws(ClientGone) -> Void

    /// Waits until the system has taken all of it.
    package func write(_ bytes: [UInt8]) async throws(ClientGone) { try await send(bytes) }

    package func write(_ text: String) async throws(ClientGone) { try await send(Array(text.utf8)) }
}
