import FleetBase
import FleetConfig
import FleetReport
import FleetService

/// All that is known of one host, and what happened there last.
struct HostPage {
    private static let (events, window) = (60, 5000)

    let service: FleetService
    let watch: HostWatch

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let name = request.parameter("host")
        let board = try await HostBoard(service, watch)
        guard let figures = board.hosts.first(where: { $0.host.name.text == name }) else {
            throw ConfigError.unknown(name, kind: Message("host"), among: board.hosts.map(\.host.name.text))
        }
        let host = figures.host
        let table = HostTable(board: board, words: words)
        let facts = watch.sights()[host.name]?.facts
        let said = ["os", "kernel", "arch", "python", "docker", "podman"].compactMap { key in
            facts?[key].map { (key, [Markup(text: HostText($0).line(atMost: 200))]) }
        }
        let own: [(String, [Markup])] = [
            (words(Message("address")), [Markup(text: host.address)]),
            (words(Message("groups")), [Markup(text: host.groups.joined(separator: ", "))]),
            (words(Message("tags")), [Markup(text: host.tags.joined(separator: ", "))]),
            (words(Message("load / cores")), table.load(figures)),
            (words(Message("memory")), table.room(free: figures.memoryFree, of: figures.memory)),
            (words(Message("disk")), table.room(free: figures.diskFree, of: figures.disk)),
            (words(Message("slots")), [Markup(text: table.slots(figures))]),
            ("GPU", [Markup(text: figures.gpu.map { HostText($0).line(atMost: 200) } ?? "")]),
            (words(Message("age")), [words.age(figures.seen)]),
        ]
        let events = try await EventList.latest(Self.events, among: Self.window, service) { $0.host == host.name }
        return Page(
            title: host.name.text, section: .overview,
            content: [
                Markup(
                    "div", ["id": "host-\(host.name.text)", "data-live": "", "class": "head"],
                    [
                        Markup("p", ["class": "line"], table.state(figures)), Markup("h1", [:], host.name.text),
                        Markup(
                            "dl", ["class": "facts"],
                            (own + said).filter { $0.1 != [Markup(text: "")] }.map { name, value in
                                Markup("div", [:], [Markup("dt", [:], name), Markup("dd", [:], value)])
                            }),
                    ]),
                section("work", Message("works on"), work(figures, words), words),
                section("packages", Message("packages"), packages(figures, board, words), words),
                Markup(
                    "section", [:],
                    [Markup("h2", [:], words(Message("What happened"))), EventList(words: words).markup(events)]),
            ],
            hosts: [host.name])
    }

    private func section(_ name: String, _ title: Message, _ content: [Markup], _ words: PageWords) -> Markup {
        Markup("section", ["id": "\(name)-of-host", "data-live": ""], [Markup("h2", [:], words(title))] + content)
    }

    private func work(_ figures: HostFigures, _ words: PageWords) -> [Markup] {
        guard !figures.work.isEmpty else {
            return [Markup("p", ["class": "empty"], words(Message("Nothing is running.")))]
        }
        let items = figures.work.map { work in
            let place = "/runs/\(AddressWord.escape(work.run.text))"
            return Markup(
                "li", ["class": "line"],
                [.link(place, HostText(work.task).line(atMost: 120)), words.age(work.since)])
        }
        return [Markup("ul", ["class": "plain"], items)]
    }

    /// Each with its version there, and whether another one was built here last.
    private func packages(_ figures: HostFigures, _ board: HostBoard, _ words: PageWords) -> [Markup] {
        guard !figures.packages.isEmpty else {
            return [Markup("p", ["class": "empty"], words(Message("It has no package, as far as is known.")))]
        }
        let rows = figures.packages.sorted { $0.key < $1.key }.map { name, version in
            let built = board.built[name]
            let sign =
                switch built {
                case nil: StateSign.off.markup(words(Message("not built here")))
                case version?: StateSign.good.markup(words(Message("built last")))
                case let other?: StateSign.bad.markup(words(Message("old; \(other) was built last")))
                }
            return Markup(
                "tr", [:],
                [
                    Markup("th", ["scope": "row"], HostText(name).line(atMost: 80)),
                    Markup.cell(words(Message("version")), HostText(version).line(atMost: 80)),
                    Markup.cell(words(Message("state")), [sign]),
                ])
        }
        return [
            Markup.table(
                [
                    (words(Message("package")), false), (words(Message("version")), false),
                    (words(Message("state")), false),
                ], id: "host-packages", caption: words(Message("packages")), isLive: false, rows)
        ]
    }
}
