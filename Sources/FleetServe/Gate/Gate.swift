import FleetBase
import FleetHTTP

/// What every request passes before any route sees it.
///
/// The order is the reason why it holds: a name that is not this server's own is refused first (a page elsewhere whose
/// name was bound to this address would else speak as one of ours), then methods that the route does not have, then what
/// comes from other pages, then who has no token.
struct Gate: Sendable {
    /// Who asks.
    enum Caller: Sendable, Hashable {
        case nobody
        /// Who owns the socket in the file system.
        case owner
        /// A program with the token that has this digest.
        case program(token: Digest)
        case visitor(Visitor)
    }

    /// Whether somebody who was let in still may be: the token may be another one now, and a visit over.
    func holds(_ caller: Caller) -> Bool {
        switch caller {
        case .nobody, .owner: true
        case .program(let digest): token.digest == digest
        case .visitor(let visitor): visitors.holds(visitor)
        }
    }

    /// Names, with a port where it is not the usual one, that stand in Host.
    let hosts: HostList
    let token: AccessToken
    let visitors: Visitors
    let cookieName: String

    /// The first check, before it is known what is asked for.
    func checkHost(_ request: HTTPRequest) throws(HTTPRefusal) {
        guard !request.isLocal else { return }
        guard let host = request.header("host"), hosts.takes(host) else {
            throw HTTPRefusal(400, "this server does not go by that name")
        }
        for name in ["token", "access_token", "code"] where request.query(name) != nil {
            throw HTTPRefusal(400, "a token does not belong into an address, which is logged on the way")
        }
    }

    /// Whether the body that follows a head is worth being kept: one of some length is taken from who is let in alone.
    func admits(_ head: HTTPHead, isLocal: Bool, isSecure: Bool) -> HTTPRefusal? {
        var request = HTTPRequest(head: head, body: [])
        (request.isLocal, request.isSecure) = (isLocal, isSecure)
        do throws(HTTPRefusal) {
            try checkHost(request)
            guard head.bodyLength > 1024 else { return nil }
            if case .nobody = try caller(of: request, changing: false) {
                return HTTPRefusal(401, "a token is needed: Authorization: Bearer TOKEN")
            }
            return nil
        } catch {
            return error
        }
    }

    /// Who asks, and whether they may ask this.
    func caller(of request: HTTPRequest, changing: Bool) throws(HTTPRefusal) -> Caller {
        // The socket in the file system lets its owner in alone, and no browser speaks there.
        guard !request.isLocal else { return .owner }
        try checkOrigin(request, changing: changing)
        if let header = request.header("authorization") {
            let words = header.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count == 2, words[0].lowercased() == "bearer", let digest = token.digest,
                token.isRight(String(words[1]))
            else { throw HTTPRefusal(401, "the token is not right") }
            return .program(token: digest)
        }
        guard let cookie = request.cookie(cookieName), let visitor = visitors.visitor(with: cookie) else {
            return .nobody
        }
        // A browser sends its cookie whoever has made it ask.
        guard !changing || isFromHere(request) else {
            throw HTTPRefusal(400, "a change needs Sec-Fetch-Site or Origin beside a cookie")
        }
        return .visitor(visitor)
    }

    private func checkOrigin(_ request: HTTPRequest, changing: Bool) throws(HTTPRefusal) {
        if let site = request.header("sec-fetch-site"), site != "same-origin" {
            guard site == "none", !changing else { throw HTTPRefusal(400, "another page can't ask this") }
        }
        if let origin = request.header("origin"), !isOwn(origin, request) {
            throw HTTPRefusal(400, "another page can't ask this")
        }
    }

    private func isFromHere(_ request: HTTPRequest) -> Bool {
        request.header("sec-fetch-site") == "same-origin" || request.header("origin").map { isOwn($0, request) } == true
    }

    private func isOwn(_ origin: String, _ request: HTTPRequest) -> Bool {
        guard let host = request.header("host") else { return false }
        return origin.lowercased() == (request.isSecure ? "https://" : "http://") + host.lowercased()
    }
}

/// By which names a server is asked.
///
/// An IP address is always right: a foreign page can have its own name lead to this machine, and no number.
struct HostList: Sendable {
    private let names: Set<String>
    private let port: Port?

    /// - Parameters:
    ///   - names: beside `localhost`.
    ///   - port: the one that is listened on; nil on a path.
    init(_ names: [String], port: Port?) {
        self.names = Set((names + ["localhost"]).map { $0.lowercased() })
        self.port = port
    }

    /// Whether this may stand in the header Host.
    func takes(_ host: String) -> Bool {
        let host = host.lowercased()
        let isBracketed = host.hasPrefix("[")
        let end = isBracketed ? host.firstIndex(of: "]") : host.firstIndex(of: ":")
        let name = end.map { isBracketed ? host[host.index(after: host.startIndex)..<$0] : host[..<$0] } ?? host[...]
        let rest = end.map { isBracketed ? host[host.index(after: $0)...] : host[$0...] } ?? ""
        // Behind a proxy, or on the usual port, a browser leaves the number out.
        guard rest.isEmpty || rest == ":\(port?.description ?? "")" || names.contains(host) else { return false }
        return names.contains(String(name)) || names.contains(host) || IPAddress.isOne(String(name))
    }
}
