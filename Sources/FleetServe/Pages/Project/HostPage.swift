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
        let said = ["os", "kernel", "arch", "python", "docker", "podman", "gpu"].compactMap { key in
            facts?[key].map { (key, [Markup(text: HostText($0).line(atMost: 200))]) }
        }
        let own: [(String, [Markup])] = [
            (words(Message("address")), [Markup(text: host.address)]),
            (words(Message("groups")), [Markup(text: host.groups.joined(separator: ", "))]),
            (words(Message("tags")), [Markup(text: host.tags.joined(separator: ", "))]),
            (words(Message("load / cores")), table.load(figures)),
            (words(Message("memory")), table.room(free: figures.memoryFree, of: figures.memory)),
            (words(Message("disk")), table.room(free: figures.diskFree, of: figures.disk)),
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
                        Markup(
                            "ul", ["class": "plain"],
                            figures.work.map { work in
                                Markup("li", [:], [.link("/runs/\(AddressWord.escape(work.run.text))", work.task)])
                            }),
                    ]),
                Markup(
                    "section", [:],
                    [Markup("h2", [:], words(Message("What happened"))), EventList(words: words).markup(events)]),
            ],
            hosts: [host.name])
    }
}
