import FleetArguments
import FleetBase
import FleetConfig
import FleetRuns

/// How tasks are given to Slurm instead of fleet's own queue.
struct SlurmFlags: ParsableArguments {
    @Option(
        name: .long("engine"), valueName: "NAME",
        help: Message("slurm: the tasks become job arrays of Slurm; fleet's own queue when left out"))
    var engine: String?
    @Option(
        name: .long("login"), valueName: "HOST",
        help: Message(
            "the host of the inventory on which sbatch works; its root: lies in a folder that the nodes share"),
        completion: .values("hosts"))
    var login: String?
    @Option(
        name: .long("partition"), valueName: "NAME",
        help: Message("the partition of Slurm; the default one when left out"))
    var partition: String?
    @Option(
        name: .long("sbatch-option"), valueName: "OPTION",
        help: Message("one more option for sbatch, such as --account=physics; any number of times"))
    var words: [String]

    func validate() throws(ArgumentError) {
        guard let engine else {
            guard login == nil, partition == nil, words.isEmpty else {
                throw ArgumentError(
                    .invalid, Message("--login, --partition and --sbatch-option work only with --engine slurm"))
            }
            return
        }
        guard engine == "slurm" else {
            throw ArgumentError(
                .invalid, Message("unknown engine \"\(engine)\""), hint: Message("there is one: --engine slurm"))
        }
        guard login != nil else {
            throw ArgumentError(
                .invalid, Message("on which host is sbatch?"), hint: Message("name it with --login HOST"))
        }
    }

    /// Who hands the tasks out.
    var backend: BackendChoice {
        login.map { .slurm(SlurmOptions(login: $0, partition: partition, words: words)) } ?? .queue
    }
}
