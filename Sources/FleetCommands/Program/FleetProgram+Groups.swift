import FleetArguments
import FleetBase

extension FleetProgram {
    static let inventory = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "inventory", abstract: Message("show the hosts and what is known of them"),
            seeAlso: ["fleet host add"]),
        subcommands: [
            .command(InventoryCheck.self),
            .command(InventoryList.self),
            .command(InventoryShow.self),
            .command(InventoryImport.self),
        ],
        leadingOptions: [GlobalOptions.self], familiarWords: FamiliarWords.ofInventory)

    static let host = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "host", abstract: Message("add and remove hosts, pin their keys, install what they need"),
            seeAlso: ["fleet inventory list"]),
        subcommands: [
            .command(HostAdd.self),
            .command(HostRemove.self),
            .command(HostPin.self),
            .command(HostPrepare.self),
        ],
        leadingOptions: [GlobalOptions.self], familiarWords: FamiliarWords.ofHost)

    static let keys = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "keys", abstract: Message("make and show the keys that packages are signed with"),
            discussion: Message(
                "A host with require_signed: true takes only what somebody in inventory/allowed_signers has signed."),
            seeAlso: ["fleet package --sign KEY"]),
        subcommands: [.command(KeysNew.self), .command(KeysList.self), .command(KeysShow.self)],
        defaultSubcommand: KeysList.self,
        leadingOptions: [KeysList.self], familiarWords: FamiliarWords.ofKeys)

    static let tasks = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "tasks", abstract: Message("run many tasks at once, as tasks.yaml describes them"),
            seeAlso: ["fleet run", "fleet check"]),
        subcommands: [
            .command(TasksPlan.self), .command(TasksRun.self), .command(TasksStatus.self), .command(TasksRerun.self),
        ],
        leadingOptions: [GlobalOptions.self], familiarWords: FamiliarWords.ofTasks)

    static let runs = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "runs", abstract: Message("show what was run, and what came of it"),
            seeAlso: ["fleet runs show last", "fleet logs last"]),
        subcommands: [
            .command(RunsList.self), .command(RunsShow.self), .command(RunsResume.self), .command(RunsAttach.self),
            .command(RunsPull.self), .command(RunsCollect.self), .command(RunsReap.self),
            .command(RunsStop.self), .command(RunsCancel.self),
        ],
        defaultSubcommand: RunsList.self,
        leadingOptions: [RunsList.self], familiarWords: FamiliarWords.ofRuns)

    static let serve = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "serve", abstract: Message("serve the project to browsers and programs"),
            seeAlso: ["fleet events --follow"]),
        subcommands: [.command(Serve.self), .command(ServeToken.self), .command(ServeInstall.self)],
        defaultSubcommand: Serve.self,
        leadingOptions: [Serve.self], familiarWords: FamiliarWords.ofServe)

    static let schedule = CommandGroup<CommandContext>(
        CommandConfiguration(
            commandName: "schedule", abstract: Message("run tasks at their times, from this machine or on a host"),
            seeAlso: ["fleet tasks", "fleet runs collect"]),
        subcommands: [
            .command(ScheduleList.self), .command(ScheduleRun.self), .command(ScheduleInstall.self),
            .command(SchedulePush.self), .command(ScheduleRemove.self),
        ],
        defaultSubcommand: ScheduleList.self,
        leadingOptions: [ScheduleList.self], familiarWords: FamiliarWords.ofSchedule)
}
