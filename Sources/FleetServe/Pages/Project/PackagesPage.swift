import FleetBase
import FleetReport
import FleetService

/// The packages of the project, and which versions hosts have of them.
struct PackagesPage {
    private static let mostNames = 12

    let service: FleetService
    let watch: HostWatch

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let all = try await service.ask(AllPackagesQuery())
        let board = try await HostBoard(service, watch)
        let sections = all.files.map { file -> Markup in
            let versions = Dictionary(
                grouping: board.hosts.filter { $0.packages[file.name] != nil }, by: { $0.packages[file.name] ?? "" })
            let rows = versions.sorted { $0.key > $1.key }.map { version, hosts in
                let isBuilt = version == board.built[file.name]
                let names = hosts.prefix(Self.mostNames).map { $0.host.name.text }.joined(separator: ", ")
                let rest = hosts.count - Self.mostNames
                return Markup(
                    "tr", ["id": "version-\(file.name)-\(version)", "data-live": ""],
                    [
                        Markup("th", ["scope": "row"], HostText(version).line),
                        Markup.cell(
                            words(Message("state")),
                            [
                                isBuilt
                                    ? StateSign.good.markup(words(Message("built last")))
                                    : StateSign.off.markup(words(Message("another one")))
                            ]), Markup.cell(words(Message("hosts")), isNumber: true, "\(hosts.count)"),
                        Markup.cell(words(Message("names")), names + (rest > 0 ? " … +\(rest)" : "")),
                    ])
            }
            return Markup(
                "section", [:],
                [
                    Markup("h2", ["class": "name"], file.name),
                    Markup(
                        "p", ["class": "line"],
                        [
                            Markup("span", ["class": "faint"], file.version),
                            Markup("span", ["class": "faint"], file.engines.map(\.name).joined(separator: ", ")),
                            Markup(
                                "a",
                                [
                                    "class": "button",
                                    "href": "/start/run" + AddressWord.query([("package", file.name)]),
                                ],
                                words(Message("Run"))),
                            Markup(
                                "a",
                                [
                                    "class": "button",
                                    "href": "/start/push" + AddressWord.query([("package", file.name)]),
                                ],
                                words(Message("Push"))),
                        ]),
                ] + (file.description.map { [Markup("p", [:], $0.text(in: words.language))] } ?? [])
                    + [
                        rows.isEmpty
                            ? Markup("p", ["class": "empty"], words(Message("No host has it, as far as is known.")))
                            : Markup.table(
                                [
                                    (words(Message("version")), false), (words(Message("state")), false),
                                    (words(Message("hosts")), true), (words(Message("names")), false),
                                ], id: "versions-\(file.name)", caption: file.name, rows)
                    ])
        }
        let faulty = all.faulty.map { package in
            Markup(
                "section", [:],
                [
                    Markup("h2", ["class": "name"], package.name),
                    Markup("p", ["class": "error"], package.error.message.text(in: words.language)),
                ]
                    + (package.error.hint.map { [Markup("p", [:], $0.text(in: words.language))] } ?? []))
        }
        let empty = [Markup("p", ["class": "empty"], words(Message("The project has no packages.")))]
        return Page(
            title: words(Message("Packages")), section: .packages,
            content: [Markup("h1", [:], words(Message("Packages")))]
                + (sections.isEmpty && faulty.isEmpty ? empty : sections + faulty))
    }
}
