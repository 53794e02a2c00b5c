import FleetService
import FleetViews

extension FleetProject {
    /// Packages on hosts: pushed, compared, checked, taken back, removed.
    public var releases: Releases { Releases(project: self) }

    /// What can be done with the releases of packages on hosts.
    public struct Releases: Sendable {
        let project: FleetProject

        /// Builds packages and brings them to hosts; each host gets what it lacks.
        ///
        /// - Parameter packages: which packages; all when empty.
        /// - Returns: a row for each package and host.
        public func push(
            _ packages: [String] = [], to hosts: Selection, _ options: PushOptions = PushOptions()
        ) throws(FleetError) -> FleetOperation<[HostResult<PushResult>]> {
            try project.start(PushOperation(packages, to: hosts.selector, try options.own)) { PushView($0).hosts }
        }

        /// Finds out what a push would do, and changes no host: see ``PushResult/steps``.
        public func planPush(
            _ packages: [String] = [], to hosts: Selection, _ options: PushOptions = PushOptions()
        ) throws(FleetError) -> FleetOperation<[HostResult<PushResult>]> {
            var own = try options.own
            own.dryRun = true
            return try project.start(PushOperation(packages, to: hosts.selector, own)) { PushView($0).hosts }
        }

        /// Finds out which host has which versions of packages, and remembers it.
        ///
        /// - Parameter packages: which packages; all that are built here or lie on a host when empty.
        public func versions(
            of packages: [String] = [], on hosts: Selection = .all
        ) throws(FleetError) -> FleetOperation<InstalledVersions> {
            try project.start(VersionsOperation(packages, on: hosts.selector)) { VersionsView($0) }
        }

        /// Reads what lies on hosts again, and tells what has changed.
        ///
        /// - Parameters:
        ///   - packages: which packages; all when empty.
        ///   - repairing: whether damaged versions are sent anew.
        public func verify(
            _ packages: [String] = [], on hosts: Selection = .all, repairing: Bool = false
        ) throws(FleetError) -> FleetOperation<[HostVerification]> {
            var operation = VerifyOperation(packages, on: hosts.selector)
            operation.repairs = repairing
            return try project.start(operation) { VerifyView($0).hosts }
        }

        /// Makes an earlier version of a package current again.
        ///
        /// - Parameter version: its beginning is enough; the version that was current before when nil.
        public func rollBack(
            _ package: String, to version: String? = nil, on hosts: Selection
        ) throws(FleetError) -> FleetOperation<[HostResult<RollbackResult>]> {
            try project.start(RollbackOperation(package, to: version, on: hosts.selector)) {
                RollbackView($0).hosts
            }
        }

        /// Removes old versions of packages.
        ///
        /// - Parameters:
        ///   - packages: which packages; all when empty.
        ///   - keep: how many versions of each stay on a host. With 0 the current one goes as well, which is for packages
        ///     that were named.
        ///   - hosts: none when nil.
        ///   - onMaster: whether this machine forgets, too, what no host has.
        ///   - dryRun: whether nothing is removed, but found out alone.
        public func prune(
            _ packages: [String] = [], keep: Int, on hosts: Selection?, onMaster: Bool = false, dryRun: Bool = false
        ) throws(FleetError) -> FleetOperation<PruneResult> {
            var operation = PruneOperation(packages, keep: keep, on: hosts?.selector)
            operation.prunesMaster = onMaster
            operation.dryRun = dryRun
            return try project.start(operation) { PruneView($0) }
        }
    }
}
