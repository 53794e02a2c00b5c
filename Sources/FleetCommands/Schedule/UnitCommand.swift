import FleetBase
import FleetService
import FleetViews
import FoundationEssentials

/// Writes a unit that keeps a command of fleet going, or shows it.
struct UnitCommand {
    private let global: GlobalOptions
    private let words: [String]
    private let job: ServiceUnit.Job
    private let print: Bool

    init(_ global: GlobalOptions, _ words: [String], job: ServiceUnit.Job, print: Bool) {
        (self.global, self.words, self.job, self.print) = (global, words, job, print)
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        var words = words
        if let file = global.inventory { words += ["--inventory", context.absolute(file)] }
        if let language = global.language { words += ["--lang", language.rawValue] }
        let unit = try ServiceUnit(
            try context.project(global), job, program: Self.program, words, home: context.home,
            language: context.environment["LANG"])
        if print, !global.json { return console.result(unit.text) }
        if !print { try unit.install() }
        if global.json {
            try console.json(ServiceUnitView(unit))
            return console.printDeferred()
        }
        console.result(unit.path)
        console.tellNext(unit.next)
    }

    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/local/bin/fleet"
    }
}
