import FleetBase
import FleetConfig
import FleetLedger

/// One task of a schedule, as its host keeps it for whoever brings the results home.
///
/// A host could write anything here. So it holds nothing that the master would act on: no spec, which says what to run
/// and where secrets are.
struct ScheduledTask: Sendable, Codable {
    let name: String
    /// Hex digits.
    let key: String
    let packageDigest: String?
    let parameters: JSONValue
    let outputs: [String]
    let engine: String
    let method: String

    init(_ task: LedgerTask, _ choice: MethodChoice) {
        (name, key, packageDigest) = (task.name, task.key.hex, task.packageDigest?.hex)
        (parameters, outputs) = (task.parameters, TaskSpec(of: task)?.outputs ?? [])
        (engine, method) = (choice.engine.name, choice.method.rawValue)
    }

    /// Nil when the host has spoiled it.
    func record(in run: RunID, position: Int) -> LedgerTask? {
        guard let key = try? Digest(hex: key) else { return nil }
        return LedgerTask(
            run: run, position: position, name: name, key: key,
            packageDigest: packageDigest.flatMap { try? Digest(hex: $0) }, parameters: parameters)
    }
}

/// The schedules of this master on one host.
package struct HostSchedule: Sendable {
    /// A job whose results wait.
    struct Job: Sendable {
        let id: JobName
        let started: Timestamp
        let state: RemoteJob.State
    }

    /// The name of the definition, and the master's mark behind an `@`.
    package let id: String
    /// As cron has it.
    package let when: String
    /// Whether cron knows it.
    package let isInstalled: Bool
    var tasks: [ScheduledTask] = []
    var jobs: [Job] = []
    /// The run that goes on.
    var busy: RunID?

    package var name: String { id.split(separator: "@").first.map(String.init) ?? id }
    /// Runs whose results wait to be brought home.
    package var waiting: Int { Set(jobs.map(\.id.run)).count }
    package var taskCount: Int { tasks.count }

    /// Reads what `Scripts/schedule-list.sh` prints.
    static func list(_ result: RemoteResult) -> [HostSchedule] {
        var schedules: [HostSchedule] = []
        for (key, value) in result.values {
            let words = value.split(separator: " ", maxSplits: 2).map(String.init)
            switch key {
            case "schedule" where words.count == 3:
                schedules.append(HostSchedule(id: words[0], when: words[2], isInstalled: words[1] == "yes"))
            case "task" where words.count == 3 && !schedules.isEmpty:
                guard let task = try? JSONText.decode(ScheduledTask.self, from: words[2].utf8) else { continue }
                schedules[schedules.count - 1].tasks.append(task)
            case "job" where words.count == 3 && !schedules.isEmpty:
                guard let job = Job(words[1], words[2]) else { continue }
                schedules[schedules.count - 1].jobs.append(job)
            case "busy" where !schedules.isEmpty: schedules[schedules.count - 1].busy = RunID(value)
            default: break
            }
        }
        return schedules
    }
}

extension HostSchedule.Job {
    fileprivate init?(_ name: String, _ rest: String) {
        let words = rest.split(separator: " ").map(String.init)
        guard let id = JobName(name), words.count == 2, let seconds = Int64(words[0]),
            (0..<1 << 40).contains(seconds), let state = RemoteJob.State(rawValue: words[1])
        else { return nil }
        (self.id, started, self.state) = (id, Timestamp(milliseconds: seconds * 1000), state)
    }
}
