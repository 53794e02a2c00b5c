import FleetBase
import FleetRuns

/// How tasks are run.
public struct TaskOptions: Sendable, Hashable {
    /// Also what an earlier run has done.
    public var again = false
    /// On how many hosts each task is done, to compare the results, 2 at least; as the file says when nil.
    public var verify: Int?
    /// Who hands the tasks out.
    public var backend = TaskBackend.queue
    /// How the queue goes about it.
    public var queue = QueueOptions()

    /// What was not done yet, by fleet's own queue.
    public init() {}
}

/// Who hands tasks out.
public enum TaskBackend: Sendable, Hashable {
    /// fleet's own queue, over SSH.
    case queue
    /// Slurm: the tasks become job arrays.
    ///
    /// - Parameters:
    ///   - login: the host of the inventory on which sbatch works.
    ///   - partition: Slurm's default when nil.
    ///   - options: more of them for sbatch, such as `--account=physics`.
    case slurm(login: String, partition: String? = nil, options: [String] = [])

    var own: BackendChoice {
        switch self {
        case .queue: .queue
        case .slurm(let login, let partition, let options):
            .slurm(SlurmOptions(login: login, partition: partition, words: options))
        }
    }
}

/// How fleet's own queue goes about it.
public struct QueueOptions: Sendable, Hashable {
    /// Whether a task that takes long gets a second attempt on another host.
    public var duplicates = true
    /// How long tasks wait for a host that can run them while nothing else goes on.
    public var waiting = Duration.seconds(60)

    /// As the command line has it.
    public init() {}

    var own: FleetRuns.QueueOptions {
        var options = FleetRuns.QueueOptions()
        options.duplicates = duplicates
        options.waiting = min(waiting, .longest)
        return options
    }
}
