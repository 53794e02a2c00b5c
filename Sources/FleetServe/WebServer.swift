package import FleetBase
import FleetConfig
import FleetHTTP
package import FleetService
import Glibc

/// Serves a project to browsers and programs.
package struct WebServer: Sendable {
    package struct Settings: Sendable {
        /// A numeric IP address.
        package var address = "127.0.0.1"
        /// Any that is free when nil.
        package var port: Port?
        /// Where a socket appears for programs of this user, which need no token there.
        package var socket: String?
        /// Names by which the server is asked, beside `localhost` and addresses.
        package var names: [String] = []
        package var tls: (certificate: String, key: String)?

        package init() {}
    }

    private let service: FleetService
    private let server: HTTPServer
    private let sockets: [ListeningSocket]
    private let visitors: Visitors
    private let closing: Closing
    private let operations: StartedOperations
    private let chats: ChatRoom
    /// Where to look at it with a browser of this machine.
    package let address: String

    /// - Parameters:
    ///   - version: of the program.
    /// - Throws: when it can't listen there, or the certificate can't be used.
    package init(_ service: FleetService, _ token: AccessToken, _ settings: Settings, version: String) throws {
        self.service = service
        let listening = try ListeningSocket(settings.address, port: settings.port)
        sockets = [listening] + (try settings.socket.map { [try ListeningSocket(path: $0)] } ?? [])
        let (port, isSecure) = (listening.port, settings.tls != nil)
        var http = HTTPServer.Settings()
        http.refusal = { Router.answer(to: $0) }
        if let tls = settings.tls { http.tls = try TLSContext(certificate: tls.certificate, key: tls.key) }
        let isEverywhere = ["0.0.0.0", "::"].contains(settings.address)
        let own = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
        let host = settings.names.first ?? (isEverywhere ? Self.hostName : own)
        let place = "\(host):\(port?.description ?? "")"
        address = (isSecure ? "https://" : "http://") + place
        let visitors = Visitors(service.project, token)
        let cookieName = (isSecure ? "__Host-" : "") + "fleet_\(port?.description ?? "")"
        let gate = Gate(
            hosts: HostList(settings.names + [Self.hostName], port: port), token: token, visitors: visitors,
            cookieName: cookieName)
        http.admits = { gate.admits($0, isLocal: $1, isSecure: isSecure) }
        let (operations, closing, watch) = (StartedOperations(), Closing(), HostWatch(service))
        let old = OldNetworks(service: service)
        let chats = ChatAPI(room: ChatRoom(service))
        let api = API(
            service: service, operations: operations, watch: watch, version: version,
            others: old.routes + chats.routes)
        let pages = Pages(service, operations, watch, chats.room)
        let visits = Visits(
            visitors: visitors, cookieName: cookieName, isSecure: isSecure,
            frame: { pages.frame($0, place: "/") })
        let router = Router(
            gate: gate, routes: api.routes + api.others + visits.routes + pages.routes,
            closing: closing, login: visits.login, problem: { pages.response(to: $0, in: $1) })
        server = HTTPServer(http) { await router.answer($0) }
        (self.visitors, self.closing, self.operations) = (visitors, closing, operations)
        self.chats = chats.room
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// An address that lets one browser in, once, within ten minutes. What stands behind the # is sent to nobody.
    package func makeInvitation() -> String { "\(address)/login#\(visitors.makeCode())" }

    /// Serves until the task is cancelled; then streams end, and what is being answered has ten seconds.
    package func serve() async {
        // Before anybody asks: an operation that was left is known from the first.
        let left = LeftWork(service, operations, chats)
        await left.takeUp()
        await withTaskGroup { group in
            for socket in sockets { group.addTask { await server.serve(socket) } }
            await group.waitForAll()
        }
        left.end()
        closing.come()
        _ = await server.end(within: .seconds(10))
    }
}
