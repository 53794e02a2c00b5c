import FleetBase
import FleetConfig
import FleetLedger
import FleetPackage

/// One task of a schedule, as the master keeps it until the results are at home.
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

    /// Nil when somebody has spoiled it.
    func record(in run: RunID, position: Int) -> LedgerTask? {
        guard let key = try? Digest(hex: key) else { return nil }
        return LedgerTask(
            run: run, position: position, name: name, key: key,
            packageDigest: packageDigest.flatMap { try? Digest(hex: $0) }, parameters: parameters)
    }
}

/// What a master has laid on a host, kept in `.fleet/schedules/DIGEST.json`. The host has the digest alone: it could
/// write anything, and the ledger holds what the master has asked for.
struct LaidSchedule: Sendable, Codable {
    let host: String
    let name: String
    let tasks: [ScheduledTask]

    private static func path(_ digest: String, in project: Project) -> String {
        "\(project.workFolder)/schedules/\(digest).json"
    }

    /// Blocks.
    ///
    /// - Returns: the digest by which it is found again.
    func keep(in project: Project) throws -> String {
        let text = try JSONText.encode(self)
        let digest = FileDigest.of(Array(text.utf8)).hex
        try Disk.makeFolder("\(project.workFolder)/schedules")
        try Disk.write(text, to: Self.path(digest, in: project))
        return digest
    }

    /// Blocks. Nil for one that this master did not lay there; a host may have another name since.
    ///
    /// - Parameter others: the names of the inventory's other hosts.
    init?(_ digest: String, notOn others: Set<String>, in project: Project) {
        guard (try? Digest(hex: digest)) != nil, let text = Disk.text(Self.path(digest, in: project)),
            let laid = try? JSONText.decode(LaidSchedule.self, from: text.utf8), !others.contains(laid.host)
        else { return nil }
        self = laid
    }

    init(host: HostName, name: String, tasks: [ScheduledTask]) {
        (self.host, self.name, self.tasks) = (host.text, name, tasks)
    }

    /// Blocks. Forgets what lies on its host no more.
    static func forget(_ digests: some Sequence<String>, in project: Project) {
        for digest in digests where (try? Digest(hex: digest)) != nil { Disk.remove(path(digest, in: project)) }
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
    /// By which the master finds what it laid there, see ``LaidSchedule``.
    let digest: String
    /// Nil when this master did not lay it.
    var tasks: [ScheduledTask]?
    var jobs: [Job] = []
    /// The run that goes on.
    var busy: RunID?

    package var name: String { id.split(separator: "@").first.map(String.init) ?? id }
    /// Runs whose results wait to be brought home.
    package var waiting: Int { Set(jobs.map(\.id.run)).count }
    /// Whether so many results wait that `Scripts/scheduled.sh` starts nothing more.
    package var isFull: Bool { jobs.count >= 1000 }
    package var taskCount: Int { tasks?.count ?? 0 }

    /// Reads what `Scripts/schedule-list.sh` prints.
    static func list(_ result: RemoteResult) -> [HostSchedule] {
        var schedules: [HostSchedule] = []
        for (key, value) in result.values {
            let words = value.split(separator: " ", maxSplits: key == "schedule" ? 3 : 2).map(String.init)
            switch key {
            case "schedule" where words.count == 4:
                schedules.append(
                    HostSchedule(id: words[0], when: words[3], isInstalled: words[1] == "yes", digest: words[2]))
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
