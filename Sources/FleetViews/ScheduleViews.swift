package import FleetBase
package import FleetRuns
package import FleetService

/// What `fleet schedule list --json` prints of this machine.
package struct SchedulesView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let task: String
        /// As the file has it.
        package let schedule: String
        /// Null for a time that never comes.
        @OrNull package var next: Timestamp?
    }

    package let schedules: [Row]

    package init(_ own: [OwnSchedule]) {
        schedules = own.map { Row(task: $0.task, schedule: $0.when, next: $0.next) }
    }
}

/// What `fleet schedule list --json` prints of hosts.
package struct HostSchedulesView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let task: String
        /// As cron has it.
        package let schedule: String
        package let tasks: Int
        /// Whether cron knows it.
        package let installed: Bool
        /// How many runs have results that wait.
        package let waiting: Int
    }

    package let schedules: [Row]
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ outcomes: [HostOutcome<[HostSchedule]>]) {
        schedules = outcomes.flatMap { outcome in
            (outcome.value ?? []).map { schedule in
                Row(
                    host: outcome.host.text, task: schedule.name, schedule: schedule.when, tasks: schedule.taskCount,
                    installed: schedule.isInstalled, waiting: schedule.waiting)
            }
        }
        failures = outcomes.failedHosts()
    }
}

/// What `fleet schedule push --json` prints: what hosts run by themselves now.
package struct SchedulePushView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let task: String
        /// As cron has it.
        package let schedule: String
    }

    package let schedules: [Row]
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ laid: [SchedulePushOperation.Laid]) {
        schedules = laid.filter { $0.outcome.failure == nil }.map { laid in
            Row(host: laid.outcome.host.text, task: laid.task, schedule: laid.when)
        }
        failures = laid.map(\.outcome).failedHosts()
    }
}

/// What `fleet schedule remove --json` prints.
package struct ScheduleRemoveView: Codable, Sendable {
    /// How many schedules went.
    package let removed: Int
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ result: ScheduleRemoveOperation.Result) {
        removed = result.removed.compactMap(\.value).joined().count
        failures = result.collected.failedHosts() + result.removed.failedHosts()
    }
}

/// What `fleet schedule install --json` prints.
package struct ServiceUnitView: Codable, Sendable {
    /// The unit's file.
    package let unit: String
    /// The commands that start it.
    package let next: [String]
    /// What stands, or would stand, in the file.
    package let text: String

    package init(_ unit: ServiceUnit) { (self.unit, next, text) = (unit.path, unit.next, unit.text) }
}
