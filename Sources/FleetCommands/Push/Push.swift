import FleetArguments
package import FleetBase
import FleetConfig
package import FleetHosts
import FleetReleases
import FleetService
import FleetTerminal
import FleetViews

/// `fleet push [PACKAGE…] --all`: brings packages to hosts.
struct Push: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: Message("bring packages to hosts"),
        discussion: Message("A host that has the version already gets nothing."),
        examples: [
            CommandExample("fleet push --all", Message("brings every package to every host")),
            CommandExample(
                "fleet push benchmark --hosts vps --dry-run", Message("shows what would be sent, and sends nothing")),
            CommandExample(
                "fleet push benchmark --all --serial 25%", Message("brings it to a quarter of the hosts at a time")),
        ],
        seeAlso: ["fleet package", "fleet run"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("dry-run"), help: Message("show the steps for each host, and change nothing")) var dryRun
    @Option(name: .short("j"), .long("jobs"), valueName: "N", help: Message("on how many hosts at once"))
    var width = 16
    @Option(
        name: .long("limit-rate"), valueName: "SIZE",
        help: Message("send no more than SIZE a second to all hosts together, for instance 5M"))
    var limitRate: ByteCount?
    @Option(
        name: .long("serial"), valueName: "N",
        help: Message("push to N hosts at a time, or to N% of them; stop when too many have failed"))
    var serial: HostShare?
    @Option(
        name: .long("max-failures"), valueName: "N",
        help: Message("with --serial: go on with up to N failed hosts, or N% of them"))
    var maxFailures: HostShare?
    @Flag(name: .long("whole"), help: Message("send the whole package, also where a difference would do")) var whole
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(
                .invalid, Message("which hosts should get the package?"),
                hint: Message("fleet push --all, --hosts A,B or --group G")
            )
        }
    }

    func run(_ context: CommandContext) async throws {
        var options = PushOptions()
        options.dryRun = dryRun
        options.width = width
        options.whole = whole
        options.rate = limitRate
        options.batch = serial
        options.maxFailures = maxFailures
        try await context.perform(PushOperation(names, to: selector.selector, options), global) { pushed, console in
            let reports = pushed.flatMap { pushed in pushed.outcomes.map { PushReport($0, pushed.package) } }
            for pushed in pushed {
                let package = pushed.package
                console.detail(Message("the archive of \(package.name) \(package.version) has \(package.archiveSize)"))
            }
            try show(pushed, reports, console)
            return reports.map(\.failure)
        }
    }

    private func show(_ pushed: [PushOperation.Pushed], _ reports: [PushReport], _ console: Console) throws {
        if global.json { return try console.json(PushView(pushed)) }
        var table = Table(
            [
                (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("FROM"), .left), (Message("TO"), .left),
                (dryRun ? Message("TO SEND") : Message("SENT"), .right), (Message("TIME"), .right),
                (dryRun ? Message("STEPS") : Message("STATE"), .left),
            ], thrift: Table.Thrift(cutting: [6], dropping: [2, 5, 4, 3]))
        for report in reports { table.add(report.cells(console, isPlan: dryRun)) }
        console.table(table)
        console.warnings(
            reports.flatMap { report in report.notes(isVerbose: console.isVerbose).map { (report.host, $0) } })
        console.failures(reports.compactMap { report in report.failure.map { (report.host, $0) } })
    }
}

extension HostShare: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(parsing: argument) }
}
