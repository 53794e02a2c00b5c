import CMosquitto
import FleetBase
import Glibc

/// Why events don't get to a broker now.
struct SinkProblem: Error {
    let message: Message

    init(_ message: Message) { self.message = message }

    /// What a call of libmosquitto has answered, with what it has logged meanwhile.
    ///
    /// - Parameter log: tells more of TLS than the code does.
    init(code: Int32, log: String?) {
        let reason = Self.words(code)
        message = log.map { Message("\(reason): \($0)") } ?? reason
    }

    /// What comes often, in the reader's language.
    private static func words(_ code: Int32) -> Message {
        switch code {
        case MOSQ_ERR_CONN_LOST.rawValue: Message("the broker has ended the connection")
        case MOSQ_ERR_KEEPALIVE.rawValue: silent.message
        case MOSQ_ERR_EAI.rawValue: Message("nobody knows the address of the broker")
        case MOSQ_ERR_TLS.rawValue: Message("there is no TLS with the broker")
        case MOSQ_ERR_OVERSIZE_PACKET.rawValue: Message("the broker takes no event of this size")
        case MOSQ_ERR_ERRNO.rawValue: Message(verbatim: String(cString: strerror(errno)))
        default: Message(verbatim: plain(mosquitto_strerror(code)))
        }
    }

    /// The library's own words, without the full stop.
    private static func plain(_ text: UnsafePointer<CChar>) -> String {
        let text = String(cString: text)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// A broker that lets nobody in, by its CONNACK.
    static func refused(_ code: Int32) -> SinkProblem {
        let reason = plain(code < 0x80 ? mosquitto_connack_string(code) : mosquitto_reason_string(code))
        return SinkProblem(Message("the broker refuses the connection: \(reason)"))
    }

    /// A broker that does not take a message, by its PUBACK.
    static func rejected(_ code: Int32, _ topic: String) -> SinkProblem {
        let reason = plain(mosquitto_reason_string(code))
        return SinkProblem(Message("the broker does not take what goes to \(topic): \(reason)"))
    }

    static let silent = SinkProblem(Message("the broker does not answer"))
}
