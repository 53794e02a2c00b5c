import FleetBase
import FleetHosts
import FleetReleases

/// How a push goes about it.
public struct PushOptions: Sendable, Hashable {
    /// Whether whole releases are sent, also where a difference would do.
    public var whole = false
    /// How many bytes a second go out at most, to all hosts together; as many as can when nil.
    public var bytesPerSecond: Int64?
    /// On how many hosts at once; 16 when nil.
    public var width: Int?
    /// How many hosts come after the other; all together when nil.
    public var batch: HostShare?
    /// With batches: no further one begins when more hosts than these have failed; none may fail when nil.
    public var maxFailures: HostShare?

    /// A push to all hosts at once.
    public init() {}

    var own: FleetReleases.PushOptions {
        get throws(FleetError) {
            var options = FleetReleases.PushOptions()
            options.whole = whole
            options.rate = bytesPerSecond.map { ByteCount($0) }
            if let width { options.width = width }
            options.batch = try batch?.own
            options.maxFailures = try maxFailures?.own
            return options
        }
    }
}

/// A number of hosts, or a part of them in percent.
public enum HostShare: Sendable, Hashable {
    /// So many hosts.
    case count(Int)
    /// So many of hundred hosts, from 0 to 100; a part of a host is none.
    case percent(Int)

    fileprivate var own: FleetHosts.HostShare {
        get throws(FleetError) {
            switch self {
            case .count(let number) where number >= 0: .count(number)
            case .percent(let part) where (0...100).contains(part): .percent(part)
            case .count, .percent: throw FleetError(.usage, "\(self) is no share of the hosts")
            }
        }
    }
}
