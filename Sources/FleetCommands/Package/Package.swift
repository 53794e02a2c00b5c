import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet package [NAME…]`: builds the packages of the project.
struct Package: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "package", abstract: Message("build packages: the same files give the same digest anywhere"),
        examples: [
            CommandExample("fleet package benchmark", Message("builds one package")),
            CommandExample("fleet package --list", Message("lists the packages of the project")),
            CommandExample(
                "fleet package benchmark --for far-away", Message("also writes an archive for a host without a network")
            ),
        ],
        seeAlso: ["fleet package new", "fleet push", "fleet keys new"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("list"), help: Message("list the packages of the project, without building")) var list
    @Flag(
        name: .long("list-files"),
        help: Message("list what is in the packages and what is left out, and by which rule, without building"))
    var listFiles
    @Flag(
        name: .long("timestamped"),
        help: Message("also write NAME-YYYYMMDD-HHMMSS.tar.gz, to be carried by hand"))
    var timestamped
    @Option(
        name: .long("for"), valueName: "A,B",
        help: Message("also write an archive with an install.sh for these hosts, to be carried there"),
        completion: .values("hosts"))
    var bundleHosts: [String]
    @Flag(name: .long("all"), help: Message("also write such an archive for every host")) var bundlesForAll
    @Option(
        name: .long("sign"), valueName: "KEY",
        help: Message("sign them: a name from fleet keys, or the path of an Ed25519 key"), completion: .values("keys"))
    var key: String?
    @Argument(valueName: "NAME", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        if list, names.isEmpty {
            return try await context.ask(AllPackagesQuery(), global) { all, console in
                try show(all.files, PackageListView(all), console)
                for package in all.faulty { console.error(package.error.message, hint: package.error.hint) }
                if !all.faulty.isEmpty { throw Ended(code: .badConfiguration) }
            }
        }
        if list {
            return try await context.ask(PackagesQuery(names), global) { try show($0, PackageListView($0), $1) }
        }
        if listFiles {
            return try await context.ask(PackageFilesQuery(names), global) { try show(PackageFilesView($0), $1) }
        }
        var operation = PackageOperation(names)
        operation.signingKey = key
        operation.isTimestamped = timestamped
        operation.bundleHosts = bundlesForAll ? .all : bundleHosts.isEmpty ? nil : HostSelector(hosts: bundleHosts)
        try await context.perform(operation, global) { built, console in
            let view = PackageView(built)
            if global.json { try console.json(view) } else { PackageReport(view).print(to: console) }
            return []
        }
    }

    private func show(_ packages: [PackageFile], _ view: PackageListView, _ console: Console) throws {
        if global.json { return try console.json(view) }
        var table = Table(
            [
                (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("ENGINES"), .left),
                (Message("DESCRIPTION"), .left),
            ], thrift: Table.Thrift(cutting: [2, 3], dropping: [3, 2]))
        for package in packages {
            let engines = package.engines.map(\.name).joined(separator: ", ")
            let description = package.description?.text(in: console.language) ?? ""
            table.add([.init(package.name), .init(package.version), .init(engines), .init(description)])
        }
        console.table(table)
    }

    private func show(_ view: PackageFilesView, _ console: Console) throws {
        if global.json { return try console.json(view) }
        for package in view.packages {
            console.result(Message("\(package.name): \(package.files.count) files are in it"))
            for file in package.files { console.result("  \(file)") }
            guard !package.leftOut.isEmpty else { continue }
            console.result(Message("\(package.name): left out"))
            for entry in package.leftOut { console.result("  \(entry.path)  (\(entry.from): \(entry.rule))") }
        }
    }
}
