import FleetConfig
import FleetService
import FleetViews

extension FleetProject {
    /// Tasks that run by themselves, from this machine or from a host's own cron.
    public var schedules: Schedules { Schedules(project: self) }

    /// What can be done with the schedules of tasks.yaml.
    public struct Schedules: Sendable {
        let project: FleetProject

        /// What runs by itself from this machine while ``run(_:on:heard:)`` does, and when next.
        ///
        /// - Parameter tasks: which tasks; all that have a schedule when empty.
        /// - Throws: for a task that there is not or that has no schedule, and when no task has one.
        public func list(_ tasks: [String] = []) async throws(FleetError) -> [Schedule] {
            try await project.ask(SchedulesQuery(tasks)) { SchedulesView($0).schedules }
        }

        /// A unit of systemd.service(5) that keeps a program going which calls ``run(_:on:heard:)``, or
        /// `fleet schedule run`.
        ///
        /// - Parameters:
        ///   - program: the program's absolute path.
        ///   - arguments: what follows it on the command line.
        /// - Throws: when a path has a line break.
        public func unit(
            running program: String, _ arguments: [String] = ["schedule", "run"]
        ) throws(FleetError) -> SystemdUnit {
            do {
                let service = project.service
                return SystemdUnit(
                    try ServiceUnit(
                        service.project, .schedule, program: program, arguments, home: service.home,
                        language: service.environment["LANG"]))
            } catch {
                throw FleetError(error)
            }
        }

        /// Finds out what this project has scheduled on hosts, and how many results wait there.
        public func list(on hosts: Selection) throws(FleetError) -> FleetOperation<HostReport<[HostSchedule]>> {
            try project.start(HostSchedulesOperation(on: hosts.selector)) {
                HostSchedulesView($0).schedules
            } failures: {
                $0.problems()
            }
        }

        /// Has a host run tasks by its own cron, while this machine is off.
        ///
        /// - Parameter tasks: which tasks; all that have a schedule when empty.
        public func push(
            _ tasks: [String] = [], to host: String
        ) throws(FleetError) -> FleetOperation<HostReport<[PushedSchedule]>> {
            try project.start(SchedulePushOperation(tasks, to: host)) {
                SchedulePushView($0).schedules
            } failures: {
                $0.map(\.outcome).problems()
            }
        }

        /// Takes schedules away from hosts, once the results that wait there are at home.
        ///
        /// - Parameter tasks: which tasks; all of this project when empty.
        /// - Returns: how many schedules went.
        public func remove(
            _ tasks: [String] = [], from hosts: Selection
        ) throws(FleetError) -> FleetOperation<HostReport<Int>> {
            try project.start(ScheduleRemoveOperation(tasks, from: hosts.selector)) {
                ScheduleRemoveView($0).removed
            } failures: {
                $0.collected.problems() + $0.removed.problems()
            }
        }
    }
}

/// A task that runs by itself from this machine.
public struct Schedule: Codable, Sendable, Hashable {
    /// The name of the definition.
    public let task: String
    /// Its times, as the file has them.
    public let schedule: String
    /// When it runs next; nil for a time that never comes.
    public let next: FleetTime?
}

/// What a host runs by itself since it was pushed there.
public struct PushedSchedule: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The name of the definition.
    public let task: String
    /// Its times, as crontab(5) has them.
    public let schedule: String
}

/// A task that a host runs by itself.
public struct HostSchedule: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The name of the definition.
    public let task: String
    /// Its times, as crontab(5) has them.
    public let schedule: String
    /// How many tasks the definition stands for.
    public let tasks: Int
    /// Whether cron knows it.
    public let installed: Bool
    /// How many runs have results that wait.
    public let waiting: Int
}
