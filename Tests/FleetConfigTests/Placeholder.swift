import Testing

@testable import FleetConfig
