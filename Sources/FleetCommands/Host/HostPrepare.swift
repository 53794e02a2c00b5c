import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetViews

/// `fleet host prepare NAME… --docker`: installs on hosts what fleet can use there.
struct HostPrepare: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare", abstract: Message("install on hosts what fleet can use there"),
        discussion: Message(
            "With the host's own package manager (apt, dnf, zypper, apk or pacman), as root or through sudo without a password. Each host's commands are shown first; what a host has already is left as it is."
        ),
        examples: [
            CommandExample("fleet host prepare pc-leo --docker", Message("installs docker on a host after you agreed")),
            CommandExample(
                "fleet host prepare --all --python --zstd --dry-run", Message("only shows the commands that would run")),
        ],
        seeAlso: ["fleet inventory check", "fleet host add"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("docker"), help: Message("the engine docker, for the user who logs in")) var docker
    @Flag(name: .long("podman"), help: Message("the engine podman")) var podman
    @Flag(name: .long("python"), help: Message("Python 3 with venv")) var python
    @Flag(name: .long("zstd"), help: Message("zstd, so that pushes send less")) var zstd
    @Flag(name: .long("dry-run"), help: Message("show the commands, and change nothing")) var dryRun
    @Flag(name: .short("y"), .long("yes"), help: Message("do not ask")) var yes
    @Argument(valueName: "NAME", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) {
        guard names.isEmpty || !selector.all else {
            throw ArgumentError(.invalid, Message("give either names or --all"))
        }
        guard !names.isEmpty || selector.selector != nil else {
            throw ArgumentError(
                .missingArgument, Message("which host?"),
                hint: Message("fleet host prepare NAME --python, or all with --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let hosts = selector.all ? .all : HostSelector(hosts: names + selector.hosts, groups: selector.groups)
        var operation = HostPrepareOperation(on: hosts)
        if docker { operation.supplies.append(.docker) }
        if podman { operation.supplies.append(.podman) }
        if python { operation.supplies.append(.python) }
        if zstd { operation.supplies.append(.zstd) }
        operation.dryRun = dryRun
        let console = context.console(global)
        let questions = PersonalQuestions(console, yes: yes, json: global.json)
        try await context.perform(operation, global, on: console, approver: questions.answer) { result, console in
            if global.json {
                try console.json(HostPrepareView(result))
            } else {
                // Those that were carried out were shown with the question.
                if result.outcomes.isEmpty { PrepareReport.show(result.plans, on: console) }
                PrepareReport(result).print(to: console)
            }
            return result.failures
        }
    }
}
