import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet host remove NAME`: the inventory forgets a host; with `--purge` fleet's folder there goes along.
struct HostRemove: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: Message("take a host out of the inventory"),
        discussion: Message(
            "What was run there stays in the ledger. On the host itself nothing changes without --purge, which removes fleet's folder with all packages and runs in it, also those of other projects. It refuses while a job, a push, a schedule or Slurm needs the folder, also from another machine that shares it, and where the folder is not fleet's alone."
        ),
        examples: [
            CommandExample("fleet host remove vps", Message("asks, then takes the host out of hosts.yaml")),
            CommandExample("fleet host remove vps --yes", Message("does it without asking")),
            CommandExample("fleet host remove vps --purge", Message("removes fleet's folder from the host, too")),
        ],
        seeAlso: ["fleet host add"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .short("y"), .long("yes"), help: Message("do not ask")) var yes
    @Flag(name: .long("purge"), help: Message("remove fleet's folder from the host, too")) var purge
    @Flag(
        name: .long("forget-absent"),
        help: Message("with --purge: forget a host that no connection reaches, and leave the folder there"))
    var forgetAbsent
    @Argument(valueName: "NAME", help: Message("which host"), completion: .values("hosts")) var name: HostName

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        var operation = HostRemoveOperation(name)
        (operation.purges, operation.forgetsAbsent) = (purge, forgetAbsent)
        var isPinned = false
        try await context.withService(global, console) { isPinned = try await $0.ask(HostIsPinnedQuery(name)) }
        let questions = PersonalQuestions(console, yes: yes, json: global.json)
        try await context.perform(
            operation, global, on: console, approver: questions.answer
        ) { removal, console in
            if global.json {
                try console.json(HostRemoveView(removal))
            } else {
                if let folder = removal.folder {
                    console.note(Message("removed \(folder.path) from \(name): \(folder.size)"))
                    if folder.remains {
                        let path = folder.path
                        console.note(
                            Message("\(path) itself stays, empty: it is a mount point, or its parent is not the user's")
                        )
                    }
                } else if purge {
                    console.note(Message("nothing was removed from \(name) itself"))
                }
                console.note(
                    isPinned
                        ? Message("\(name) is gone from the inventory; its key stays in inventory/known_hosts")
                        : Message("\(name) is gone from the inventory"))
            }
            return []
        }
    }
}
