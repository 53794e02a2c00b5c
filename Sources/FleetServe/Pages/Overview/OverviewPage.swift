import FleetBase
import FleetConfig
import FleetReport
import FleetService

/// The first page: hosts, runs and what happened last.
struct OverviewPage {
    /// So many hosts are on one page, and looked at while somebody looks at it.
    private static let hostsOfPage = 100
    private static let (runs, events, window) = (8, 14, 600)

    let service: FleetService
    let watch: HostWatch
    let queues: QueueBoard

    func page(_ request: PageRequest) async throws -> Page {
        let words = request.words
        let board = try await HostBoard(service, watch)
        let filter = HostFilter(request)
        let part = ListPart(
            board.hosts.filter { filter.takes($0, board) }, number: request.part, size: Self.hostsOfPage)
        let standings = try await RunStanding.latest(Self.runs, service, queues)
        let events = try await EventList.latest(Self.events, among: Self.window, service, EventList.isNews)
        let running = try await OpenOperationList.latest(service)
        let table = HostTable(board: board, words: words)
        let hosts = Markup(
            "section", ["class": "hosts", "aria-labelledby": "hosts-title"],
            [
                Markup("h2", ["id": "hosts-title"], words(Message("Hosts"))), form(filter, words),
                part.total == 0
                    ? Markup("p", ["class": "empty"], words(Message("No host is like that.")))
                    : table.markup(part.items),
            ] + part.navigation("/", filter.query, words))
        let side = Markup(
            "div", ["class": "side"],
            [
                OpenOperationList(words: words).section(running),
                Markup(
                    "section", ["aria-labelledby": "runs-title"],
                    [
                        Markup("h2", ["id": "runs-title"], words(Message("Runs"))),
                        hint(words, isShown: standings.isEmpty),
                        RunList(words: words).markup(standings),
                        Markup("p", [:], [.link("/runs", words(Message("all runs")))]),
                    ]),
                Markup(
                    "section", ["aria-labelledby": "events-title"],
                    [
                        Markup("h2", ["id": "events-title"], words(Message("What happened"))),
                        EventList(words: words).markup(events),
                        Markup("p", [:], [.link("/events", words(Message("all events")))]),
                    ]),
            ])
        return Page(
            title: words(Message("Overview")), section: .overview,
            content: [
                Markup("h1", ["class": "unseen"], words(Message("Overview"))), summary(board, standings, words),
                Markup("div", ["class": "columns"], [hosts, side]),
            ],
            hosts: part.items.map(\.host.name), wantsQueue: true)
    }

    private func hint(_ words: PageWords, isShown: Bool) -> Markup {
        Markup.note(
            "no-runs",
            [
                Markup(text: words(Message("Nothing has run yet.")) + " "),
                .link("/start", words(Message("Start something"))),
            ], isShown: isShown)
    }

    /// The numbers that matter, as one line of tiles.
    private func summary(_ board: HostBoard, _ standings: [RunStanding], _ words: PageWords) -> Markup {
        let silent = board.hosts.count {
            guard case .silent = $0.state else { return false }
            return true
        }
        let busy = board.hosts.reduce(0) { $0 + $1.work.count }
        let running = standings.filter(\.isRunning)
        let waiting = running.reduce(0) { $0 + $1.waiting }
        let drift = board.hosts.count(where: board.hasDrift)
        let tiles: [(Message, Int, String?)] = [
            (Message("hosts"), board.hosts.count, nil), (Message("don't answer"), silent, silent > 0 ? "bad" : nil),
            (Message("runs at work"), running.count, nil), (Message("tasks at work"), busy, nil),
            (Message("tasks waiting"), waiting, nil), (Message("hosts with another version"), drift, nil),
        ]
        return Markup(
            "dl", ["id": "summary", "data-live": "", "class": "tiles"],
            tiles.map { name, number, style in
                Markup(
                    "div", ["class": style], [Markup("dt", [:], words(name)), Markup("dd", [:], "\(number)")])
            })
    }

    private func form(_ filter: HostFilter, _ words: PageWords) -> Markup {
        let options = HostFilter.Kind.allCases.map { kind in
            Markup(
                "option", ["value": kind.rawValue, "selected": kind == filter.kind ? "" : nil], words(kind.title))
        }
        return Markup(
            "form", ["class": "filter", "action": "/", "method": "get", "role": "search"],
            [
                Markup("label", ["for": "q", "class": "unseen"], words(Message("a part of a name, a tag or a group"))),
                Markup(
                    "input",
                    [
                        "id": "q", "name": "q", "type": "search", "value": filter.text,
                        "placeholder": words(Message("name, tag, group")),
                    ]),
                Markup("label", ["for": "only", "class": "unseen"], words(Message("which hosts"))),
                Markup("select", ["id": "only", "name": "only"], options),
                Markup("button", ["type": "submit"], words(Message("Show"))),
            ])
    }
}
