import CMosquitto
import FleetBase
import FleetEvents
import Glibc

/// One connection to a broker, from before it is made to its end; for another one a new client is made, since libmosquitto
/// 2.0.11 sends no CONNECT after a disconnect and a reconnect.
///
/// For one thread alone: ending a connection with TLS from another one crashes. The library's own loop is not used: it
/// does not try a first connection again, and it waits by select(2), which knows no descriptors from 1024 on.
struct BrokerClient: ~Copyable {
    private let client: OpaquePointer
    let news: BrokerNews

    private static let keepAlive: Int32 = 30
    /// The library is to be set up once, by one thread.
    private static let library: Int32 = mosquitto_lib_init()

    /// - Parameter identity: a broker has one client of each, and ends an older one for a newer.
    init(_ identity: String, speaking version: Int32) throws(SinkProblem) {
        precondition(Self.library == MOSQ_ERR_SUCCESS.rawValue, "libmosquitto needs nothing that could be missing")
        let news = BrokerNews()
        guard let client = mosquitto_new(identity, true, Unmanaged.passUnretained(news).toOpaque()) else {
            throw SinkProblem(code: MOSQ_ERR_ERRNO.rawValue, log: nil)
        }
        // The window is the session's: nothing is to wait inside.
        let options = [(MOSQ_OPT_PROTOCOL_VERSION, version), (MOSQ_OPT_SEND_MAXIMUM, Int32(UInt16.max))]
        for (option, value) in options {
            let code = mosquitto_int_option(client, option, value)
            precondition(code == MOSQ_ERR_SUCCESS.rawValue, "both are options of this library")
        }
        (self.client, self.news) = (client, news)
        mosquitto_connect_v5_callback_set(client) { _, object, code, _, _ in BrokerNews.at(object)?.answer = code }
        mosquitto_publish_v5_callback_set(client) { _, object, message, reason, _ in
            BrokerNews.at(object)?.acknowledge(message, reason)
        }
        mosquitto_log_callback_set(client) { _, object, level, text in
            guard level == MOSQ_LOG_ERR, let text else { return }
            BrokerNews.at(object)?.log(String(cString: text))
        }
    }

    deinit { mosquitto_destroy(client) }

    func login(_ user: String, _ password: Secret?) throws(SinkProblem) {
        try check(mosquitto_username_pw_set(client, user, password?.reveal()))
    }

    /// - Parameter ca: a file with certificates; those that this machine trusts when nil.
    func useTLS(ca: String?) throws(SinkProblem) {
        guard let ca else { return try check(mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1)) }
        guard access(ca, R_OK) == 0 else {
            throw SinkProblem(Message("can't read \(ca): \(String(cString: strerror(errno)))"))
        }
        try check(mosquitto_tls_set(client, ca, nil, nil, nil, nil))
    }

    /// What the broker tells when this connection ends without a farewell.
    func setLastWill(_ will: SinkMessage) throws(SinkProblem) {
        let payload = Array(will.payload.utf8)
        try check(mosquitto_will_set(client, will.topic, Int32(payload.count), payload, 1, will.isRetained))
    }

    /// Opens the connection. Blocks until TCP has it, at most as long as the kernel tries.
    func connect(to host: String, _ port: Port) throws(SinkProblem) {
        try check(mosquitto_connect(client, host, Int32(port.number), Self.keepAlive))
    }

    /// - Returns: the number under which the acknowledgement comes.
    func publish(_ message: SinkMessage) throws(SinkProblem) -> Int32 {
        let payload = Array(message.payload.utf8)
        var number: Int32 = 0
        try check(
            mosquitto_publish(
                client, &number, message.topic, Int32(payload.count), payload, 1, message.isRetained))
        return number
    }

    /// Says farewell, so that the broker does not tell the last will.
    func disconnect() {
        guard mosquitto_disconnect(client) == MOSQ_ERR_SUCCESS.rawValue else { return }
        _ = mosquitto_loop_write(client, 1)
    }

    /// Waits until the broker has something, the bell rings or the time is over; reads and writes what there is.
    func turn(_ bell: Alarm, within time: Duration) throws(SinkProblem) {
        let socket = mosquitto_socket(client)
        guard socket >= 0 else { throw SinkProblem(code: MOSQ_ERR_CONN_LOST.rawValue, log: news.takeLog()) }
        let wanted = POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0)
        var polled = [
            pollfd(fd: socket, events: Int16(wanted), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = Int32(clamping: max(0, time.milliseconds))
        if poll(&polled, 2, milliseconds) < 0, errno != EINTR {
            throw SinkProblem(code: MOSQ_ERR_ERRNO.rawValue, log: nil)
        }
        bell.silence()
        if polled[0].revents & ~Int16(POLLOUT) != 0 { try check(mosquitto_loop_read(client, 1)) }
        if mosquitto_want_write(client) { try check(mosquitto_loop_write(client, 1)) }
        try check(mosquitto_loop_misc(client))
    }

    private func check(_ code: Int32) throws(SinkProblem) {
        guard code != MOSQ_ERR_SUCCESS.rawValue else { return }
        throw SinkProblem(code: code, log: news.takeLog())
    }
}

extension BrokerNews {
    fileprivate static func at(_ object: UnsafeMutableRawPointer?) -> BrokerNews? {
        object.map { Unmanaged<BrokerNews>.fromOpaque($0).takeUnretainedValue() }
    }
}
