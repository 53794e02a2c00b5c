import FleetBase
