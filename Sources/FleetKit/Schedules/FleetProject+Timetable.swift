import FleetService

extension FleetProject.Schedules {
    /// What happens while tasks run at their times.
    public enum News: Sendable {
        /// The time of a task has come.
        case starts(task: String)
        /// A task still runs, and is left out this time.
        case leftOut(task: String)
        /// A task's run has ended; what came of it, or what kept it from beginning.
        case ended(task: String, Result<TasksResult, FleetError>)
        /// tasks.yaml or the inventory can't be read now; it is looked at again later.
        case unreadable(FleetError)
    }

    /// Runs tasks at their times from this machine, each as an operation of its own, until it is cancelled. tasks.yaml is
    /// read anew before each run.
    ///
    /// - Parameters:
    ///   - tasks: which tasks; all that have a schedule when empty.
    ///   - heard: told what happens, by any thread.
    public func run(
        _ tasks: [String] = [], on hosts: FleetProject.Selection = .all,
        heard: @escaping @Sendable (News) -> Void = { _ in }
    ) throws(FleetError) -> FleetOperation<Void> {
        let service = project.service
        do {
            let follower = service.bus.follow()
            let handle = try service.start(Timetable.name) { context in
                try await Timetable(tasks, on: hosts.selector, in: context).run({ heard(News($0)) }) { operation in
                    await heard(.ended(task: operation.choice.names.joined(), service.result(of: operation)))
                }
            }
            return FleetOperation(handle, follower) { $0 }
        } catch {
            throw FleetError(error)
        }
    }
}

extension FleetProject.Schedules.News {
    fileprivate init(_ news: Timetable.News) {
        self =
            switch news {
            case .starts(let task): .starts(task: task)
            case .leftOut(let task): .leftOut(task: task)
            case .unreadable(let error): .unreadable(FleetError(error))
            }
    }
}

extension FleetService {
    fileprivate func result(of operation: TasksOperation) async -> Result<TasksResult, FleetError> {
        do {
            return .success(try Reading.value(of: TasksResult.view(of: try await start(operation).result)))
        } catch {
            return .failure(FleetError(error))
        }
    }
}
