import FleetBase
import FleetConfig
import FleetService

/// The password of one broker, taken from where the master has it when it is first needed, and again when the broker has
/// refused it.
struct SinkLogin {
    private let sink: EventSink
    private let service: FleetService
    private var password: Secret?

    init(_ sink: EventSink, _ service: FleetService) { (self.sink, self.service) = (sink, service) }

    mutating func use(for client: borrowing BrokerClient) throws(SinkProblem) {
        guard let user = sink.user else { return }
        if password == nil, let source = sink.password {
            do throws(ServiceError) {
                password = try service.secret("password", from: source)
            } catch {
                throw SinkProblem(error.message)
            }
        }
        try client.login(user, password)
    }

    mutating func forget() { password = nil }
}
