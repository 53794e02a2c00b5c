import FleetConfig
import FleetHosts
import FleetRuns
import FleetService
import FleetViews

extension FleetProject {
    /// Runs of packages and tasks: begun, looked at, ended, brought home.
    public var runs: Runs { Runs(project: self) }

    /// What can be done with runs. A run is named by its name, the beginning of it, or `last`.
    public struct Runs: Sendable {
        let project: FleetProject

        /// Builds a package, runs it once on each host and brings the results home; hosts without its version get it first.
        ///
        /// - Parameter parameters: texts by name; what is left out has its default.
        public func start(
            _ package: String, parameters: [String: String] = [:], on hosts: Selection = .all,
            _ options: RunOptions = RunOptions()
        ) throws(FleetError) -> FleetOperation<RunResult> {
            var operation = RunOperation(
                package, parameters: parameters, on: hosts.selector, command: "FleetKit: run \(package)")
            (operation.engine, operation.method) = (options.engine, options.method?.own)
            operation.timeout = options.timeout.map { min($0, .longest) }
            operation.pushesFirst = options.pushesFirst
            return try project.start(operation) { result in
                if let problem = result.problem { throw problem }
                return RunView(result)
            }
        }

        /// Goes on with a run of tasks that was stopped, or whose program died.
        ///
        /// - Parameters:
        ///   - run: the last one that did not end when nil.
        ///   - hosts: those that the run had when nil.
        public func resume(
            _ run: String? = nil, on hosts: Selection? = nil, _ options: QueueOptions = QueueOptions()
        ) throws(FleetError) -> FleetOperation<TasksResult> {
            try project.start(ResumeOperation(run, on: hosts?.selector, options.own), view: TasksResult.view)
        }

        /// Stops a run, whether a program is at work on it or not, and ends its jobs on the hosts.
        public func cancel(_ run: String) throws(FleetError) -> FleetOperation<HostReport<CancelledRun>> {
            try project.start(CancelRunOperation(run)) {
                CancelledRunView($0)
            } failures: {
                $0.outcomes.flatMap(\.failures).map(HostProblem.init)
            }
        }

        /// Brings home the results of jobs that have ended on their hosts, and starts nothing.
        public func pull(_ run: String = "last") throws(FleetError) -> FleetOperation<HostReport<PulledRun>> {
            try project.start(PullOperation(run)) {
                PulledView($0)
            } failures: {
                $0.outcomes.problems()
            }
        }

        /// Brings home what hosts have done by their own schedules.
        public func collect(
            from hosts: Selection = .all
        ) throws(FleetError) -> FleetOperation<HostReport<[CollectedTask]>> {
            try project.start(CollectOperation(from: hosts.selector)) {
                CollectedView($0).collected
            } failures: {
                $0.problems()
            }
        }

        /// Finds what earlier programs have left on hosts, and removes what nobody needs.
        ///
        /// - Parameters:
        ///   - foreign: also jobs that another master has started.
        ///   - dryRun: whether nothing is removed.
        public func reap(
            on hosts: Selection = .all, foreign: Bool = false, dryRun: Bool = false
        ) throws(FleetError) -> FleetOperation<HostReport<[HostJob]>> {
            var operation = ReapOperation(on: hosts.selector)
            (operation.foreign, operation.isDryRun) = (foreign, dryRun)
            return try project.start(operation) {
                JobsView($0).jobs
            } failures: {
                HostJob.problems(in: $0)
            }
        }

        /// Ends every job of fleet's on hosts, whoever started it, and removes what it left.
        ///
        /// - Parameter dryRun: whether nothing is removed.
        public func stop(
            on hosts: Selection, dryRun: Bool = false
        ) throws(FleetError) -> FleetOperation<HostReport<[HostJob]>> {
            try project.start(StopJobsOperation(on: hosts.selector, isDryRun: dryRun)) {
                JobsView($0).jobs
            } failures: {
                HostJob.problems(in: $0)
            }
        }
    }
}
