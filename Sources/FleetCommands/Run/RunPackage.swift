import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetReleases
import FleetRuns

/// `fleet run PACKAGE --PARAMETER VALUE`: runs a package on hosts, or Python code.
struct RunPackage: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run a package on hosts and bring the results back"),
        discussion: Message("The package's parameters are options: fleet run PACKAGE --help shows them."),
        seeAlso: ["fleet push", "fleet runs", "fleet exec"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("engine"), valueName: "NAME", help: Message("this engine of the package alone"))
    var engine: String?
    @Option(
        name: .long("method"), valueName: "METHOD",
        help: Message("this way alone: docker, podman, venv, python or native"))
    var method: MethodName?
    @Option(
        name: .long("timeout"), valueName: "TIME",
        help: Message("when to stop it, such as 90s, more than 0; 1h when left out"))
    var timeout: StopTime?
    @Flag(name: .long("no-push"), help: Message("refuse a host that has another version")) var noPush
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
        try await Session.run(context, global) { session in
            let (request, package) = try await request(session)
            let hosts = try session.hosts(selector)
            let ledger = try await ThreadExecutor.disk.run { [file = session.project.ledgerFile] in
                try Ledger(path: file)
            }
            if noPush { try await refuseOthers(than: package, on: hosts, session) }
            let width = hosts.map(\.name.text.count).max() ?? 0
            let console = session.console
            let (run, outcomes, problem) = try await session.fleet.run(
                request, on: hosts, ledger: ledger,
                live: { host in
                    { stream, line in console.live(line, from: host.name, width: width, isError: stream == .error) }
                },
                isBehind: { console.isBehind }, started: { console.note(Message("run \($0)")) })
            try RunReport(run, outcomes, package.file).show(json: global.json, console)
            await session.remember(package, on: outcomes.filter(\.hasPackage).map(\.host))
            if let problem { throw problem }
            try session.end(outcomes.map(\.failure))
        }
    }

    /// Before anything runs anywhere: who has another version than the one to run.
    private func refuseOthers(than package: BuiltPackage, on hosts: [Host], _ session: Session) async throws {
        let outcomes = await session.fleet.currentVersions(of: package.name, on: hosts)
        let others = outcomes.filter { $0.failure == nil && $0.value != .some(package.version) }
        guard !others.isEmpty else { return }
        let list = others.map { "\($0.host) (\($0.value.flatMap(\.self) ?? "–"))" }.joined(separator: ", ")
        let names = others.map(\.host.text).joined(separator: ",")
        throw ConfigError(
            .invalidValue, Message("not version \(package.version) of \(package.name): \(list)"),
            hint: Message("fleet push \(package.name) --hosts \(names), or leave --no-push out"))
    }

    /// The parameters of the package, when one is named and can be read.
    func describeParameters(on page: inout HelpPage, _ context: CommandContext) {
        let options = optionsAtRunTime(context)
        guard let name, !options.isEmpty else { return }
        page.add(options, under: Message("PARAMETERS OF \(name)"))
    }

    private func request(_ session: Session) async throws -> (RunRequest, BuiltPackage) {
        let builder = try await session.builder()
        let file = try builder.file(name ?? "")
        if let name = parameters.declaredName(among: file.dynamicOptions) {
            let path = session.project.packageFile(file.name)
            throw ConfigError(
                .invalidValue, Message("\(path): the parameter \(name) has the name of one of fleet's own options"),
                hint: Message("give it another name"))
        }
        let given = try parameters.values(of: file.dynamicOptions, of: file.name)
        var texts: [String: String] = [:]
        for (name, value) in given { texts[name] = value }
        let bound = try file.bind(texts)
        let package = try await builder.build(file.name, session.console)
        try package.requireEngine(engine)
        var request = RunRequest(package: package, parameters: bound)
        request.engine = engine
        request.method = method?.method
        request.pushesFirst = !noPush
        request.timeout = timeout?.duration ?? file.timeout ?? request.timeout
        request.command = session.context.commandLine
        return (request, package)
    }

    private func runPython(_ code: String, _ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            var execution = Execution(python: code)
            execution.timeout = timeout?.duration ?? execution.timeout
            let outcomes = await session.fleet.execute(execution, on: try session.hosts(selector))
            try ExecReport(outcomes, python: true).show(json: global.json, session)
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
