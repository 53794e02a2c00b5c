import FleetBase
import FleetConfig
import FleetHosts
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

    /// A schedule starts nothing more once it is full; what it has started by then is no more than this.
    private static let mostJobs = 10_000

    /// Reads what `Scripts/schedule-list.sh` prints.
    ///
    /// - Parameter master: whose schedules were asked for.
    /// - Throws: lost, for what is no answer to the question.
    static func list(_ answer: HostAnswer, of master: String) throws(Failure) -> [HostSchedule] {
        var schedules: [HostSchedule] = []
        for line in answer.lines {
            switch line.key {
            case "schedule": schedules.append(try HostSchedule(line, of: master))
            case "job":
                guard let last = schedules.last, last.jobs.count < mostJobs else { throw line.senseless }
                schedules[schedules.count - 1].jobs.append(try Job(line))
            case "busy":
                guard !schedules.isEmpty, let run = RunID(reading: line.value) else { throw line.senseless }
                schedules[schedules.count - 1].busy = run
            default: break
            }
        }
        return schedules
    }

    private init(_ line: HostAnswerLine, of master: String) throws(Failure) {
        let words = try line.words(4)
        let names = words[0].split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2, names[1] == master else { throw line.senseless }
        (id, isInstalled, digest) = (try line.name(names[0]) + "@\(master)", words[1] == "yes", words[2])
        when = HostText(words[3]).line(atMost: 200)
    }
}

extension HostSchedule.Job {
    /// When a job may have begun, in seconds since 1970.
    private static let times: ClosedRange<Int64> = 0...1 << 40

    fileprivate init(_ line: HostAnswerLine) throws(Failure) {
        let words = try line.words(4)
        guard let id = JobName(words[1]), let state = RemoteJob.State(rawValue: words[3]) else { throw line.senseless }
        let seconds = try line.number(words[2], in: Self.times)
        // What has begun has begun by now, whatever the host's clock says.
        (self.id, started, self.state) = (id, min(Timestamp(milliseconds: seconds * 1000), .now), state)
    }
}
