import FleetBase
import FleetTesting
import Foundation
import Glibc

/// A real mosquitto on a port of its own, which can be killed and started again.
final class Broker: Sendable {
    let port: UInt16
    let folder: TemporaryFolder
    private let process = Shared<Process?>(nil)
    /// Its files last as long as the broker.
    private let identity: GeminiServer.Identity?

    /// - Parameters:
    ///   - identity: by which it speaks TLS.
    ///   - lines: of its configuration.
    init(_ identity: GeminiServer.Identity? = nil, _ lines: [String] = ["allow_anonymous true"]) throws {
        folder = try TemporaryFolder()
        port = try Self.freePort()
        self.identity = identity
        // As root it would become another user, who can't read this folder.
        var all = ["user root", "log_dest stderr", "log_type all", "listener \(port) 127.0.0.1"]
        if let identity { all += ["certfile \(identity.certificate)", "keyfile \(identity.key)"] }
        // A consumer who is slow for a moment must not lose anything.
        all += ["max_queued_messages 0"] + lines.map { $0.replacing("FOLDER", with: folder.path) }
        try folder.write(all.joined(separator: "\n") + "\n", to: "mosquitto.conf")
    }

    deinit { kill() }

    func address(_ topic: String = "upb/logs") -> String {
        "\(identity == nil ? "mqtt" : "mqtts")://127.0.0.1:\(port)/\(topic)"
    }

    /// Starts it, and waits until it listens.
    func start() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Program.path("mosquitto"))
        process.arguments = ["-c", folder.path + "/mosquitto.conf"]
        let log = try folder.write("", to: "log")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.runHearingSignals()
        self.process.value = process
        guard await eventually({ self.log.contains("running") }) else {
            throw Program.Failed(description: "mosquitto does not start: \(log)")
        }
    }

    /// What it has logged since it was started last.
    var log: String { (try? folder.read("log")) ?? "" }

    func kill() {
        guard let process = process.value else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process.value = nil
    }

    func signal(_ number: Int32) {
        if let process = process.value { Glibc.kill(process.processIdentifier, number) }
    }

    /// Lets in who is named, and nobody else, from now on.
    func letIn(_ users: [String: String]) throws {
        try folder.write("", to: "users")
        for (name, word) in users {
            try Program.run(["mosquitto_passwd", "-b", folder.path + "/users", name, word])
        }
        signal(SIGHUP)
    }

    private static func freePort() throws -> UInt16 {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    /// A socket that listens on a port that was free.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && Glibc.listen(socket, 8) == 0
                    && getsockname(socket, generic, &length) == 0
            }
        }
        guard isOpen else { throw Program.Failed(description: "no port is free") }
        return (socket, UInt16(bigEndian: address.sin_port))
    }
}

/// A mosquitto_sub that reads everything below `upb/`, and connects again by itself.
final class Consumer: Sendable {
    private let process: Process
    private let folder: TemporaryFolder

    init(_ broker: Broker, user: String? = nil, ca: String? = nil) throws {
        folder = try TemporaryFolder()
        let output = try folder.write("", to: "output")
        process = Process()
        process.executableURL = URL(fileURLWithPath: try Program.path("stdbuf"))
        var words = ["-oL", "mosquitto_sub", "-d", "-v", "-h", "127.0.0.1", "-p", "\(broker.port)", "-t", "upb/#"]
        if let user { words += ["-u", user, "-P", user] }
        if let ca { words += ["--cafile", ca] }
        process.arguments = words
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private var lines: [Substring] { ((try? folder.read("output")) ?? "").split(separator: "\n") }

    /// Waits until it has subscribed so often.
    func subscribed(_ count: Int = 1) async -> Bool {
        await eventually { self.lines.count { $0.hasPrefix("Subscribed") } >= count }
    }

    /// What came on a topic, whole lines only.
    func messages(_ topic: String = "upb/logs") -> [String] {
        let text = (try? folder.read("output")) ?? ""
        let whole = text.prefix(upTo: text.lastIndex(of: "\n") ?? text.startIndex)
        return whole.split(separator: "\n").filter { $0.hasPrefix(topic + " ") }.map {
            String($0.dropFirst(topic.utf8.count + 1))
        }
    }

    struct Read {
        var numbers: [Int64] = []
        var repeated = 0
    }

    /// The numbers of the events, those that are not above the last one left out, as a reader of the topic does it.
    func read() -> Read {
        var (read, last) = (Read(), Int64(0))
        for message in messages() {
            guard let json = try? JSONSerialization.jsonObject(with: Data(message.utf8)) as? [String: Any],
                let sequence = json["sequence"] as? String, let number = Int64(sequence.split(separator: "-")[1])
            else { continue }
            guard number > last else {
                read.repeated += 1
                continue
            }
            read.numbers.append(number)
            last = number
        }
        return read
    }

    /// Waits until an event with a number, or a later one, has come.
    func has(_ number: Int64) async -> Bool { await eventually { (self.read().numbers.last ?? 0) >= number } }
}

extension Process {
    /// A child inherits the signals that its thread blocks, and threads that run tasks block SIGHUP.
    fileprivate func runHearingSignals() throws {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}
