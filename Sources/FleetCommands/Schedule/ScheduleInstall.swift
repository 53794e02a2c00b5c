import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews
import FoundationEssentials

/// `fleet schedule install`: has systemd keep `fleet schedule run` going.
struct ScheduleInstall: Command {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: Message("write a systemd unit that keeps fleet schedule run going"),
        discussion: Message(
            "The unit is a user's own, or the system's when root calls this. Nothing is started: the next step is shown."
        ),
        seeAlso: ["fleet schedule run"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("print"), help: Message("show the unit, and write nothing")) var print

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        var words = ["schedule", "run"]
        if let file = global.inventory { words += ["--inventory", context.absolute(file)] }
        if let language = global.language { words += ["--lang", language.rawValue] }
        let unit = try ScheduleUnit(
            try context.project(global), program: Self.program, words, home: context.home,
            language: context.environment["LANG"])
        if print, !global.json { return console.result(unit.text) }
        if !print { try unit.install() }
        if global.json {
            try console.json(ScheduleUnitView(unit))
            return console.printDeferred()
        }
        console.result(unit.path)
        console.tellNext(unit.next)
    }

    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/local/bin/fleet"
    }
}
