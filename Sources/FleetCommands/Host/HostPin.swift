import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet host pin NAME ...`: from now on these keys are the hosts'.
struct HostPin: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: Message("pin the keys of hosts"),
        examples: [
            CommandExample("fleet host pin vps", Message("shows the key of a host, asks and pins it")),
            CommandExample("fleet host pin --all --yes", Message("pins the keys of all hosts without asking")),
            CommandExample(
                "fleet host pin vps --replace", Message("accepts the new key of a host that was installed anew")),
        ],
        seeAlso: ["fleet host add", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup var approval: PinOptions
    @Flag(name: .long("replace"), help: Message("let the new key take the place of the pinned one")) var replace
    @Argument(valueName: "NAME", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) {
        guard names.isEmpty else {
            guard selector.all else { return }
            throw ArgumentError(.invalid, Message("give either names or --all"))
        }
        guard selector.selector == nil else { return }
        throw ArgumentError(
            .missingArgument, Message("which host?"), hint: Message("fleet host pin NAME, or all with --all"))
    }

    func run(_ context: CommandContext) async throws {
        let hosts = selector.all ? .all : HostSelector(hosts: names + selector.hosts, groups: selector.groups)
        var operation = HostPinOperation(hosts, approval.approval)
        operation.replaces = replace
        let console = context.console(global)
        let questions = PersonalQuestions(console, json: global.json)
        try await context.perform(operation, global, on: console, approver: questions.answer) { outcomes, console in
            try show(outcomes, console)
            return outcomes.map(\.failure)
        }
    }

    private func show(_ outcomes: HostPinOperation.Result, _ console: Console) throws {
        let isOne = names.count == 1 && outcomes.count == 1
        // Nothing but the host that was named can be meant.
        if isOne, let failure = outcomes[0].failure { throw failure }
        if global.json {
            return isOne ? try console.json(PinnedHostView(outcomes[0])) : try console.json(HostPinView(outcomes))
        }
        for outcome in outcomes {
            guard let key = outcome.value else { continue }
            let (name, file) = (outcome.host, "inventory/known_hosts")
            console.note(
                key.isNew
                    ? Message("pinned the key of \(name) in \(file)") : Message("\(name) is pinned already in \(file)"))
        }
        console.failures(of: outcomes)
    }
}
