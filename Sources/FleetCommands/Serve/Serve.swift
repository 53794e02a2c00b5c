import FleetArguments
import FleetBase
import FleetConfig
import FleetHTTP
import FleetMQTT
import FleetServe
import FleetService
import Glibc

/// `fleet serve`: the project for browsers and programs.
struct Serve: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("serve the project over HTTP until this command is stopped"),
        discussion: Message(
            "Programs send the token: Authorization: Bearer TOKEN. A browser comes in with the address that is printed on a terminal, once, within ten minutes, or with the token. /api/openapi.json describes what can be asked."
        ),
        examples: [
            CommandExample("fleet serve", Message("serves browsers and programs of this machine")),
            CommandExample(
                "fleet serve --listen 0.0.0.0:7600 --tls-cert c.pem --tls-key k.pem",
                Message("serves other machines, too, over https")),
            CommandExample("fleet serve --mqtt mqtt://broker/upb/logs", Message("also sends the events to a broker")),
        ],
        seeAlso: ["fleet serve token", "fleet serve install", "fleet events --follow"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("listen"), valueName: "ADDRESS:PORT",
        help: Message("where to listen; 127.0.0.1:7600 when left out"))
    var listen: ListenPlace?
    @Option(
        name: .long("name"), valueName: "NAME",
        help: Message("a name by which the server is asked, beside localhost and its addresses; any number of times"))
    var names: [ServerName]
    @Option(
        name: .long("token-file"), valueName: "FILE",
        help: Message("a file with the token; fleet makes one when left out"), completion: .files)
    var tokenFile: String?
    @Option(
        name: .long("tls-cert"), valueName: "FILE", help: Message("a certificate in PEM form, for https"),
        completion: .files)
    var certificate: String?
    @Option(
        name: .long("tls-key"), valueName: "FILE", help: Message("the private key of the certificate"),
        completion: .files)
    var key: String?
    @Option(
        name: .long("socket"), valueName: "PATH",
        help: Message("also a socket in the file system, for programs of this user"), completion: .files)
    var socket: String?
    @Option(
        name: .long("mqtt"), valueName: "URL",
        help: Message(
            "a broker and topic that events go to, such as mqtts://broker/upb/logs; any number of times, beside those in hosts.yaml"
        ))
    var brokers: [String]
    @Flag(
        name: .long("print-code"),
        help: Message("print the one-time code and a new token also where the output is no terminal, such as a pipe"))
    var printsCode
    @Flag(
        name: .long("insecure-http"),
        help: Message("listen beyond this machine without TLS: the token can be read on the way"))
    var isInsecure

    func validate() throws(ArgumentError) {
        _ = try sinks(beside: [])
        guard (certificate == nil) == (key == nil) else {
            throw ArgumentError(.invalid, Message("--tls-cert and --tls-key belong together"))
        }
        let place = listen ?? ListenPlace()
        guard place.isLoopback || certificate != nil || isInsecure else {
            throw ArgumentError(
                .invalid, Message("\(place.address) can be reached from other machines, and there is no TLS"),
                hint: Message("give --tls-cert and --tls-key, or --insecure-http"))
        }
    }

    /// Refuses files with which it could not start.
    ///
    /// - Parameter folder: where relative paths begin.
    func checkFiles(_ project: Project, from folder: String) throws {
        let path = { (path: String) in path.hasPrefix("/") ? path : "\(folder)/\(path)" }
        try AccessToken(project, file: tokenFile.map(path)).check()
        if let certificate, let key { _ = try TLSContext(certificate: path(certificate), key: path(key)) }
    }

    /// - Parameter known: those of hosts.yaml.
    private func sinks(beside known: [EventSink]) throws(ArgumentError) -> [EventSink] {
        var sinks = known
        for text in brokers {
            do throws(ConfigError) {
                let broker = try BrokerAddress(parsing: text)
                if !sinks.contains(where: { $0.isSame(as: broker) }) { sinks.append(EventSink(broker)) }
            } catch {
                throw ArgumentError(.invalid, Message("--mqtt: \(error.message)"), hint: error.hint)
            }
        }
        return sinks
    }

    func run(_ context: CommandContext) async throws {
        // Keys for models pass through this process: no core dump has them.
        Environment.dumpNoCore()
        let console = context.console(global)
        let service = try context.service(global, console)
        let sinks: EventSinks
        do {
            sinks = try await serve(service, context)
        } catch {
            await service.close()
            throw error
        }
        // This task was cancelled; the end still takes its time. Operations end first, so that brokers hear of it, too.
        await Task.detached {
            await service.close()
            await sinks.stop()
        }.value
        throw Ended(code: .cancelled)
    }

    /// Until the task is cancelled.
    ///
    /// - Returns: what still sends to brokers.
    private func serve(_ service: FleetService, _ context: CommandContext) async throws -> EventSinks {
        let console = context.console(global)
        let brokers = try sinks(beside: service.currentInventory.eventSinks)
        let token = AccessToken(service.project, file: tokenFile.map(context.absolute))
        try token.check()
        let place = listen ?? ListenPlace()
        var settings = WebServer.Settings()
        (settings.address, settings.port, settings.names) = (place.address, place.port, names.map(\.text))
        settings.socket = socket.map(context.absolute)
        if let certificate, let key { settings.tls = (context.absolute(certificate), context.absolute(key)) }
        let server = try WebServer(service, token, settings, version: FleetProgram.version)
        // What is printed to no terminal often stays there, as in the journal of systemd, and others read it.
        let isSecret = !console.isOutputShown && !printsCode
        if tokenFile == nil, token.made == nil, !isSecret {
            let word = try token.renew()
            console.note(Message("the token for programs, which is shown only now: \(word)"))
        } else if !token.isThere {
            let wasMade = token.made != nil
            console.warning(
                wasMade
                    ? Message("nobody gets in: the token was revoked")
                    : Message("nobody gets in yet: there is no token"))
            console.note(
                wasMade
                    ? Message("make another one: fleet serve token --renew")
                    : Message("make one: fleet serve token --renew"))
        }
        if !place.isLoopback, certificate == nil {
            console.warning(Message("without TLS everybody on the way can read the token"))
        }
        if global.json {
            let invitation = isSecret ? JSONValue.null : .string(server.makeInvitation())
            try console.json(["address": .string(server.address), "open": invitation])
        } else if isSecret {
            console.result(server.address)
            console.note(
                Message(
                    "no one-time code is printed here, since others may read it: the page takes the token, too; fleet serve token --renew makes one"
                ))
        } else {
            console.result(server.makeInvitation())
            console.note(
                Message("open this address in a browser: it is good once, for ten minutes; Ctrl-C ends the server"))
        }
        let sinks = EventSinks(brokers, service, language: console.language) { message, isProblem in
            if isProblem { console.warning(message) } else { console.note(message) }
        }
        await server.serve()
        return sinks
    }
}

/// Where a server listens: `127.0.0.1:7600`, `[::1]:7600`, `0.0.0.0`, `:8080`.
struct ListenPlace: ExpressibleByArgument {
    let address: String
    let port: Port?

    private static let usualPort = "7600"

    /// On this machine alone.
    init() { (address, port) = ("127.0.0.1", try? Port(Self.usualPort)) }

    init(argument: String) throws(ValueError) {
        var (address, port) = (argument, Self.usualPort)
        if let colon = argument.lastIndex(of: ":"), !argument.hasSuffix("]"),
            argument.hasPrefix("[") || argument.firstIndex(of: ":") == colon
        {
            (address, port) = (String(argument[..<colon]), String(argument[argument.index(after: colon)...]))
        }
        if address.hasPrefix("["), address.hasSuffix("]") { address = String(address.dropFirst().dropLast()) }
        if address == "localhost" || address.isEmpty && argument.hasPrefix(":") { address = "127.0.0.1" }
        guard IPAddress.isOne(address) else {
            throw ValueError(Message("\"\(argument)\" is no place to listen, such as 127.0.0.1:7600"))
        }
        self.address = address
        // Any that is free.
        self.port = port == "0" ? nil : try Port(port)
    }

    var isLoopback: Bool { address.hasPrefix("127.") || address == "::1" }
}
