import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews
import FoundationEssentials

/// `fleet report RUN`: one page that tells everything of a run.
struct Report: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: Message("write a page about a run: hosts, times, metrics, failures"),
        discussion: Message(
            "The page is one HTML file that needs nothing else. --csv and --json print the same attempts for other programs."
        ),
        examples: [
            CommandExample("fleet report", Message("writes the page of the last run")),
            CommandExample("fleet report last --csv >run.csv", Message("keeps the attempts of the run as a table")),
        ],
        seeAlso: ["fleet runs show", "fleet logs"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .short("o"), .long("output"), valueName: "FILE",
        help: Message("where to; .fleet/results/RUN/report.html when left out"), completion: .files)
    var output: String?
    @Flag(name: .long("csv"), help: Message("print a table for other programs instead, a row for each attempt")) var csv
    @Argument(
        valueName: "RUN", help: Message("a run's name, the beginning of its name, or last; last when left out"),
        completion: .values("runs"))
    var name: String?

    func validate() throws(ArgumentError) {
        guard csv, global.json else { return }
        throw ArgumentError(.invalid, Message("either --csv or --json"))
    }

    func run(_ context: CommandContext) async throws {
        let run = name ?? "last"
        guard !global.json else {
            return try await context.ask(RunQuery(run), global) { record, console in
                let text = try JSONText.encode(RunRecordView(record), in: console.language)
                try write(HostText.escape(json: text) + "\n", to: output, context, console)
            }
        }
        let language = context.console(global).language
        try await context.ask(ReportQuery(run, as: csv ? .csv : .page(in: language)), global) { report, console in
            if csv { return try write(report.text, to: output, context, console) }
            if output == nil { try FileText.makeFolder(of: report.usualFile) }
            try write(report.text, to: output ?? report.usualFile, context, console)
        }
    }

    /// - Parameter file: nil for standard output.
    private func write(_ text: String, to file: String?, _ context: CommandContext, _ console: Console) throws {
        guard let file else { return console.output(Array(text.utf8)) }
        let path = context.absolute(file)
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ConfigError(.file, Message("can't write \(path)"))
        }
        console.result(path)
    }
}
