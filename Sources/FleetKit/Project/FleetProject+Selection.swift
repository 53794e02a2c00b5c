import FleetConfig

extension FleetProject {
    /// Which hosts of the inventory an operation is for.
    public enum Selection: Sendable, Hashable {
        /// Every host.
        case all
        /// Names, patterns such as `worker-*`, and `tag:NAME`.
        case hosts([String])
        /// Names of groups.
        case groups([String])

        var selector: HostSelector {
            switch self {
            case .all: .all
            case .hosts(let names): HostSelector(hosts: names)
            case .groups(let names): HostSelector(hosts: [], groups: names)
            }
        }
    }
}
