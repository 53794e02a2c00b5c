import FleetArguments
import FleetBase
import FleetLab
import FleetService
import FleetViews

/// `fleet lab up`: hosts on this machine.
struct LabUp: Command {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: Message("start hosts on this machine to try things on"),
        discussion: Message(
            "Each host is an sshd process of its own on an address 127.0.0.x, with its own keys and home folder. Nothing of ~/.ssh is read or changed. With --vm, as root, each is a little machine: its own network, processes, host name and container engine, and a copy of this machine's files that is written to in memory."
        ),
        examples: [
            CommandExample("fleet lab up --hosts 3", Message("starts three hosts and writes inventory/lab.yaml")),
            CommandExample(
                "fleet lab up --vm --engine docker,podman,none",
                Message("makes three little machines with different engines; as root")),
        ],
        seeAlso: ["fleet lab down", "fleet lab status", "fleet demo"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("hosts"), valueName: "N", help: Message("how many")) var count: Int?
    @Flag(name: .long("vm"), help: Message("make little machines instead of sshd processes; needs root")) var isVM
    @Option(
        name: .long("engine"), valueName: "A,B",
        help: Message(
            "the hosts' container engine: docker, podman, none; one for all, or one for each; when left out, what is installed"
        ))
    var engineNames: [String]

    /// Without --hosts as many as engines are named.
    private var size: Int { count ?? (engineNames.count > 1 ? engineNames.count : 3) }

    private var engines: [LabEngine]? {
        guard isVM else { return nil }
        return engineNames.isEmpty ? [.installed] : engineNames.compactMap(LabEngine.init)
    }

    func validate() throws(ArgumentError) {
        guard isVM || engineNames.isEmpty else {
            throw ArgumentError(.invalid, Message("--engine works only with --vm"))
        }
        for name in engineNames where LabEngine(rawValue: name) == nil {
            throw ArgumentError(
                .invalid, Message("--engine: there is no engine \(name)"), hint: Message("docker, podman or none"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await context.perform(LabUpOperation(size, engines: engines), global) { members, console in
            let view = LabView(members)
            if global.json {
                try console.json(view)
            } else {
                console.table(LabReport(view).table(console))
                let example = "fleet --inventory inventory/lab.yaml ping"
                console.note(Message("hosts up: \(members.count). Try them: \(example)"))
            }
            return []
        }
    }
}
