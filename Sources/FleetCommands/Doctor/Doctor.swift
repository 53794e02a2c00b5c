import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet doctor [HOST…]`: why a host can't be reached or used, and what mends it.
struct Doctor: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: Message("find out why hosts can't be reached or used, and what mends it"),
        discussion: Message(
            "Makes a connection step by step, then looks at the host itself. Changes nothing. Ends with 3 when something failed."
        ),
        examples: [
            CommandExample("fleet doctor", Message("examines all hosts, and tells what is not well")),
            CommandExample("fleet doctor vps", Message("examines the host vps step by step")),
        ],
        seeAlso: ["fleet ping", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "HOST", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) { try selector.check(names: names) }

    func run(_ context: CommandContext) async throws {
        var state = HostCheck.State.ok
        try await context.perform(DoctorOperation(hosts: selector.selector(with: names)), global) { examined, console in
            let view = DoctorView(examined)
            if global.json {
                try console.json(view)
            } else {
                DoctorReport(view).print(to: console)
            }
            state = examined.flatMap(\.checks).worst
            return []
        }
        if state == .failed { throw Ended(code: .someFailed) }
    }
}
