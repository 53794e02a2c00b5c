import Testing

@testable import FleetArguments
