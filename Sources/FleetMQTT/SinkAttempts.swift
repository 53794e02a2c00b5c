import CMosquitto
import FleetBase
import FleetConfig

/// What one try at a broker leaves to the next one.
struct SinkAttempts {
    var login: SinkLogin
    private(set) var memory: SinkMemory?
    var pause = Pause()
    /// In MQTT 5.0 a broker says when it does not take a message; in 3.1.1 it acknowledges it all the same.
    private(set) var version = MQTT_PROTOCOL_V5

    init(login: SinkLogin) { self.login = login }

    /// - Throws: while another program has the cursor.
    mutating func remember(_ project: Project, _ broker: BrokerAddress) throws(SinkProblem) -> SinkMemory {
        if let memory { return memory }
        let memory = try SinkMemory(project, broker)
        self.memory = memory
        return memory
    }

    mutating func hear(refusal code: Int32) {
        // The password may be another one by now.
        login.forget()
        if code == Int32(MQTT_RC_UNSUPPORTED_PROTOCOL_VERSION.rawValue) || code == 1 { version = MQTT_PROTOCOL_V311 }
    }
}
