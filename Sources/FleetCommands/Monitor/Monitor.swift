import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// `fleet monitor`: hosts, runs and events on the whole terminal, until a key ends it.
struct Monitor: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: Message("watch hosts, runs and events on the whole terminal"),
        discussion: Message("Keys: ? shows them all, q ends it. Nothing is changed unless you stop a run."),
        examples: [
            CommandExample("fleet monitor", Message("watches all hosts; q ends it")),
            CommandExample("fleet monitor --interval 30s", Message("looks at each host twice a minute")),
        ],
        seeAlso: ["fleet status", "fleet events --follow", "fleet serve"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("interval"), valueName: "TIME",
        help: Message("how often each host is looked at, such as 5 or 30s; at least 1s"))
    var interval = LookInterval.usual

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let service = try context.service(global, console)
        // An inventory that can't be read is told before the terminal is taken.
        _ = try service.currentInventory
        guard !global.json, let screen = FullScreen.open(environment: context.environment) else {
            throw ArgumentError(
                .invalid, Message("the monitor needs a terminal"), hint: Message("fleet status --json tells it once"))
        }
        let held = ConsoleWriter.shared.hold()
        await MonitorLoop(service, screen, every: interval.duration, console.language).run()
        screen.close()
        held.release()
        await service.close()
        if Task.isCancelled { throw Ended(code: .cancelled) }
    }
}

/// `--interval`: seconds, or a time with its unit.
struct LookInterval: ExpressibleByArgument, CustomStringConvertible {
    static let usual = LookInterval(duration: .seconds(5))

    let duration: Duration

    private init(duration: Duration) { self.duration = duration }

    init(argument: String) throws(ValueError) {
        let duration: Duration =
            if let seconds = Int(argument), seconds > 0, seconds < 1_000_000 { .seconds(seconds) } else {
                try Duration(parsingLimit: argument)
            }
        guard duration >= .seconds(1) else { throw ValueError(Message("\"\(argument)\" is shorter than 1s")) }
        self.duration = duration
    }

    /// As a person types it: `5s`.
    var description: String {
        let seconds = duration.seconds
        return seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
    }
}
