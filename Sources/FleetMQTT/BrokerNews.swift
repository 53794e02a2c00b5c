/// What a broker has answered and nobody has taken yet: the callbacks of one client write it down and do nothing else.
///
/// For the thread of that client alone.
final class BrokerNews {
    struct Acknowledgement {
        let message: Int32
        /// Of MQTT 5.0 (section 2.4): from 0x80 on the broker did not take the message.
        let reason: Int32
    }

    /// The code of the CONNACK; 0 is a welcome.
    var answer: Int32?
    private var acknowledged: [Acknowledgement] = []
    /// The last error that the library has logged.
    private var logged: String?

    func acknowledge(_ message: Int32, _ reason: Int32) {
        acknowledged.append(Acknowledgement(message: message, reason: reason))
    }

    func takeAcknowledgements() -> [Acknowledgement] {
        defer { acknowledged = [] }
        return acknowledged
    }

    func log(_ text: String) { logged = text }

    func takeLog() -> String? {
        defer { logged = nil }
        return logged
    }
}
