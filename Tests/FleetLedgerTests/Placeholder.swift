import Testing

@testable import FleetLedger
