import FleetArguments
import FleetBase
import FleetConfig

/// `fleet man [DIR]`: the manual pages, from the same definitions as the help; packages of fleet are made with it.
struct PrintManual: Command {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: Message("print the manual page of fleet, or write all pages to a folder"),
        examples: [
            CommandExample("fleet man | man -l -", Message("reads the manual page without installing it")),
            CommandExample("fleet man ~/.local/share/man", Message("writes all pages where man finds them")),
        ],
        shouldDisplay: false)

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "DIR", help: Message("a folder for man1 and es/man1"), completion: .directories)
    var folder: String?

    func run(_ context: CommandContext) async throws {
        let pages = ManualPage.all(
            of: FleetProgram.root, appendices: Self.appendices,
            ManualPage.Edition(version: FleetProgram.version, date: Self.date(context.environment)))
        try context.show(global) { console in
            guard let folder else { return console.output(Array(pages[0].text(in: console.language).utf8)) }
            for language in Language.allCases {
                let place = language == .english ? "man1" : "\(language.rawValue)/man1"
                for page in pages {
                    try PageFile.write(
                        page.text(in: language), to: "\(context.absolute(folder))/\(place)/\(page.name).1")
                }
            }
        }
    }

    /// Today, unless the builder says another day (https://reproducible-builds.org/specs/source-date-epoch).
    private static func date(_ environment: [String: String]) -> String {
        let seconds = environment["SOURCE_DATE_EPOCH"].flatMap { UInt32($0) }
        let given = seconds.map { Timestamp(milliseconds: Int64($0) * 1000) }
        return String("\(given ?? .now)".prefix(10))
    }

    static let appendices = [
        ManualPage.Appendix(
            Message("EXIT STATUS"),
            [
                ("0", Message("all is well")),
                ("1", Message("an unexpected error")),
                ("2", Message("the command line can't be understood")),
                ("3", Message("some hosts or tasks failed")),
                ("4", Message("a configuration, a package or a name is wrong")),
                ("5", Message("another fleet holds the lock")),
                ("6", Message("no machine is active")),
                ("130", Message("cancelled")),
            ]),
        ManualPage.Appendix(
            Message("ENVIRONMENT"),
            [
                ("FLEET_PROJECT", Message("the project's folder, unless --project names one")),
                ("FLEET_INVENTORY", Message("the inventory file, unless --inventory names one")),
                ("FLEET_LANG", Message("the language of messages, unless --lang names one")),
                ("FLEET_COLOR", Message("auto, always or never, unless --color says it")),
                ("LC_ALL, LC_MESSAGES, LANG", Message("the language where nothing else names one")),
                ("NO_COLOR", Message("no colors when it is set")),
            ]),
        ManualPage.Appendix(
            Message("FILES"),
            [
                (
                    "~/.config/fleet/config.yaml",
                    Message("lang, project, inventory and color, unless a variable or an option says them")
                ),
                ("inventory/hosts.yaml", Message("hosts, groups and their settings")),
                ("inventory/known_hosts", Message("the pinned keys of hosts")),
                ("inventory/state.json", Message("what each host was and had last")),
                ("packages/NAME/package.yaml", Message("what a package declares")),
                ("tasks.yaml", Message("tasks, their parameters and schedules")),
                (".fleet/", Message("built packages, the ledger and results")),
            ]),
    ]
}
