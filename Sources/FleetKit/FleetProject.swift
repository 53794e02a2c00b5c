import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetReleases
import FleetRuns
import FleetService

/// A fleet project and its hosts: what the program `fleet` does, for other Swift programs.
///
///     let fleet = try FleetProject(at: "/home/ana/work")
///     for answer in try await fleet.execute(["uname", "-a"]) { print(answer.host, answer.result) }
///     await fleet.close()
///
/// Every call that works on hosts comes in two forms: one that waits for the result, and one that starts an operation,
/// whose events can be followed and which can be cancelled. Operations of several programs on one project hear of each
/// other: see ``events(after:)`` and ``cancel(_:)``.
public final class FleetProject: Sendable {
    /// Which hosts an operation is for.
    public enum Selection: Sendable, Hashable {
        case all
        /// Names, patterns such as `worker-*`, and `tag:NAME`.
        case hosts([String])
        case groups([String])

        var selector: HostSelector {
            switch self {
            case .all: .all
            case .hosts(let names): HostSelector(hosts: names)
            case .groups(let names): HostSelector(hosts: [], groups: names)
            }
        }
    }

    private let service: FleetService

    /// - Parameters:
    ///   - folder: the project's folder, which holds `inventory/hosts.yaml`.
    ///   - warn: told of each line of `~/.ssh/config` that fleet can't honour.
    /// - Throws: when the inventory can't be read.
    public init(at folder: String, warn: @escaping @Sendable (String) -> Void = { _ in }) throws(FleetError) {
        let environment = Environment.current
        service = FleetService(
            Project(folder: folder), home: Environment.home(in: environment), environment: environment
        ) { warn($0.text(in: .english)) }
        _ = try hosts
    }

    /// Waits until every event is written down, and closes the connections.
    public func close() async { await service.close() }

    /// The hosts of the inventory, in its order, as the file has them now.
    public var hosts: [String] {
        get throws(FleetError) {
            do { return try service.currentInventory.hosts.map(\.name.text) } catch { throw FleetError(error) }
        }
    }

    // MARK: Operations

    /// Finds out which hosts are alive, and what they are.
    public func startCheck(_ selection: Selection = .all) throws(FleetError) -> FleetOperation<[HostResult<HostFacts>]>
    {
        try start(CheckOperation(hosts: selection.selector)) { result in
            result.outcomes.map { HostResult($0, HostFacts.init) }
        }
    }

    /// Runs a command: one word is a line for the shell, several are a program and its arguments. A status other than 0
    /// is in the answer; a failure is what kept the command from running or from ending.
    public func startExecution(
        of words: [String], on selection: Selection = .all, timeout: Duration = .seconds(600)
    ) throws(FleetError) -> FleetOperation<[HostResult<CommandOutput>]> {
        var execution = Execution(words: words)
        execution.timeout = min(timeout, .longest)
        return try start(ExecOperation(execution, on: selection.selector)) { outcomes in
            outcomes.map { HostResult($0, reading: CommandOutput.init) }
        }
    }

    /// Builds a package of the project and brings it to hosts.
    public func startPush(
        of package: String, to selection: Selection
    ) throws(FleetError) -> FleetOperation<[HostResult<PushResult>]> {
        try start(PushOperation([package], to: selection.selector)) { pushed in
            pushed.flatMap { $0.outcomes.map { HostResult($0, PushResult.init) } }
        }
    }

    /// Runs a package once on each host and brings the results home; hosts without its version get it first.
    ///
    /// - Parameters:
    ///   - parameters: texts by name; what is left out has its default.
    ///   - engine: an engine of the package; nil takes the first one that a host can run.
    public func startRun(
        of package: String, parameters: [String: String] = [:], engine: String? = nil, on selection: Selection = .all,
        timeout: Duration = .seconds(3600)
    ) throws(FleetError) -> FleetOperation<[HostResult<TaskResult>]> {
        var operation = RunOperation(
            package, parameters: parameters, on: selection.selector, command: "FleetKit: run \(package)")
        operation.engine = engine
        operation.timeout = min(timeout, .longest)
        return try start(operation) { result in
            if let problem = result.problem { throw problem }
            return result.outcomes.map(HostResult.init)
        }
    }

    /// Runs tasks of the project's tasks.yaml on the hosts that fit, until each has its result: what a sweep is.
    ///
    /// - Parameters:
    ///   - names: which tasks; all when empty.
    ///   - again: also what an earlier run has done.
    public func startTasks(
        _ names: [String] = [], on selection: Selection = .all, again: Bool = false
    ) throws(FleetError) -> FleetOperation<TasksResult> {
        var operation = TasksOperation(
            TaskWords(names: names), on: selection.selector, command: "FleetKit: tasks run")
        operation.isAgain = again
        return try start(operation, TasksResult.init)
    }

    /// Goes on with a run that was stopped, or whose program died.
    ///
    /// - Parameter run: its name; nil for the last one that did not end.
    public func startResumption(of run: String? = nil) throws(FleetError) -> FleetOperation<TasksResult> {
        try start(ResumeOperation(run), TasksResult.init)
    }

    // MARK: The same, waited for

    /// See ``startCheck(_:)``.
    public func check(_ selection: Selection = .all) async throws(FleetError) -> [HostResult<HostFacts>] {
        try await startCheck(selection).result
    }

    /// See ``startExecution(of:on:timeout:)``.
    public func execute(
        _ words: [String], on selection: Selection = .all, timeout: Duration = .seconds(600)
    ) async throws(FleetError) -> [HostResult<CommandOutput>] {
        try await startExecution(of: words, on: selection, timeout: timeout).result
    }

    /// See ``startPush(of:to:)``.
    public func push(
        _ package: String, to selection: Selection
    ) async throws(FleetError) -> [HostResult<PushResult>] {
        try await startPush(of: package, to: selection).result
    }

    /// See ``startRun(of:parameters:engine:on:timeout:)``.
    public func run(
        _ package: String, parameters: [String: String] = [:], engine: String? = nil, on selection: Selection = .all,
        timeout: Duration = .seconds(3600)
    ) async throws(FleetError) -> [HostResult<TaskResult>] {
        try await startRun(of: package, parameters: parameters, engine: engine, on: selection, timeout: timeout).result
    }

    /// See ``startTasks(_:on:again:)``.
    public func runTasks(
        _ names: [String] = [], on selection: Selection = .all, again: Bool = false
    ) async throws(FleetError) -> TasksResult {
        try await startTasks(names, on: selection, again: again).result
    }

    /// See ``startResumption(of:)``.
    public func resume(_ run: String? = nil) async throws(FleetError) -> TasksResult {
        try await startResumption(of: run).result
    }

    // MARK: What others do

    /// Everything that operations on this project tell, whichever program performs them.
    ///
    /// - Parameter sequence: what the listener has seen last, as ``FleetEvent/sequence`` has it; nil for what comes from
    ///   now on.
    public func events(after sequence: String? = nil) async throws(FleetError) -> FleetEvents {
        do {
            guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
            let place: EventSequence
            if let sequence { place = try EventSequence(parsing: sequence) } else { place = try await feed.last() }
            return FleetEvents(service.bus.follow(after: place))
        } catch {
            throw FleetError(error)
        }
    }

    /// Ends an operation in good order, whichever program performs it.
    ///
    /// - Parameter operation: its name, as ``FleetOperation/id`` and ``FleetEvent/operation`` have it.
    /// - Throws: for what is no name of an operation.
    public func cancel(_ operation: String) async throws(FleetError) {
        guard let id = OperationID(reading: operation) else {
            throw FleetError(message: "\"\(operation)\" is not the name of an operation", hint: nil)
        }
        await service.cancel(id)
    }

    private func start<Work: Operation, Value: Sendable>(
        _ operation: Work, _ convert: @escaping @Sendable (Work.Result) throws -> Value
    ) throws(FleetError) -> FleetOperation<Value> {
        do {
            let follower = service.bus.follow()
            return FleetOperation(try service.start(operation), follower, convert)
        } catch {
            throw FleetError(error)
        }
    }
}
