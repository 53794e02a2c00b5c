import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetReleases
import FleetRuns
import FleetService
import FleetViews

/// `fleet run PACKAGE --PARAMETER VALUE`: runs a package on hosts, or Python code.
struct RunPackage: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run a package on hosts and bring the results back"),
        discussion: Message("The package's parameters are options: fleet run PACKAGE --help shows them."),
        examples: [
            CommandExample(
                "fleet run benchmark --particles 100", Message("runs a package on all hosts with a parameter")),
            CommandExample(
                "fleet run benchmark --hosts vps --method docker", Message("runs it in a container on one host")),
            CommandExample("fleet run --python 'print(6 * 7)'", Message("runs a line of Python on all hosts")),
        ],
        seeAlso: ["fleet push", "fleet runs", "fleet exec"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("engine"), valueName: "NAME", help: Message("use only this engine of the package"))
    var engine: String?
    @Option(
        name: .long("method"), valueName: "METHOD",
        help: Message("run it only in this way: docker, podman, venv, python or native"))
    var method: MethodName?
    @Option(
        name: .long("timeout"), valueName: "TIME",
        help: Message("when to stop it, such as 90s, more than 0; 1h when left out"))
    var timeout: StopTime?
    @Flag(name: .long("no-push"), help: Message("do not push; refuse a host that has another version")) var noPush
    @Option(name: .long("python"), valueName: "CODE", help: Message("Python code to run instead of a package"))
    var python: String?
    @Argument(valueName: "PACKAGE", help: Message("which package"), completion: .values("packages")) var name: String?
    @DynamicOptions var parameters: CapturedOptions

    func validate() throws(ArgumentError) {
        guard (name == nil) != (python == nil) else {
            throw ArgumentError(
                .invalid, Message("give either a package or --python"), hint: Message("fleet package --list shows them")
            )
        }
    }

    func run(_ context: CommandContext) async throws {
        if let python { return try await runPython(python, context) }
        let console = context.console(global)
        let lines = LiveLines(console)
        let output = OutputSink(isBehind: { console.isBehind }) { lines.receiver(for: $0) }
        try await context.perform(try operation(context), global, on: console, output: output) { result, console in
            lines.finish()
            if global.json {
                try console.json(RunView(result))
            } else {
                RunReport(result).show(on: console)
            }
            if let problem = result.problem { throw problem }
            return result.outcomes.map(\.failure)
        }
    }

    /// The parameters of the package, when one is named and can be read.
    func describeParameters(on page: inout HelpPage, _ context: CommandContext) {
        let options = optionsAtRunTime(context)
        guard let name, !options.isEmpty else { return }
        page.add(options, under: Message("PARAMETERS OF \(name)"))
    }

    private func operation(_ context: CommandContext) throws -> RunOperation {
        let project = try context.project(global)
        let file = try project.packageFile(named: name ?? "")
        try file.checkNamesOfParameters(at: project.shown(project.packageFile(file.name)))
        let given = try parameters.values(of: file.dynamicOptions, of: file.name)
        var texts: [String: String] = [:]
        for (name, value) in given { texts[name] = value }
        var operation = RunOperation(
            file.name, parameters: texts, on: selector.selector, command: context.commandLine)
        operation.engine = engine
        operation.method = method?.method
        operation.timeout = timeout?.duration
        operation.pushesFirst = !noPush
        return operation
    }

    private func runPython(_ code: String, _ context: CommandContext) async throws {
        var execution = Execution(python: code)
        execution.timeout = timeout?.duration ?? execution.timeout
        try await context.perform(ExecOperation(execution, on: selector.selector), global) { outcomes, console in
            try ExecReport(outcomes, python: true).show(json: global.json, console)
        }
    }
}

/// `--method`.
struct MethodName: ExpressibleByArgument {
    static let allValueStrings = FleetConfig.Method.allCases.map(\.rawValue)

    let method: FleetConfig.Method

    init(argument: String) throws(ValueError) {
        guard let method = FleetConfig.Method(rawValue: argument) else {
            let names = Self.allValueStrings.joined(separator: ", ")
            throw ValueError(Message("\"\(argument)\" is not one of \(names)"))
        }
        self.method = method
    }
}
