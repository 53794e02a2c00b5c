import FleetBase
package import FleetConfig
package import FleetEvents
package import FleetHosts
package import FleetLedger

/// What an operation works with.
package struct OperationContext: Sendable {
    package let id: OperationID
    package let service: FleetService
    /// The hosts as the inventory had them when the operation began.
    package let fleet: Fleet
    /// Who takes the output of commands instead of the result.
    package let output: OutputSink?
    /// Puts questions to a person; nil where nobody can be asked.
    let approver: Approver?
    /// Asks a person for passwords; nil where nobody can be asked.
    let passwords: PasswordReader?

    package var project: Project { fleet.project }
    package var inventory: Inventory { fleet.inventory }
    package var events: EventSource { fleet.events }

    /// The hosts that are meant, in the inventory's order; who listens hears which.
    ///
    /// - Throws: when the inventory names none.
    package func hosts(_ selector: HostSelector?) throws(ConfigError) -> [Host] {
        let hosts = try (selector ?? .all).select(from: inventory)
        guard !hosts.isEmpty else {
            throw ConfigError(
                .unknownName, Message("the inventory names no host"),
                hint: Message("add one: fleet host add NAME ADDRESS"))
        }
        events.tell(.hostsChosen(Event.HostNames(hosts.map(\.name))))
        return hosts
    }

    package func ledger() async throws(LedgerError) -> Ledger { try await service.ledger.open() }
}
