import Testing

@testable import FleetPackage
