import FleetArguments
import FleetBase
import FleetConfig

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .long("project"), valueName: "DIR",
        help: Message("the project's folder; the nearest one upwards with an inventory/ when left out"),
        completion: .directories, environment: "FLEET_PROJECT")
    var project: String?

    @Option(
        name: .long("inventory"), valueName: "FILE",
        help: Message("read this inventory file instead of inventory/hosts.yaml"),
        completion: .files, environment: "FLEET_INVENTORY")
    var inventory: String?

    @Flag(name: .long("json"), help: Message("print the result as JSON")) private var resultAsJSON

    @Flag(
        name: .long("events"),
        help: Message("print every event as a line of JSON, and the result as JSON in the last line"))
    var events

    @Option(
        name: .long("lang"), valueName: "LANG", help: Message("the language of messages: en or es"),
        environment: "FLEET_LANG")
    var language: Language?

    @Option(
        name: .long("color"), valueName: "WHEN", help: Message("colors: auto, on a terminal alone, always or never"),
        environment: "FLEET_COLOR")
    private var colour: UserSettings.Colour?

    @Flag(name: .short("q"), .long("quiet"), help: Message("print only results and errors")) var quiet

    @Flag(name: .short("v"), .long("verbose"), help: Message("also print what is done on the way")) var verbose

    /// Whether the result is printed as JSON.
    var json: Bool { resultAsJSON || events }
}

extension UserSettings.Colour: ExpressibleByArgument {}
