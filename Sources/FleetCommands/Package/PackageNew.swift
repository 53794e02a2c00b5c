import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetViews

/// `fleet package new NAME`: a package to start from.
struct PackageNew: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: Message("write a small package to start from, which runs as it is"),
        examples: [
            CommandExample("fleet package new greet", Message("writes a package whose worker is a shell script")),
            CommandExample("fleet package new greet --python", Message("writes one whose worker is in Python")),
            CommandExample(
                "fleet package new --from sweep-pi", Message("copies the example that estimates pi, to be swept")),
        ],
        seeAlso: ["fleet package", "fleet run"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("python"), help: Message("a worker in Python")) var python
    @Flag(name: .long("native"), help: Message("a static program in C, built on this machine")) var native
    @Flag(name: .long("image"), help: Message("the same with an image for docker and podman")) var image
    @Option(
        name: .long("from"), valueName: "EXAMPLE",
        help: Message("copy a package that fleet brings along: benchmark, ask or sweep-pi"))
    var example: ExampleName?
    @Argument(valueName: "NAME", help: Message("the package's name; with --from, the example's own when left out"))
    var name: String?

    func validate() throws(ArgumentError) {
        let kinds = [python, native, image].count { $0 }
        guard kinds <= 1 else {
            throw ArgumentError(
                .invalid, Message("give one of --python, --native and --image; without them it is a shell script"))
        }
        guard example == nil || kinds == 0 else {
            throw ArgumentError(.invalid, Message("--from copies a package as it is: leave the kind of worker out"))
        }
        guard example != nil || name != nil else {
            throw ArgumentError(
                .missingArgument, Message("a new package needs a name"), hint: Message("fleet package new NAME"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let kind: PackageSkeleton = python ? .python : native ? .native : image ? .image : .shell
        let operation =
            example.map { PackageNewOperation($0.example, named: name) }
            ?? PackageNewOperation(name ?? "", kind)
        let package = name ?? example?.example.rawValue ?? ""
        try await context.perform(operation, global) { files, console in
            if global.json {
                try console.json(WrittenView(files))
            } else {
                for file in files { console.result(file) }
                console.tellNext(["fleet run \(package)"])
            }
            return []
        }
    }
}

/// `--from`.
struct ExampleName: ExpressibleByArgument {
    static let allValueStrings = ExamplePackage.allCases.map(\.rawValue)

    let example: ExamplePackage

    init(argument: String) throws(ValueError) {
        guard let example = ExamplePackage(rawValue: argument) else {
            let names = Self.allValueStrings.joined(separator: ", ")
            throw ValueError(Message("\"\(argument)\" is not one of \(names)"))
        }
        self.example = example
    }
}
