import FleetBase
import FleetConfig
import FleetReport
import FleetService

/// The hosts in a table, in the order of the inventory, whatever happens to them.
struct HostTable {
    let board: HostBoard
    let words: PageWords

    func markup(_ hosts: some Sequence<HostFigures>) -> Markup {
        let headings: [(Message, Bool)] = [
            (Message("host"), false), (Message("state"), false), (Message("load / cores"), true),
            (Message("memory"), true), (Message("disk"), true), (Message("slots"), true), (Message("works on"), false),
            (Message("packages"), false), (Message("age"), true),
        ]
        return Markup.table(
            headings.map { (words($0.0), $0.1) }, id: "hosts", caption: words(Message("Hosts")), hosts.map(row))
    }

    private func row(_ figures: HostFigures) -> Markup {
        let host = figures.host
        return Markup(
            "tr", ["id": "host-\(host.name.text)", "data-live": "", "class": Self.style(figures)],
            [
                Markup(
                    "th", ["scope": "row"],
                    [
                        .link("/hosts/\(AddressWord.escape(host.name.text))", host.name.text),
                        Markup("small", [:], host.address == host.name.text ? "" : host.address),
                    ] + (figures.gpu.map { [Markup("small", [:], gpu($0))] } ?? [])),
                Markup.cell(words(Message("state")), style: "state", state(figures)),
                Markup.cell(words(Message("load / cores")), isNumber: true, load(figures)),
                Markup.cell(
                    words(Message("memory")), isNumber: true, room(free: figures.memoryFree, of: figures.memory)),
                Markup.cell(words(Message("disk")), isNumber: true, room(free: figures.diskFree, of: figures.disk)),
                Markup.cell(
                    words(Message("slots")), isNumber: true, slots(figures)),
                Markup.cell(
                    words(Message("works on")), style: figures.work.isEmpty ? "nothing" : nil, work(figures)),
                Markup.cell(
                    words(Message("packages")), style: figures.packages.isEmpty ? "nothing" : nil, packages(figures)),
                Markup.cell(words(Message("age")), isNumber: true, [words.age(figures.seen)]),
            ])
    }

    private static func style(_ figures: HostFigures) -> String {
        switch figures.state {
        case .answers: figures.aside == nil ? "answers" : "answers aside"
        case .silent: "silent"
        case .remembered, .unseen: "unseen"
        }
    }

    /// The state in words, and why it is so.
    func state(_ figures: HostFigures) -> [Markup] {
        let aside = figures.aside.map { why in
            Markup("small", ["class": "why"], words(Message("set aside: \(why)")))
        }
        let parts: [Markup] =
            switch figures.state {
            case .answers: [StateSign.good.markup(words(Message("answers")))]
            case .silent(let failure):
                [
                    StateSign.gone.markup(words(Message("does not answer"))),
                    Markup("small", ["class": "why"], words(failure.message)),
                ]
            case .remembered: [StateSign.waiting.markup(words(Message("not looked at yet")))]
            case .unseen: [StateSign.waiting.markup(words(Message("never seen")))]
            }
        return parts + (aside.map { [$0] } ?? [])
    }

    func load(_ figures: HostFigures) -> [Markup] {
        guard let load = figures.load else { return [Markup(text: figures.cores.map { "– / \($0)" } ?? "–")] }
        let share = figures.cores.map { load / Double(max(1, $0)) }
        return [Markup(text: words.load(load) + (figures.cores.map { " / \($0)" } ?? ""))]
            + (share.map { [words.meter($0, isHigh: $0 > 1)] } ?? [])
    }

    /// How much is in use of how much there is.
    func room(free: Int64?, of all: Int64?) -> [Markup] {
        guard let all, all > 0 else { return [Markup(text: "–")] }
        guard let free, let share = HostFigures.share(free: free, of: all) else {
            return [Markup(text: "– / \(ByteCount(all))")]
        }
        return [
            Markup(text: "\(ByteCount(max(0, all - free))) / \(ByteCount(all))"),
            words.meter(share, isHigh: share > 0.9),
        ]
    }

    /// How many slots are in use of how many there are.
    func slots(_ figures: HostFigures) -> String { figures.slots.map { "\(figures.work.count) / \($0)" } ?? "–" }

    func gpu(_ name: String) -> String { "GPU: \(HostText(name).line(atMost: 60))" }

    private static let mostWork = 3

    private func work(_ figures: HostFigures) -> [Markup] {
        guard !figures.work.isEmpty else { return [Markup("span", ["class": "faint"], "–")] }
        let shown = figures.work.prefix(Self.mostWork).map { work in
            Markup.link("/runs/\(AddressWord.escape(work.run.text))", HostText(work.task).line(atMost: 40))
        }
        let rest = figures.work.count - shown.count
        return [
            Markup(
                "div", ["class": "items"], shown + (rest > 0 ? [Markup("span", ["class": "faint"], "+\(rest)")] : []))
        ]
    }

    func packages(_ figures: HostFigures) -> [Markup] {
        guard !figures.packages.isEmpty else { return [Markup("span", ["class": "faint"], "–")] }
        let items = figures.packages.sorted { $0.key < $1.key }.map { name, version in
            let other = board.built[name].flatMap { $0 == version ? nil : $0 }
            let title = other.map { words(Message("\(version) here, \($0) was built last")) } ?? version
            return Markup(
                "span", ["class": other == nil ? "package" : "package drift", "title": title],
                [
                    Markup(text: name + " "),
                    Markup("span", ["class": "version"], HostText(version).line(atMost: 14)),
                ] + (other == nil ? [] : [Markup("span", ["class": "mark"], " ≠ " + words(Message("old")))]))
        }
        return [Markup("div", ["class": "items"], items)]
    }
}
