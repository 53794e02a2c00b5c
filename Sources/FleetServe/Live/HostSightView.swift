import FleetBase
import FleetConfig
import FleetService

/// What is known of a host now, as the stream of events has it.
struct HostSightView: Encodable, Hashable {
    let name: String
    /// Null before the first look.
    let answers: Bool?
    /// When the figures were true.
    let seen: Timestamp?
    let failure: Failure?
    let cores: Int64?
    let load: Double?
    let memory: Int64?
    let memoryFree: Int64?
    let disk: Int64?
    let diskFree: Int64?
    let packages: [String: String]

    private enum CodingKeys: String, CodingKey {
        case name, answers, seen, failure, cores, load, memory, disk, packages
        case memoryFree = "memory_free"
        case diskFree = "disk_free"
    }

    init(_ host: HostName, _ sight: HostWatch.Sight) {
        name = host.text
        answers = sight.failure == nil
        (seen, failure) = (sight.seen, sight.failure)
        let facts = sight.facts
        (cores, load) = (facts?.number("cores"), facts?.loadAverage)
        (memory, memoryFree) = (facts?.number("memory"), facts?.number("memory_free"))
        (disk, diskFree) = (facts?.number("disk"), facts?.number("disk_free"))
        packages = facts?.packages.compactMapValues(\.current) ?? [:]
    }
}
