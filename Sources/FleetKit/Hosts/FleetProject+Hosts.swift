import FleetBase
import FleetConfig
import FleetHosts
import FleetService
import FleetViews

extension FleetProject {
    /// Hosts as they are now: looked at, spoken to, added, prepared.
    public var hosts: Hosts { Hosts(project: self) }

    /// What can be done with hosts.
    public struct Hosts: Sendable {
        let project: FleetProject

        /// Logs in to hosts, and tells how long a login and one command took.
        public func ping(_ hosts: Selection = .all) throws(FleetError) -> FleetOperation<[HostResult<Ping>]> {
            try project.start(PingOperation(hosts: hosts.selector)) { PingView($0).hosts }
        }

        /// Finds out which hosts are alive, what they are and have, and remembers it.
        public func check(_ hosts: Selection = .all) throws(FleetError) -> FleetOperation<[HostResult<CheckedHost>]> {
            try project.start(CheckOperation(hosts: hosts.selector)) { CheckView($0).hosts }
        }

        /// Makes a connection to each host step by step, looks at the host itself, and tells what is wrong and what mends it.
        public func examine(_ hosts: Selection = .all) throws(FleetError) -> FleetOperation<[ExaminedHost]> {
            try project.start(DoctorOperation(hosts: hosts.selector)) { DoctorView($0).hosts }
        }

        /// Logs in to hosts anew, sends 1 MiB up and down, and runs a tiny job by every method that they have. Nothing of it
        /// stays there.
        public func attempt(_ hosts: Selection = .all) throws(FleetError) -> FleetOperation<[HostResult<TriedHost>]> {
            try project.start(DeepCheckOperation(hosts: hosts.selector)) { DeepCheckView($0).hosts }
        }

        /// Runs a command. A status other than 0 is in the answer; a failure is what kept the command from running or from
        /// ending, and output of more than 64 MiB.
        ///
        /// - Parameter width: on how many hosts at once.
        public func execute(
            _ command: HostCommand, on hosts: Selection = .all, width: Int? = nil
        ) throws(FleetError) -> FleetOperation<[HostResult<CommandOutput>]> {
            let operation = ExecOperation(command.execution, on: hosts.selector, width: width ?? Fleet.width)
            return try project.begin(operation) { outcomes in
                outcomes.map { HostResult($0, reading: CommandOutput.init) }
            }
        }

        /// Adds a host to the inventory: pins its key, logs in, looks around, and writes it down. Nothing is written when
        /// the login fails.
        ///
        /// - Parameters:
        ///   - keys: who vouches for its key.
        ///   - isCalled: whether the host is called before it is written down; else its key is not pinned.
        public func add(
            _ host: NewHost, _ keys: KeyPolicy, isCalled: Bool = true
        ) throws(FleetError) -> FleetOperation<AddedHost> {
            var operation = HostAddOperation(try host.draft, keys.approval)
            operation.isCalled = isCalled
            operation.takesTwins = true
            return try project.start(operation, approver: keys.approver) { HostAddView($0) }
        }

        /// Takes a host out of the inventory; nothing is done on the host itself.
        ///
        /// - Returns: the name of the host, once it is gone.
        public func remove(_ host: String) throws(FleetError) -> FleetOperation<String> {
            do {
                return try project.start(HostRemoveOperation(try HostName(host)), approver: { _ in true }) {
                    HostRemoveView($0).removed
                }
            } catch {
                throw FleetError(error)
            }
        }

        /// Writes down the keys by which hosts are known from now on. Hosts without SSH are passed over.
        ///
        /// - Parameters:
        ///   - keys: who vouches for the keys.
        ///   - replacing: whether the new key may take the place of the pinned one.
        public func pin(
            _ hosts: Selection, _ keys: KeyPolicy, replacing: Bool = false
        ) throws(FleetError) -> FleetOperation<[HostResult<PinnedKey>]> {
            var operation = HostPinOperation(hosts.selector, keys.approval)
            operation.replaces = replacing
            return try project.start(operation, approver: keys.approver) { HostPinView($0).hosts }
        }

        /// Installs on hosts what fleet can use there, by their own package managers.
        ///
        /// - Parameters:
        ///   - supplies: what they should have, one thing at least.
        ///   - dryRun: whether the hosts are only asked what they lack.
        public func prepare(
            _ hosts: Selection, with supplies: [Supply], dryRun: Bool = false
        ) throws(FleetError) -> FleetOperation<[HostPreparation]> {
            var operation = HostPrepareOperation(supplies.map(\.own), on: hosts.selector)
            operation.dryRun = dryRun
            return try project.start(operation, approver: { _ in true }) { HostPrepareView($0).hosts }
        }
    }
}
