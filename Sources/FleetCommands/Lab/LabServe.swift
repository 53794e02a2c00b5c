import FleetArguments
import FleetBase
import FleetLab

/// The process that listens for a little machine of a lab; `fleet lab up --vm` starts it.
struct LabServe: Command {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: Message("hand the connections on standard input to a host of a lab"),
        shouldDisplay: false)

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "DIR", help: Message("the host's folder")) var folder: String

    func run(_ context: CommandContext) async throws {
        LabListener.serve(try Lab.session(in: context.absolute(folder)))
    }
}
