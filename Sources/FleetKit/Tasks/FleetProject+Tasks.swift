import FleetRuns
import FleetService
import FleetViews

extension FleetProject {
    /// What tasks.yaml has to be done: sweeps of parameters, over all hosts that fit.
    public var tasks: Tasks { Tasks(project: self) }

    /// What can be done with the tasks of a file.
    public struct Tasks: Sendable {
        let project: FleetProject

        /// Runs tasks on the hosts that fit, until each has its result. What an earlier run has done is not done again,
        /// unless the options say so. If this program ends before, ``Runs/resume(_:on:_:)`` goes on.
        public func run(
            _ choice: TaskChoice = .all, on hosts: Selection? = nil, _ options: TaskOptions = TaskOptions()
        ) throws(FleetError) -> FleetOperation<TasksResult> {
            var operation = TasksOperation(
                choice.words, on: hosts?.selector, options.queue.own, command: choice.command("tasks run"))
            operation.options.backend = options.backend.own
            operation.isAgain = options.again
            operation.verify = options.verify
            return try project.start(operation, view: TasksResult.view)
        }

        /// Finds out which hosts can do the tasks, and why others can't; nothing is sent or started.
        public func plan(
            _ choice: TaskChoice = .all, on hosts: Selection = .all
        ) throws(FleetError) -> FleetOperation<TaskPlan> {
            try project.start(TaskPlanOperation(choice.words, on: hosts.selector)) { TaskPlanView($0) }
        }

        /// Finds out which tasks have a result, as the files are now: packages are built to know their versions.
        public func status(
            of choice: TaskChoice = .all
        ) throws(FleetError) -> FleetOperation<[TaskStatus]> {
            try project.start(TaskStatusOperation(choice.words)) { TaskStatusView($0).tasks }
        }
    }
}

/// Which tasks are meant, of which file.
public struct TaskChoice: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The names of definitions; all of the file when empty.
    public var names: [String]
    /// The absolute path of the file; the project's tasks.yaml when nil.
    public var file: String?

    /// All tasks of the project's tasks.yaml.
    public static let all = TaskChoice([])

    /// Some tasks of a file; all of it when no names are given.
    public init(_ names: [String], in file: String? = nil) { (self.names, self.file) = (names, file) }

    /// Some tasks of the project's tasks.yaml.
    public init(arrayLiteral names: String...) { self.init(names) }

    fileprivate var words: TaskWords { TaskWords(file: file, names: names) }

    /// What the ledger keeps of who started it.
    fileprivate func command(_ verb: String) -> String {
        (["FleetKit:", verb] + [file].compactMap(\.self) + names).joined(separator: " ")
    }
}

extension TasksResult {
    /// - Throws: when the ledger does not have the end of the run.
    static func view(of report: QueueReport) throws -> TasksView {
        if let problem = report.problem { throw problem }
        return TasksView(report)
    }
}
