import FleetArguments
import FleetBase
import FleetConfig
import FleetService

/// `fleet schedule run`: runs tasks at their times until it is stopped.
struct ScheduleRun: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run tasks at their times, until this command is stopped"),
        discussion: Message(
            "tasks.yaml is read anew before each run. A task whose last run has not ended yet is left out that time."),
        seeAlso: ["fleet schedule install", "fleet schedule push", "fleet runs"])

    /// A file that was edited is seen within it.
    private static let longestNap = Duration.seconds(30)

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(
        valueName: "NAME", help: Message("which tasks; all that have a schedule when left out"),
        completion: .values("tasks"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            for (task, schedule) in try session.scheduled(names) {
                let next = schedule.next(after: .now)?.localText ?? "–"
                session.console.note(Message("\(task.name): \(schedule.text), next at \(next)"))
            }
            await repeating(session, on: hosts)
            throw Ended(code: .cancelled)
        }
    }

    private enum Signal: Sendable { case tick, ended(String) }

    private func repeating(_ session: Session, on hosts: [Host]) async {
        var running: Set<String> = []
        var clock = ScheduleClock(.now)
        await withTaskGroup(of: Signal.self) { group in
            while !Task.isCancelled {
                let schedules = current(session)
                let now = Timestamp.now
                let look = clock.look(at: now)
                for (name, schedule) in schedules where schedule.isDue(look) {
                    guard running.insert(name).inserted else {
                        session.console.warning(Message("\(name) still runs, and is left out this time"))
                        continue
                    }
                    group.addTask {
                        await perform(name, session, on: hosts)
                        return .ended(name)
                    }
                }
                let times = schedules.compactMap { $0.schedule.next(after: now)?.duration(since: now) }
                let nap = min(times.min() ?? Self.longestNap, Self.longestNap)
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

    /// A file that can't be read now is told, and looked at again later.
    private func current(_ session: Session) -> [(name: String, schedule: TaskSchedule)] {
        do {
            return try session.scheduled(names).map { ($0.task.name, $0.schedule) }
        } catch {
            session.console.show(error)
            return []
        }
    }

    private func perform(_ name: String, _ session: Session, on hosts: [Host]) async {
        session.console.note(Message("\(Timestamp.now.localText): \(name)"))
        do {
            var operation = TasksOperation(
                TaskWords(names: [name]), on: HostSelector(hosts: hosts.map(\.name.text)),
                command: "fleet schedule: \(name)")
            operation.isAgain = true
            _ = try await session.perform(operation) { try $0.show(json: false, $1) }
        } catch {
            session.console.show(error)
        }
    }
}
