import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetViews

/// `fleet package new NAME`: a package to start from.
struct PackageNew: Command {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: Message("write a small package to start from, which runs as it is"),
        examples: [
            CommandExample("fleet package new greet", Message("writes a package whose worker is a shell script")),
            CommandExample("fleet package new greet --python", Message("writes one whose worker is in Python")),
        ],
        seeAlso: ["fleet package", "fleet run"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("python"), help: Message("a worker in Python")) var python
    @Flag(name: .long("native"), help: Message("a static program in C, built on this machine")) var native
    @Flag(name: .long("image"), help: Message("the same with an image for docker and podman")) var image
    @Argument(valueName: "NAME", help: Message("the package's name")) var name: String

    func validate() throws(ArgumentError) {
        guard [python, native, image].filter(\.self).count > 1 else { return }
        throw ArgumentError(
            .invalid, Message("give one of --python, --native and --image; without them it is a shell script"))
    }

    func run(_ context: CommandContext) async throws {
        let kind: PackageSkeleton = python ? .python : native ? .native : image ? .image : .shell
        try await context.perform(PackageNewOperation(name, kind), global) { files, console in
            if global.json {
                try console.json(WrittenView(files))
            } else {
                for file in files { console.result(file) }
                console.tellNext(["fleet run \(name)"])
            }
            return []
        }
    }
}
