import FleetArguments
import FleetBase
import FleetEngine

/// `fleet package [NAME…]`: builds the packages of the project.
struct Package: Command {
    static let configuration = CommandConfiguration(
        commandName: "package", abstract: Message("build packages: the same files give the same digest anywhere"),
        seeAlso: ["fleet push"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("list"), help: Message("list the packages of the project, without building")) var list
    @Flag(
        name: .long("timestamped"),
        help: Message("also write NAME-YYYYMMDD-HHMMSS.tar.gz, to be carried by hand"))
    var timestamped
    @Argument(valueName: "NAME", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let builder = PackageBuilder(try context.project(global))
        let names = names.isEmpty ? builder.names : names
        if list { return try show(try names.map(builder.file).map(ListedPackage.init), console) }
        var reports: [PackageReport] = []
        for name in names {
            let package = try await ThreadExecutor.disk.run { try builder.build(name) }
            let path = timestamped ? try builder.writeTimestamped(package) : package.archive
            reports.append(PackageReport(package, path: path))
        }
        try show(reports, console)
    }

    private func show(_ packages: [ListedPackage], _ console: Console) throws {
        if global.json { return try console.json(["packages": packages]) }
        var table = Table([
            (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("ENGINES"), .left),
            (Message("DESCRIPTION"), .left),
        ])
        for package in packages {
            let description = package.file.description?.text(in: console.language) ?? ""
            table.add([
                .init(package.name), .init(package.version), .init(package.engines.joined(separator: ", ")),
                .init(description),
            ])
        }
        console.table(table)
    }

    /// A few lines each: digest and path together are wider than a terminal.
    private func show(_ packages: [PackageReport], _ console: Console) throws {
        if global.json { return try console.json(["packages": packages]) }
        for package in packages {
            let size = ByteCount(package.bytes)
            console.result("\(package.name) \(package.version)  \(size)")
            console.result("  sha256  \(package.digest)")
            console.result("  \(console.text(Message("archive")))  \(package.path)")
        }
    }
}
