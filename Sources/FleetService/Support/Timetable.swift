import FleetBase
package import FleetConfig
import FleetHosts

/// Runs tasks at their times, each as an operation of its own, until its task is cancelled.
package struct Timetable: Sendable {
    /// As the feed names the operation that holds it.
    package static let name = "schedule run"

    package enum News: Sendable {
        /// The time of a task has come.
        case starts(task: String)
        /// A task still runs, and is left out this time.
        case leftOut(task: String)
        /// The file can't be read now; it is looked at again later.
        case unreadable(any Error)
    }

    private enum Signal: Sendable { case tick, ended(String) }

    /// A file that was edited is seen within it.
    private static let longestNap = Duration.seconds(30)

    private let names: [String]
    private let hosts: HostSelector
    private let service: FleetService
    /// What runs by itself, as the file has it when the table is made.
    package let schedules: [OwnSchedule]

    /// - Parameters:
    ///   - names: some of the tasks; all that have a schedule when empty.
    ///   - hosts: on which the tasks may run.
    package init(_ names: [String], on hosts: HostSelector?, in context: OperationContext) throws {
        self.names = names
        self.hosts = HostSelector(hosts: try context.hosts(hosts).map(\.name.text))
        service = context.service
        schedules = try context.project.timedTasks(names, context.inventory).map(OwnSchedule.init)
    }

    /// - Parameters:
    ///   - tell: told what happens.
    ///   - perform: performs the operation of a task, and shows what came of it.
    package func run(
        _ tell: @escaping @Sendable (News) -> Void, perform: @escaping @Sendable (TasksOperation) async -> Void
    ) async {
        var running: Set<String> = []
        var clock = ScheduleClock(.now)
        await withTaskGroup(of: Signal.self) { group in
            while !Task.isCancelled {
                let timed = current(tell)
                let now = Timestamp.now
                let look = clock.look(at: now)
                for name in timed.filter({ $0.schedule.isDue(look) }).map(\.task.name) {
                    guard running.insert(name).inserted else {
                        tell(.leftOut(task: name))
                        continue
                    }
                    group.addTask {
                        tell(.starts(task: name))
                        await perform(operation(name))
                        return .ended(name)
                    }
                }
                let nap = nap(before: timed, now)
                group.addTask {
                    try? await Task.sleep(for: nap)
                    return .tick
                }
                // Runs that end meanwhile leave the tick to wake up for.
                while case .ended(let name) = await group.next() { running.remove(name) }
            }
            group.cancelAll()
        }
    }

    private func operation(_ task: String) -> TasksOperation {
        var operation = TasksOperation(TaskWords(names: [task]), on: hosts, command: "fleet schedule: \(task)")
        operation.isAgain = true
        return operation
    }

    private func nap(before timed: [TimedTask], _ now: Timestamp) -> Duration {
        let times = timed.compactMap { $0.schedule.next(after: now)?.duration(since: now) }
        return min(times.min() ?? Self.longestNap, Self.longestNap)
    }

    private func current(_ tell: (News) -> Void) -> [TimedTask] {
        do {
            return try service.project.timedTasks(names, service.currentInventory)
        } catch {
            tell(.unreadable(error))
            return []
        }
    }
}
