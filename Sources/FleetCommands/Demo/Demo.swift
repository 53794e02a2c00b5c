import FleetArguments
import FleetBase
import FleetConfig
import FleetLab
import FleetTerminal
import FoundationEssentials

/// `fleet demo`: everything once, on hosts that live for the length of the demo.
struct Demo: Command {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: Message("show everything once: hosts, a package, a push, a run, a host that dies"),
        discussion: Message("The demo starts hosts of its own on this machine and removes them at the end."),
        examples: [
            CommandExample("fleet demo", Message("shows everything once on three hosts of its own")),
            CommandExample("fleet demo --hosts 5 --lang es", Message("the same with five hosts, in Spanish")),
        ],
        seeAlso: ["fleet lab up"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("hosts"), valueName: "N", help: Message("how many hosts")) var count = 3

    func validate() throws(ArgumentError) {
        guard !global.json else {
            throw ArgumentError(.invalid, Message("the demo is for people: leave --json and --events out"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let owner = try owner(context)
        let stage = try DemoStage(in: owner, context, console, language: global.language)
        defer { stage.clear() }
        try stage.open(hosts: count)
        try await perform(stage, console)
        stage.clear()
        console.note(Message(verbatim: ""))
        console.note(Message("That was all. The demo has ended its hosts, and removed their files and all results."))
        console.tellNext((owner == nil ? ["fleet init"] : []) + ["fleet host add"])
    }

    /// The project here, if there is one; a project that somebody named must be there.
    private func owner(_ context: CommandContext) throws -> Project? {
        do throws(ConfigError) {
            return try context.project(global)
        } catch {
            guard error.code == .noProject, global.project == nil else { throw error }
            return nil
        }
    }

    private func perform(_ stage: DemoStage, _ console: Console) async throws {
        let run =
            stage.package == .benchmark ? ["run", "benchmark", "--particles", "100"] : ["run", "sweep-pi"]
        try await stage.show(
            Message("Hosts are up: each an sshd with its own keys and home folder."), ["ping"])
        try await stage.show(
            Message("A package is built: the same files give the same digest on every machine."), ["package"])
        try await stage.show(
            Message("The package goes to all hosts, and every file is checked there."), ["push", "--all"])
        try await stage.show(Message("A second push finds the package there and sends nothing."), ["push", "--all"])
        try await stage.show(
            Message("The package runs on each host, and the results come home."),
            run)
        if stage.package == .benchmark {
            try await stage.show(
                Message("The same with the Python engine: the same collisions, to the last bit."),
                ["run", "benchmark", "--particles", "100", "--steps", "500", "--engine", "python"])
        } else {
            try await stage.show(
                Message("The same with more random points: pi comes closer."),
                ["run", "sweep-pi", "--samples", "300000"])
        }
        try await stage.show(
            Message("Any command on all hosts: equal answers are shown once."), ["exec", "--", "uname", "-s"])
        stage.stop(hosts: 1)
        try await stage.show(
            Message("One host is shut down. The others go on, and the exit status tells."), ["inventory", "check"],
            expecting: .someFailed)
        stage.stop(hosts: count)
        try await stage.show(
            Message("Now all hosts are shut down."), run,
            expecting: .noActiveMachine)
        try stage.open(hosts: count)
        try await stage.show(Message("The hosts are up again, and answer as before."), ["ping"])
    }
}
