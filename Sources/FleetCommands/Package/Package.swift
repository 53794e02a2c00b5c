import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetPackage
import FleetReleases
import FleetTerminal

/// `fleet package [NAME…]`: builds the packages of the project.
struct Package: Command {
    static let configuration = CommandConfiguration(
        commandName: "package", abstract: Message("build packages: the same files give the same digest anywhere"),
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
    @Flag(name: .long("all"), help: Message("with an archive for every host")) var bundlesForAll
    @Option(
        name: .long("sign"), valueName: "KEY",
        help: Message("sign them: a name from fleet keys, or the path of an Ed25519 key"), completion: .values("keys"))
    var key: String?
    @Argument(valueName: "NAME", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        if list {
            let builder = PackageBuilder(project)
            let names = names.isEmpty ? builder.names : names
            return try show(try names.map(builder.file).map(ListedPackage.init), console)
        }
        if listFiles {
            let builder = PackageBuilder(project)
            let names = names.isEmpty ? builder.names : names
            return try show(try names.map { FileListReport($0, try builder.selection(of: $0)) }, console)
        }
        let builder = PackageBuilder(project, signer: try await signer(project, context))
        let names = names.isEmpty ? builder.names : names
        let hosts = try bundleTargets(context)
        var reports: [PackageReport] = []
        for name in names {
            let package = try await builder.build(name, console)
            for note in package.missingNotes { console.warning(note) }
            let path = timestamped ? try builder.writeTimestamped(package) : package.archive
            let images = try await images(of: package, console)
            var report = PackageReport(package, images, path: path)
            // The one that a push would bring.
            report.bundles = try hosts.map {
                BundleReport(try builder.writeBundle(package, images.first?.image, for: $0))
            }
            reports.append(report)
        }
        try show(reports, console)
    }

    /// The images that can be made; what keeps others from it, hosts can do without.
    private func images(
        of package: BuiltPackage, _ console: Console
    ) async throws -> [(engines: [String], image: BuiltImage)] {
        var images: [(engines: [String], image: BuiltImage)] = []
        for planned in package.images {
            let engines = planned.engines.joined(separator: ", ")
            let made = try await console.showing(Message("making the image of \(engines)")) {
                try await image(planned, of: package, console)
            }
            guard let image = made else { continue }
            images.append((planned.engines, image))
        }
        return images
    }

    private func image(
        _ planned: PlannedImage, of package: BuiltPackage, _ console: Console
    ) async throws(Failure) -> BuiltImage? {
        do throws(Failure) {
            return try await planned.built()
        } catch {
            guard error.kind != .cancelled else { throw error }
            let (name, engines, reason) = (package.name, planned.engines.joined(separator: ", "), error.message)
            console.warning(Message("the engine \(engines) of \(name) goes without its image: \(reason)"))
            return nil
        }
    }

    private func signer(_ project: Project, _ context: CommandContext) async throws -> ManifestSigner? {
        let file = global.inventory.map(context.absolute)
        let hasInventory = file != nil || FileText.exists(project.hostsFile)
        let inventory = hasInventory ? try project.inventory(home: context.home, file: file) : nil
        return try await .named(
            key ?? inventory?.signingKey, in: project, home: context.home, environment: context.environment)
    }

    private func bundleTargets(_ context: CommandContext) throws -> [Host] {
        guard bundlesForAll || !bundleHosts.isEmpty else { return [] }
        let file = global.inventory.map(context.absolute)
        let inventory = try context.project(global).inventory(home: context.home, file: file)
        return try (bundlesForAll ? HostSelector.all : HostSelector(hosts: bundleHosts)).select(from: inventory)
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

    private func show(_ reports: [FileListReport], _ console: Console) throws {
        if global.json { return try console.json(["packages": reports]) }
        for report in reports {
            console.result(Message("\(report.name): \(report.files.count) files are in it"))
            for file in report.files { console.result("  \(file)") }
            guard !report.leftOut.isEmpty else { continue }
            console.result(Message("\(report.name): left out"))
            for entry in report.leftOut { console.result("  \(entry.path)  (\(entry.from): \(entry.rule))") }
        }
    }

    /// A few lines each: digest and path together are wider than a terminal.
    private func show(_ packages: [PackageReport], _ console: Console) throws {
        if global.json { return try console.json(["packages": packages]) }
        for package in packages {
            let size = ByteCount(package.bytes)
            console.result("\(package.name) \(package.version)  \(size)")
            console.result("  sha256  \(package.digest)")
            if let signer = package.signer { console.result("  \(console.text(Message("signed by")))  \(signer)") }
            console.result("  \(console.text(Message("archive")))  \(package.path)")
            for image in package.images {
                let engines = image.engines.joined(separator: ", ")
                console.result(
                    "  \(console.text(Message("image")))  \(image.id)  \(ByteCount(image.bytes))  \(engines)")
                console.result("  \(console.text(Message("image")))  \(image.path)")
            }
            for bundle in package.bundles ?? [] {
                let size = ByteCount(bundle.bytes)
                console.result(Message("  for \(bundle.host)  \(bundle.path)  \(size)"))
            }
            if package.bundles?.isEmpty == false {
                let folder = "\(package.name)-\(package.version)"
                console.note(Message("carry it there and run: tar -xzf FILE, then: sh \(folder)/install.sh"))
            }
        }
    }
}
