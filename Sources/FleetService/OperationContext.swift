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

    package var project: Project { fleet.project }
    package var inventory: Inventory { fleet.inventory }
    package var events: EventSource { fleet.events }

    package func ledger() async throws(LedgerError) -> Ledger { try await service.ledger.open() }
}
