import FleetBase
import FleetConfig
import FleetEvents

/// Which messages say a thing: the event itself, and what the topics of the older systems have of it.
struct SinkTopics: Sendable {
    let log: String
    private let area: String
    private let language: Language

    init(_ broker: BrokerAddress, _ language: Language) {
        (log, area, self.language) = (broker.topic, broker.area, language)
    }

    func status(isOnline: Bool) -> SinkMessage {
        SinkMessage(topic: area + "/fleet/status", payload: isOnline ? "online" : "offline", isRetained: true)
    }

    /// - Parameter workers: who was known and busy before; it is brought up to date.
    func messages(of item: SinkItem, _ workers: inout SinkWorkers) -> [SinkMessage] {
        let changes = workers.take(item)
        switch item {
        case .event(let event): return changes.map(status) + [SinkMessage(topic: log, payload: json(event))]
        case .work: return changes.map(status)
        case .gone(let epoch, let range):
            return [SinkMessage(topic: log, payload: json(GoneMessage(epoch, range)))]
        case .host(let name, let address):
            let body = JSONValue.object(["name": .string(name), "address": .string(address)])
            return [SinkMessage(topic: area + "/workers/register", payload: json(body))]
        }
    }

    private func status(_ change: SinkWorkers.Change) -> SinkMessage {
        let body = JSONValue.object([
            "worker_id": .string(change.host), "status": .string(change.isBusy ? "busy" : "idle"),
        ])
        return SinkMessage(topic: area + "/workers/status", payload: json(body))
    }

    /// As `fleet events --json` prints it.
    private func json(_ value: some Encodable) -> String {
        HostText.escape(json: (try? JSONText.encode(value, in: language)) ?? "{}")
    }
}
